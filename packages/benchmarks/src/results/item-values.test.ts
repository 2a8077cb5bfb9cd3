import {
  choice,
  itemValues,
  type Policy,
  type RetrievalItem,
  retrieval,
  runBenchmark,
  strictPolicy,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { angleScorer, metadata } from "../fixtures/scorers.js";

// Captions are angles to every image, in degrees: of two, the smaller one wins. The first is the right one.
const item = (path: string, captions: readonly string[], group: string) => ({
  images: [{ path }],
  captions,
  correct: 0,
  group,
});
const items = [
  item("a", ["20", "10"], "left of"),
  item("a", ["10", "20"], "left of"),
  item("b", ["60", "30"], "above"),
];
const macro: Policy = { name: "macro", ties: "positive-must-win", averaging: "macro" };
const result = (policy: Policy) => runBenchmark({ ...metadata, family: choice, policy }, { items }, angleScorer());

describe("itemValues", () => {
  it("gives right and wrong of all items, or of a group", async () => {
    const micro = await result(strictPolicy);
    expect(itemValues(micro, "accuracy")).toEqual({ values: [0, 1, 0] });
    expect(itemValues(micro, "accuracy/left of")).toEqual({ values: [0, 1] });
    expect(itemValues(micro, "accuracy/above")).toEqual({ values: [0] });
  });

  it("gives the groups where a macro average is drawn from them", async () => {
    expect(itemValues(await result(macro), "accuracy")!.groups).toEqual(["left of", "left of", "above"]);
  });

  it("gives nothing for a metric or a group that the result does not have", async () => {
    const micro = await result(strictPolicy);
    expect(itemValues(micro, "recall")).toBeUndefined();
    expect(itemValues(micro, "accuracy/below")).toBeUndefined();
  });

  it("gives the hits of retrieval, the captions of an image as one cluster", async () => {
    const pairs: RetrievalItem[] = [
      { image: { path: "a" }, captions: ["20", "10"] },
      { image: { path: "b" }, captions: ["60"] },
    ];
    const found = await runBenchmark(
      { ...metadata, headline: "textToImage@1", family: retrieval, policy: strictPolicy },
      { items: pairs },
      angleScorer(),
    );
    expect(itemValues(found, "imageToText@1")).toEqual({ values: [1, 0] });
    // The images are equal, and a tie is no hit.
    expect(itemValues(found, "textToImage@1")).toEqual({ values: [0, 0, 0], clusters: [0, 0, 1] });
  });
});
