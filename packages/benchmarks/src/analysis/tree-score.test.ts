import { projectTree, type Scorer, treeScores } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";

describe("projectTree", () => {
  it("splits every span where its parts are most invariant, and counts what is gained over the mean split", () => {
    const chart: Readonly<Record<string, number>> = {
      ...{ "0-0": 1, "1-1": 0.5, "2-2": 0.2, "3-3": 0.6 },
      ...{ "0-1": 0.7, "1-2": 0.4, "2-3": 0.9, "0-2": 0.3, "1-3": 0.1 },
    };
    const { tree, score } = projectTree(["red", "dog", "on", "box"], (start, end) => chart[`${start}-${end}`] ?? 0);
    expect(tree).toEqual([
      ["red", "dog"],
      ["on", "box"],
    ]);
    // Splits of the whole: 1 + 0.1, 0.7 + 0.9, 0.3 + 0.6: 1.6 against a mean of 1.2. Spans of two words have one split each.
    expect(score).toBeCloseTo(0.4, 12);
  });

  it("has nothing to gain with one or two words, or where every split is equal", () => {
    expect(projectTree(["dog"], () => 1)).toEqual({ tree: "dog", score: 0 });
    expect(projectTree(["red", "dog"], () => 0.3)).toEqual({ tree: ["red", "dog"], score: 0 });
    const { tree, score } = projectTree(["a", "red", "dog"], () => 0.5);
    expect(tree).toEqual(["a", ["red", "dog"]]);
    expect(score).toBe(0);
  });
});

/** A model whose vectors are written out by text. */
const written = (vectors: Readonly<Record<string, readonly number[]>>): Scorer => ({
  name: "written",
  revision: "1",
  embedImages: async () => [],
  embedTexts: async (texts) => texts.map((text) => Float32Array.from(vectors[text] ?? [1, 0])),
});

describe("treeScores", () => {
  it("compares the words of a span with and without what stands before it", async () => {
    const scorer = written({
      ...{ a: [1, 0], "a b": [0, 2], "a b c": [3, 4] },
      ...{ b: [1, 0], "b c": [0, 1], c: [0, 5] },
    });
    const [projection] = await treeScores(scorer, ["a  b c"]);
    // Invariance of (b): [1, 0] and [0, 1]: 0. Of (c): [0, 1] and [0.6, 0.8]: 0.8. Of (b c): [1, 1] and [0.6, 1.8]: 2.4 / sqrt(2 * 3.6).
    // Splits: a | b c: 1 + 0.894427; a b | c: 1 + 0.8. The gain over their mean is half of their difference.
    expect(projection?.tree).toEqual(["a", ["b", "c"]]);
    expect(projection?.score).toBeCloseTo((2.4 / Math.sqrt(7.2) - 0.8) / 2, 6);
  });

  it("is 0 for a model that gives every text the same vector, and keeps the captions' order", async () => {
    const captions = Array.from({ length: 20 }, (_, index) => `a dog ${index}`);
    const projections = await treeScores(written({}), captions);
    expect(projections.map(({ score }) => Math.abs(score) < 1e-9)).toEqual(captions.map(() => true));
    expect(projections.map(({ tree }) => String(tree))).toEqual(captions.map((_, index) => `a,dog,${index}`));
  });
});
