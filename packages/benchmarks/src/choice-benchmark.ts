import type { Benchmark, BenchmarkInfo, ChoiceItem, ItemRecord, Metric, TieRule } from "./benchmark.js";
import { bootstrap } from "./bootstrap.js";
import { chooseItems } from "./choose-items.js";
import { cosine, embedUnique } from "./embed-unique.js";
import { runRecord } from "./run-record.js";
import { wilsonInterval } from "./wilson-interval.js";

/**
 * A benchmark in which a model picks one of several captions for an image, by cosine.
 * Metrics: `accuracy` (averaged as `info.averaging` says) and `accuracy/<group>` for every group.
 * Intervals are Wilson's, and bootstrap's for a macro average.
 *
 * @throws RangeError when an item has fewer than two captions or `correct` points at none of them, when `info.chance` is not
 *   the mean of 1 / captions, and when a macro average meets an item without a group.
 */
export function choiceBenchmark(info: BenchmarkInfo, items: readonly ChoiceItem[]): Benchmark {
  checkItems(info, items);
  return {
    info,
    async run(scorer, { limit, seed = 0, skipped = 0, onProgress } = {}) {
      const chosenItems = chooseItems(items, limit, seed);
      const embeddings = await embedUnique(
        scorer,
        chosenItems.map((item) => item.image),
        chosenItems.flatMap((item) => item.captions),
        onProgress,
      );
      const records: ItemRecord[] = [];
      const correct: (0 | 1)[] = [];
      let ties = 0;
      for (const item of chosenItems) {
        const image = embeddings.images.get(item.image)!;
        const scores = item.captions.map((caption) => cosine(image, embeddings.captions.get(caption)!));
        const chosen = scores.indexOf(Math.max(...scores));
        const tied = bestWrong(scores, item.correct) === scores[item.correct];
        if (tied) ties += 1;
        correct.push(isRight(scores, item.correct, info.tieRule) ? 1 : 0);
        records.push({ ...item, chosen, scores: scores.map((score) => Math.round(score * 1e5) / 1e5) });
      }
      return {
        ...runRecord(info, scorer, { scored: chosenItems.length, available: items.length, skipped, seed }),
        metrics: measure(info, chosenItems, correct, seed),
        ties,
        correct,
        items: records,
      };
    },
  };
}

function isRight(scores: readonly number[], correct: number, tieRule: TieRule): boolean {
  return tieRule === "positive-must-win"
    ? scores[correct]! > bestWrong(scores, correct)
    : scores.indexOf(Math.max(...scores)) === correct;
}

function bestWrong(scores: readonly number[], correct: number): number {
  return Math.max(...scores.filter((_, index) => index !== correct));
}

function measure(
  info: BenchmarkInfo,
  items: readonly ChoiceItem[],
  correct: readonly number[],
  seed: number,
): Readonly<Record<string, Metric>> {
  const groups = new Map<string, number[]>();
  items.forEach((item, index) => {
    if (item.group === undefined) return;
    const members = groups.get(item.group);
    if (members) members.push(index);
    else groups.set(item.group, [index]);
  });
  const share = (indices: readonly number[]): Metric => {
    const right = indices.reduce((sum, index) => sum + correct[index]!, 0);
    const chance = meanChance(indices.map((index) => items[index]!));
    return {
      value: right / indices.length,
      n: indices.length,
      interval: wilsonInterval(right, indices.length),
      chance,
    };
  };
  const byGroup = Object.fromEntries(
    [...groups].sort(([a], [b]) => compareNames(a, b)).map(([group, indices]) => [`accuracy/${group}`, share(indices)]),
  );
  if (info.averaging === "micro") return { accuracy: share(items.map((_, index) => index)), ...byGroup };
  const macro = bootstrap(correct, { seed, groups: items.map((item) => item.group!) });
  return { accuracy: { ...macro, n: items.length, chance: info.chance }, ...byGroup };
}

/** "n=2" before "n=10". */
function compareNames(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

function meanChance(items: readonly ChoiceItem[]): number {
  return items.reduce((sum, item) => sum + 1 / item.captions.length, 0) / items.length;
}

function checkItems(info: BenchmarkInfo, items: readonly ChoiceItem[]): void {
  if (items.length === 0) throw new RangeError(`${info.name}: expected at least one item, got none`);
  items.forEach((item, index) => {
    if (item.captions.length < 2 || item.captions[item.correct] === undefined) {
      throw new RangeError(
        `${info.name}: item ${index} (image ${item.image}): expected at least two captions and the index of the right one, ` +
          `got ${item.captions.length} captions and index ${item.correct}`,
      );
    }
    if (info.averaging === "macro" && item.group === undefined) {
      throw new RangeError(
        `${info.name}: item ${index} (image ${item.image}): a macro average needs a group for every item`,
      );
    }
  });
  if (info.averaging === "micro" && Math.abs(meanChance(items) - info.chance) > 0.005) {
    throw new RangeError(
      `${info.name}: chance is declared as ${info.chance}, but its items give ${meanChance(items).toFixed(4)}`,
    );
  }
}
