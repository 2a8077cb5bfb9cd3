import {
  type BenchmarkData,
  type BenchmarkDefinition,
  benchmarks,
  type ChoiceItem,
  type ClassificationData,
  chanceScorer,
  createSimilarity,
  type ImageRef,
  type ItemMetric,
  imageKey,
  type LinearProbeData,
  type MatchingItem,
  type Metric,
  type PairItem,
  type RetrievalItem,
  type Scorer,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { allEqualScorer } from "../fixtures/scorers.js";
import { fixtureSource } from "./fixtures/benchmark-files.js";

interface Expected {
  /** What the reference's code makes of a model that gives everything the same score. */
  readonly allEqual: number;
  /** What its items and tie rule let blind guessing get. */
  readonly chance: number;
  /** The mean over blind guesses, where it is not the chance: 11-point precision has no simple expectation. */
  readonly guessed?: number;
}

/** By the beginning of the name; the first that fits. Argmax takes the first of equals: right where the true caption stands first. */
const expectations: readonly (readonly [string, Expected])[] = [
  ["aro/vg-", { allEqual: 0, chance: 1 / 2 }],
  ["aro/", { allEqual: 1, chance: 1 / 5 }],
  ["cola", { allEqual: 0, chance: 1 / 4 }],
  ["colorswap", { allEqual: 0, chance: 1 / 6 }],
  ["crepe/systematicity-comp-", { allEqual: 1, chance: 1 / 2 }],
  ["crepe/", { allEqual: 1, chance: 1 / 3 }],
  ["linear-probe/", { allEqual: 1 / 2, chance: 1 / 2 }],
  ["retrieval/", { allEqual: 0, chance: 1 / 2 }],
  ["sugarcrepe-pp/", { allEqual: 0, chance: 1 / 3 }],
  ["sugarcrepe/", { allEqual: 0, chance: 1 / 2 }],
  ["svo-probes/binary", { allEqual: 3 / 4, chance: 1 / 2 }], // nothing is above the median, and three of four do not match
  ["svo-probes", { allEqual: 0, chance: 1 / 2 }],
  ["valse/", { allEqual: 0, chance: 1 / 2 }],
  ["vl-checklist/", { allEqual: 0, chance: 1 / 2 }],
  ["vsr", { allEqual: 1 / 2, chance: 1 / 2 }],
  ["whatsup/controlled-", { allEqual: 1, chance: 1 / 4 }],
  ["whatsup/", { allEqual: 1, chance: 1 / 2 }],
  ["winoground", { allEqual: 0, chance: 1 / 6 }],
  ["zero-shot/voc2007", { allEqual: 8.5 / 11, chance: 8.5 / 11, guessed: 7 / 8 }],
  ["zero-shot/", { allEqual: 1 / 2, chance: 1 / 2 }], // the first class wins, and one of two images is of it
];
const expectedOf = (name: string) => expectations.find(([start]) => name.startsWith(start))![1];

/** The headline of a scorer on a fixture, and its chance. */
async function headline(definition: BenchmarkDefinition, data: BenchmarkData, scorer: Scorer) {
  const { family, policy } = definition;
  const predictions = await family.predict(data, createSimilarity(scorer), imageKey);
  const own = data.policies?.[0] ?? policy;
  const metric = family.judge(predictions, own).metrics[definition.headline]!;
  if ("value" in metric) return { value: (metric as Metric).value, chance: (metric as Metric).chance };
  const { values, chance, groups } = metric as ItemMetric;
  const average = own.averaging === "macro" && groups ? meanOfGroups : mean;
  return { value: average(values, groups ?? [], own), chance: average(chance, groups ?? [], own) };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function meanOfGroups(
  values: readonly number[],
  groups: readonly string[],
  { withoutGroups = [], minimumGroupSize = 1 }: BenchmarkDefinition["policy"],
): number {
  const names = [...new Set(groups)].filter((name) => !withoutGroups.includes(name));
  const members = names.map((name) => values.filter((_, index) => groups[index] === name));
  return mean(members.filter((own) => own.length >= minimumGroupSize).map(mean));
}

/** A scorer that knows every answer. */
function perfectScorer(family: string, data: BenchmarkData): Scorer {
  if (family === "retrieval") return byVectors(retrievalAnswers(data.items as readonly RetrievalItem[]));
  if (family === "classification" || family === "linear-probe") return byVectors(classAnswers(data as never));
  const truths = new Set<string>();
  const tell = (image: ImageRef, caption: string) => truths.add(`${imageKey(image)}\n${caption}`);
  for (const item of data.items) {
    if (family === "matching") {
      const { image, caption, matches } = item as MatchingItem;
      if (matches) tell(image, caption);
      continue;
    }
    const { images, captions, correct } = item as PairItem & Partial<ChoiceItem>;
    if (family === "choice") tell(images[0]!, captions[correct!]!);
    if (family === "image-choice") tell(images[0]!, captions[0]!);
    if (family === "pair") for (const index of [0, 1]) tell(images[index]!, captions[index]!);
    if (family === "paraphrase") for (const index of [0, 1]) tell(images[0]!, captions[index]!);
  }
  return {
    ...allEqualScorer,
    score: async (image, captions) => captions.map((caption) => (truths.has(`${imageKey(image)}\n${caption}`) ? 1 : 0)),
  };
}

type Answers = readonly { readonly images: readonly string[]; readonly texts: readonly string[] }[];

/** What belongs together points the same way; an image of two classes points between them. */
function byVectors(answers: Answers): Scorer {
  const vector = (is: (answer: Answers[number]) => boolean) => Float32Array.from(answers, (one) => (is(one) ? 1 : 0));
  return {
    ...allEqualScorer,
    embedImages: async (images) => images.map((image) => vector((one) => one.images.includes(imageKey(image)))),
    embedTexts: async (texts) => texts.map((text) => vector((one) => one.texts.includes(text))),
  };
}

function retrievalAnswers(items: readonly RetrievalItem[]): Answers {
  return items.map(({ image, captions }) => ({ images: [imageKey(image)], texts: captions }));
}

function classAnswers({ classes, items, training = [] }: ClassificationData & Partial<LinearProbeData>): Answers {
  return classes.map(({ prompts }, label) => ({
    images: [...items, ...training].filter(({ labels }) => labels.includes(label)).map(({ image }) => imageKey(image)),
    texts: prompts ?? [],
  }));
}

const read = (definition: BenchmarkDefinition) => definition.read(fixtureSource(definition));

/** Fixtures that are the same, asked the same way, need be guessed at once. */
const guesses = new Map<string, Promise<number>>();
async function guess(definition: BenchmarkDefinition, data: BenchmarkData): Promise<number> {
  const seeds = definition.family.name === "linear-probe" ? 100 : 400;
  const key = JSON.stringify([definition.family.name, definition.policy, definition.headline, data]);
  const known = guesses.get(key) ?? guessAnew(definition, data, seeds);
  guesses.set(key, known);
  return known;
}

async function guessAnew(definition: BenchmarkDefinition, data: BenchmarkData, seeds: number): Promise<number> {
  const values: number[] = [];
  for (let seed = 0; seed < seeds; seed++) values.push((await headline(definition, data, chanceScorer(seed))).value);
  return mean(values);
}

describe("every benchmark on its fixture", () => {
  it.each(benchmarks.map((definition) => [definition.name, definition] as const))(
    "%s: a scorer of equal scores, one that knows all, and blind guesses",
    async (name, definition) => {
      const data = await read(definition);
      const { allEqual, chance, guessed = chance } = expectedOf(name);
      const equal = await headline(definition, data, allEqualScorer);
      expect(equal.value).toBeCloseTo(allEqual, 12);
      expect(equal.chance).toBeCloseTo(chance, 12);
      const perfect = await headline(definition, data, perfectScorer(definition.family.name, data));
      expect(perfect.value).toBe(1);
      expect(Math.abs((await guess(definition, data)) - guessed)).toBeLessThan(0.1); // four standard errors
    },
  );
});
