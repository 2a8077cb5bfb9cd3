import { type BenchmarkInfo, choiceBenchmark, itemValues, retrievalBenchmark, type Scorer } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";

const info: BenchmarkInfo = {
  name: "test",
  version: "1",
  split: "test",
  dataRevision: "r1",
  chance: 0.5,
  tieRule: "positive-must-win",
  averaging: "micro",
  citation: "none",
  licence: "MIT",
};

/** Embeds a text by its length, so that longer captions are nearer to every image. */
const scorer: Scorer = {
  name: "length",
  revision: "1",
  embedImages: async (images) => images.map((image) => Float32Array.of(1, image.length / 10)),
  embedTexts: async (texts) => texts.map((text) => Float32Array.of(1, text.length / 10)),
};

describe("itemValues", () => {
  const items = [
    { image: "a", captions: ["x", "xxxx"], correct: 0, group: "n=1" },
    { image: "a", captions: ["xx", "xxxx"], correct: 1, group: "n=2" },
    { image: "aaaa", captions: ["x", "xxxx"], correct: 1, group: "n=2" },
  ];

  it("gives right and wrong of all items, or of a group", async () => {
    const result = await choiceBenchmark(info, items).run(scorer);
    expect(itemValues(result, "accuracy")).toEqual({ values: [1, 0, 1] });
    expect(itemValues(result, "accuracy/n=2")).toEqual({ values: [0, 1] });
    expect(itemValues(result, "recall")).toBeUndefined();
  });

  it("gives the groups of a macro average", async () => {
    const result = await choiceBenchmark({ ...info, averaging: "macro" }, items).run(scorer);
    expect(itemValues(result, "accuracy")).toEqual({ values: [1, 0, 1], groups: ["n=1", "n=2", "n=2"] });
  });

  it("gives hits of retrieval, captions of an image as one cluster", async () => {
    const pairs = [
      { image: "a", captions: ["x", "xxxxx"] },
      { image: "aaaaa", captions: ["xxxxxx"] },
    ];
    const result = await retrievalBenchmark(info, pairs).run(scorer);
    expect(itemValues(result, "imageToText@1")).toEqual({ values: [1, 0] });
    expect(itemValues(result, "textToImage@1")).toEqual({ values: [1, 0, 1], clusters: [0, 0, 1] });
  });
});
