import { cacheScorer, choice, runBenchmark, type Scorer, strictPolicy } from "@tesserae/benchmarks";
import { expect, it } from "vitest";

const benchmark = {
  ...{ name: "t", version: "1", family: choice, policy: strictPolicy, headline: "accuracy" },
  ...{ split: "test", citation: "c", licence: "l" },
};
const items = [{ images: [{ path: "1.jpg" }], captions: ["short", "long"], correct: 1 }];

/** Of the two texts, "short" has the better direction and "long" the larger product. */
const scorer = (measure?: Scorer["measure"]): Scorer => ({
  ...{ name: "s", revision: "1" },
  ...(measure && { measure }),
  embedImages: async (images) => images.map(() => Float32Array.of(1, 0)),
  embedTexts: async (texts) =>
    texts.map((text) => (text === "short" ? Float32Array.of(0.5, 0) : Float32Array.of(1, 1))),
});

it("compares by cosines, and by products as they are where a scorer asks for them", async () => {
  const accuracy = async (one: Scorer) => (await runBenchmark(benchmark, { items }, cacheScorer(one))).metrics.accuracy;
  expect(await accuracy(scorer())).toMatchObject({ value: 0 }); // cosines 1 and 0.707
  expect(await accuracy(scorer("dot-product"))).toMatchObject({ value: 1 }); // products 0.5 and 1
});
