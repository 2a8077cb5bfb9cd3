import type { BenchmarkResult } from "@tesserae/benchmarks";
import { expect, it } from "vitest";
import { choiceResult } from "../fixtures/choice-result.js";
import { pairCard, pairExamples } from "./pair-examples.js";
import { createSeries } from "./series.js";

const right = [
  [0.9, 0.1],
  [0.1, 0.9],
];
/** Both pictures choose the first caption; the first caption chooses its picture, the second its own. */
const textWrong = [
  [0.9, 0.1],
  [0.8, 0.7],
];
const wrong = [
  [0.1, 0.9],
  [0.9, 0.1],
];

/** A model's result over Winoground's items, by the scores of each. */
function of(model: string, scores: readonly (readonly (readonly number[])[])[]): BenchmarkResult {
  const text = scores.map(([first, second]) => (first![0]! > first![1]! && second![1]! > second![0]! ? 1 : 0));
  const image = scores.map(([first, second]) => (first![0]! > second![0]! && second![1]! > first![1]! ? 1 : 0));
  const group = text.map((one, index) => one * image[index]!);
  const share = { value: group.reduce((sum, one) => sum + one, 0) / group.length, n: group.length };
  return {
    ...choiceResult(model, "winoground", [1]),
    ...{ headline: "group", metrics: { group: { ...share, chance: 1 / 6 } } },
    values: { text: { values: text }, image: { values: image }, group: { values: group } },
    predictions: scores.map((grid, index) => ({
      images: [`${index}-a.jpg`, `${index}-b.jpg`],
      captions: [`a dog <${index}> chases a cat`, "a cat chases a dog"],
      ...{ group: "relation", scores: grid },
    })),
  };
}

const results = [of("clip", [right, textWrong, wrong, wrong]), of("negclip", [right, right, right, textWrong])];

it("takes the pairs that most models get wrong, then those that tell models apart", () => {
  const examples = pairExamples(results, 1);
  expect(examples.map(({ item }) => item.images[0])).toEqual(["3-a.jpg", "1-a.jpg", "2-a.jpg"]);
  expect(examples[1]!.judged).toEqual([
    { model: "clip", text: false, image: true },
    { model: "negclip", text: true, image: true },
  ]);
  expect(pairExamples([], 1)).toEqual([]);
});

it("shows both pictures, both captions, and what each model got right", () => {
  const series = createSeries(["clip", "negclip"], new Map());
  const [example] = pairExamples(results, 1);
  const html = pairCard(example!, { kind: "relation", place: 0 }, ["data:a", null], series);
  expect(html.match(/<img/g)).toHaveLength(1);
  expect(html).toContain("a dog &lt;3&gt; chases a cat");
  expect(html).toContain("clip: text wrong, image wrong");
  expect(html).toContain("negclip: text wrong, image right");
  const seeds = [of("clip-seed-0", [right]), of("clip-seed-1", [textWrong])];
  const [both] = pairExamples(seeds, 1);
  const cards = pairCard(
    both!,
    { kind: "relation", place: 0 },
    [],
    createSeries(["clip-seed-0", "clip-seed-1"], new Map()),
  );
  expect(cards).toContain("clip: text 1 of 2, image 2 of 2 seeds");
});
