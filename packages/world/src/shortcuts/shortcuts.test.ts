import {
  type ChoiceItem,
  firstNamed,
  type PairItem,
  pictureOnly,
  type ShortcutScorer,
  textOnly,
  type WorldLevelName,
  type WorldTask,
  wordBag,
  worldDataset,
  worldTasks,
} from "@tesserae/world";
import { describe, expect, test } from "vitest";

const seed = 5;
const itemCount = 2000;
/** Two-sided, 5 % shared out among the tests below (Bonferroni: about 110 of them). */
const largestZ = 3.6;

function scorersOf(level: WorldLevelName): ShortcutScorer[] {
  const { samples } = worldDataset({ level, seed, split: "train", count: 6000 });
  const captions = samples.flatMap((sample) => sample.captions);
  const pictures = samples.map(({ image }) => image);
  return [...[1, 2, 3, 5].map((order) => textOnly(captions, order)), wordBag(), firstNamed(), pictureOnly(pictures)];
}

const highest = (scores: readonly number[]) => scores.indexOf(Math.max(...scores));

/** Share of an item's questions answered right: one for a choice, two ("which picture?") for a pair. */
function shareRight(scorer: ShortcutScorer, item: ChoiceItem | PairItem): number {
  if ("image" in item) return Number(highest(scorer.score(item.image, item.captions)) === item.correct);
  const right = item.captions.filter((caption, which) => {
    const scores = item.images.map((image) => scorer.score(image, [caption])[0]!);
    return highest(scores) === which;
  });
  return right.length / 2;
}

/** How far a scorer is from chance in standard errors; items of equal contents count as one draw. */
function fromChance(scorer: ShortcutScorer, { items }: WorldTask): { accuracy: number; z: number } {
  const clusters = new Map<string, number>();
  let right = 0;
  for (const item of items) {
    const chance = "image" in item ? 1 / item.captions.length : 1 / 2;
    const share = shareRight(scorer, item);
    right += share;
    clusters.set(item.cluster, (clusters.get(item.cluster) ?? 0) + share - chance);
  }
  const sums = [...clusters.values()];
  const total = sums.reduce((sum, value) => sum + value, 0);
  const variance = sums.reduce((sum, value) => sum + (value - total / sums.length) ** 2, 0);
  return { accuracy: right / items.length, z: variance === 0 ? 0 : total / Math.sqrt(variance) };
}

describe.each(["simple", "full"] as const)("shortcuts in world/%s", (level) => {
  const scorers = scorersOf(level);
  const tasks = worldTasks({ level, seed, count: itemCount });

  test.each(tasks.map((task) => [task.name, task] as const))("%s rules out what it says", (name, task) => {
    expect(task.items.length).toBe(itemCount);
    for (const scorer of scorers.filter(({ shortcut }) => task.rulesOut.includes(shortcut))) {
      const { accuracy, z } = fromChance(scorer, task);
      expect(Math.abs(z), `${name}: ${scorer.name} ${(100 * accuracy).toFixed(1)} %, z ${z.toFixed(1)}`).toBeLessThan(
        largestZ,
      );
    }
  });

  test("replacements can be solved by words, and do not say otherwise", () => {
    const task = tasks.find(({ name }) => name === "object-replacement")!;
    expect(task.rulesOut).toEqual(["text"]);
    expect(fromChance(wordBag(), task).accuracy).toBe(1);
  });
});

test("a world in which the first-named thing is left nine times in ten is found out", () => {
  const { items } = worldTasks({ level: "simple", seed, count: itemCount }).find(
    ({ name }) => name === "relation-swap",
  )!;
  const usual = items.filter((item, index) => index % 9 === 0 || /left|above|over/.test((item as ChoiceItem).group));
  const task = { rulesOut: ["first-named"], items: usual } as unknown as WorldTask;
  expect(fromChance(firstNamed(), task).z).toBeGreaterThan(largestZ);
});
