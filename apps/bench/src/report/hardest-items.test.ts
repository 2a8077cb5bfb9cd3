import type { BenchmarkResult } from "@tesserae/benchmarks";
import { expect, it } from "vitest";
import { choiceResult } from "../fixtures/choice-result.js";
import { hardestItems } from "./hardest-items.js";

/** A model's result over four items of two kinds; a margin is the score of the right caption above that of the wrong one. */
function of(model: string, margins: readonly number[]): BenchmarkResult {
  const right = margins.map((margin) => (margin > 0 ? 1 : 0));
  return {
    ...choiceResult(model, "world/relation-swap", right),
    predictions: margins.map((margin, index) => ({
      ...{ images: [`${index}.jpg`], captions: ["right", "wrong"], correct: 0, group: index < 2 ? "left of" : "on" },
      scores: [[margin, 0]],
    })),
  };
}

it("takes what most models get wrong first, then what they miss by more, some of each kind", () => {
  const results = [of("a", [-0.1, -0.2, -0.1, 0.3]), of("b", [-0.1, 0.1, 0.2, 0.3])];
  expect(hardestItems(results, 2)).toEqual([0, 1, 2]); // item 3 is easy; 1 is missed by more than 2 is, on balance
  expect(hardestItems(results, 1)).toEqual([0, 2]);
  expect(hardestItems([], 2)).toEqual([]);
});
