import type { BenchmarkResult } from "@tesserae/benchmarks";
import { isRight, ranked, tellingItems } from "./telling-items.js";

/** An item of a choice between captions, as results store it. */
export interface ChoiceRecord {
  readonly images: readonly string[];
  readonly captions: readonly string[];
  readonly correct: number;
  /** Its kind, such as the relation's word. */
  readonly group?: string;
  readonly scores: readonly (readonly number[])[];
}

/** One item with what every model chose. */
export interface Example {
  readonly item: ChoiceRecord;
  /** In the order of the results: index of the caption, and whether it counts as right. */
  readonly choices: readonly { readonly model: string; readonly chosen: number; readonly right: boolean }[];
}

/** The items of a result, where they are choices between captions. */
export function choiceRecords(result: BenchmarkResult): readonly ChoiceRecord[] | undefined {
  const records = result.predictions as readonly Partial<ChoiceRecord>[] | null;
  if (!Array.isArray(records)) return undefined;
  const fits = records.every(
    ({ images, captions, scores, correct }) => images && captions && scores && correct !== undefined,
  );
  return fits ? (records as readonly ChoiceRecord[]) : undefined;
}

/**
 * Items worth looking at, of results over the same items: two that the best model gets right and the worst gets wrong, one that
 * all get right, and two that the best gets wrong; others where there are not enough. The first of each kind is taken.
 */
export function chooseExamples(results: readonly BenchmarkResult[], count = 5): readonly Example[] {
  const [best] = ranked(results);
  const items = best && choiceRecords(best);
  if (!items) return [];
  const telling = new Set(tellingItems(results));
  const kinds: readonly [number, (index: number) => boolean][] = [
    [2, (index) => telling.has(index)],
    [1, (index) => results.every((result) => isRight(result, index))],
    [2, (index) => !isRight(best, index)],
    [count, () => true],
  ];
  const chosen = new Set<number>();
  for (const [wanted, suits] of kinds) {
    const fresh = items.map((_, index) => index).filter((index) => !chosen.has(index) && suits(index));
    for (const index of fresh.slice(0, Math.min(wanted, count - chosen.size))) chosen.add(index);
  }
  return examplesAt(results, [...chosen]);
}

/** What every model chose of some items. @param results over the same items */
export function examplesAt(results: readonly BenchmarkResult[], places: readonly number[]): readonly Example[] {
  const answers = results.flatMap((result) => {
    const records = choiceRecords(result);
    return records ? [{ model: result.model.name, records, right: result.values[result.headline]?.values ?? [] }] : [];
  });
  return places.flatMap((index) => {
    const item = answers[0]?.records[index];
    if (!item) return [];
    const choices = answers.flatMap(({ model, records, right }) => {
      const scores = records[index]?.scores[0];
      return scores ? [{ model, chosen: scores.indexOf(Math.max(...scores)), right: right[index] === 1 }] : [];
    });
    return [{ item, choices }];
  });
}
