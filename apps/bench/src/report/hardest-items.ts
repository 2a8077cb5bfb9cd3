import type { BenchmarkResult } from "@tesserae/benchmarks";
import { type ChoiceRecord, choiceRecords } from "./choose-examples.js";
import { type PairRecord, pairRecords } from "./pair-records.js";

/**
 * The items of a benchmark that most models get wrong, some of each kind; among equally hard ones those that the models miss by more.
 * Items that every model gets right are not hard.
 *
 * @param results over the same items
 * @returns places of items, the hardest first
 */
export function hardestItems(results: readonly BenchmarkResult[], ofEachKind: number): readonly number[] {
  const answers = results.flatMap((result) => {
    const records = choiceRecords(result) ?? pairRecords(result);
    return records ? [{ records, right: result.values[result.headline]?.values ?? [] }] : [];
  });
  const items = answers[0]?.records ?? [];
  const ranked = items
    .map((item, index) => ({
      index,
      kind: item.group ?? "",
      wrong: answers.filter(({ right }) => right[index] !== 1).length,
      missedBy: answers.reduce((sum, { records }) => sum + missedBy(records[index]), 0),
    }))
    .filter(({ wrong }) => wrong > 0)
    .sort((a, b) => b.wrong - a.wrong || b.missedBy - a.missedBy || a.index - b.index);
  const taken = new Map<string, number>();
  return ranked.flatMap(({ index, kind }) => {
    const count = (taken.get(kind) ?? 0) + 1;
    taken.set(kind, count);
    return count > ofEachKind ? [] : [index];
  });
}

/** By how much the best wrong caption scores above the right one; of a pair, the wrong cells above the right ones. */
function missedBy(record: ChoiceRecord | PairRecord | undefined): number {
  if (record === undefined) return 0;
  const [first = [], second = []] = record.scores;
  if (!("correct" in record)) {
    const [[a = 0, b = 0], [c = 0, d = 0]] = [first, second];
    return Math.max(b, c) - Math.min(a, d);
  }
  const wrong = first.filter((_, index) => index !== record.correct);
  return wrong.length === 0 ? 0 : Math.max(...wrong) - (first[record.correct] ?? 0);
}
