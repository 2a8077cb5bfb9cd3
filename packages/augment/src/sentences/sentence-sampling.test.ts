import { sentenceSampling } from "@tesserae/augment";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

const rngOf =
  (...numbers: number[]) =>
  () =>
    numbers.shift() ?? 0;

it("gives a subset of the sentences, with its graph, and a caption of one sentence as it is", () => {
  const graphs = [parse("A dog runs on the grass. It is red. A cat hides in a box."), parse("A small bird.")];
  const source = sentenceSampling({ count: 1 });
  const [first, second] = source.texts(graphs, { rng: rngOf(0.99, 0.99, 0.99) });
  expect(first!.positives.map(({ caption }) => caption)).toEqual(["A dog runs on the grass."]);
  expect(first!.positives[0]!.objects.map(({ name }) => name)).toEqual(["dog", "grass"]);
  expect(first!.negatives).toEqual([]);
  expect(second!.positives).toEqual([graphs[1]]);
  expect(source).toMatchObject({ options: { count: 1 }, max: { positives: 1, negatives: 0 }, positivesOf: "own" });
  expect(sentenceSampling().options).toEqual({ count: "uniform" });
});

it("refuses a count that cannot be", () => {
  expect(() => sentenceSampling({ count: 0 })).toThrow("count is 0; give a whole number from 1");
});
