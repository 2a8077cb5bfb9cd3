import type { Edit } from "../contract/negative.js";
import { type PlacedWord, placedWords } from "./permute-words.js";

/**
 * The edits that turn one text into another: a longest common subsequence of their words stays (compared without case), the rest is
 * replaced. Spaces and capitals of what stays are the first text's.
 */
export function wordEdits(from: string, to: string): Edit[] {
  const a = placedWords(from);
  const b = placedWords(to);
  const same = (i: number, j: number) => a[i]!.text.toLowerCase() === b[j]!.text.toLowerCase();
  const lengths = commonLengths(a.length, b.length, same);
  const edits: Edit[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && same(i, j)) {
      i++;
      j++;
      continue;
    }
    const [startA, startB] = [i, j];
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && same(i, j)) break;
      if (j === b.length || (i < a.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) i++;
      else j++;
    }
    edits.push(runEdit(to, a, b, [startA, i], [startB, j]));
  }
  return edits;
}

/** Words [startA, endA) of the first text become words [startB, endB) of the second. */
function runEdit(
  to: string,
  a: readonly PlacedWord[],
  b: readonly PlacedWord[],
  [startA, endA]: readonly [number, number],
  [startB, endB]: readonly [number, number],
): Edit {
  const text = startB === endB ? "" : to.slice(b[startB]!.span.start, b[endB - 1]!.span.end);
  if (startA < endA) {
    const span = { start: a[startA]!.span.start, end: a[endA - 1]!.span.end };
    if (text !== "") return { span, text };
    return { span: { start: startA > 0 ? a[startA - 1]!.span.end : 0, end: span.end }, text };
  }
  const at = startA > 0 ? a[startA - 1]!.span.end : 0;
  return { span: { start: at, end: at }, text: startA > 0 ? ` ${text}` : `${text} ` };
}

/** For each pair of positions, the length of the longest common subsequence of what follows. */
function commonLengths(n: number, m: number, same: (i: number, j: number) => boolean): number[][] {
  const lengths = Array.from({ length: n + 1 }, () => new Array<number>(m + 1).fill(0));
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      lengths[i]![j] = same(i, j) ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  return lengths;
}
