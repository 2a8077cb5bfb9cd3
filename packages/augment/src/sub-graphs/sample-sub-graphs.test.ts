import { decompose, sampleSubGraphs } from "@tesserae/augment";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

const graph = parse("a red dog on a box behind a tree");
/** Steps through [0, 1) evenly. */
const steps = () => {
  let at = 0;
  return () => {
    at = (at + 0.381966) % 1;
    return at;
  };
};
const sample = (options: Omit<Parameters<typeof sampleSubGraphs>[1], "rng">) =>
  sampleSubGraphs(graph, { ...options, rng: steps() }).map(({ caption }) => caption);

it("draws different sub-graphs, at most all", () => {
  expect(new Set(sample({ count: 3 })).size).toBe(3);
  expect(sample({ count: 99 }).sort()).toEqual(
    decompose(graph)
      .map(({ caption }) => caption)
      .sort(),
  );
  expect(sample({ count: 0 })).toEqual([]);
});

it.each([-1, 1.5, Number.NaN])("refuses a count of %d", (count) => {
  expect(() => sample({ count })).toThrow(`count is ${count}; give a whole number from 0`);
});

it("draws the same for the same random numbers", () => {
  expect(sample({ count: 3 })).toEqual(sample({ count: 3 }));
});

it("keeps to the kinds that have a probability", () => {
  const kinds = (object: number, relation: number, attribute: number) =>
    sample({ count: 99, probabilities: { object, relation, attribute } }).sort();
  expect(kinds(1, 0, 0)).toEqual(["box", "red dog", "tree"]);
  expect(kinds(0, 1, 0)).toEqual(["box behind tree"]);
  expect(kinds(0, 0, 1)).toEqual(["red dog on box"]);
  expect(kinds(0, 0.5, 0.5)).toEqual(["box behind tree", "red dog on box"]);
});
