import { diffArrays } from "diff";
import type { Edit } from "../contract/negative.js";
import { type PlacedWord, placedWords } from "./permute-words.js";

/**
 * The edits that turn one text into another: a longest common subsequence of their words stays (compared without case), the rest is
 * replaced. Spaces and capitals of what stays are the first text's.
 */
export function wordEdits(from: string, to: string): Edit[] {
  const a = placedWords(from);
  const b = placedWords(to);
  const comparator = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  const changes = diffArrays(
    a.map(({ text }) => text),
    b.map(({ text }) => text),
    { comparator },
  );
  const edits: Edit[] = [];
  let [atA, atB] = [0, 0];
  let [startA, startB] = [0, 0];
  const close = () => {
    if (startA < atA || startB < atB) edits.push(runEdit(to, a, b, [startA, atA], [startB, atB]));
  };
  for (const { added, removed, count } of changes) {
    if (!added && !removed) close();
    if (!added) atA += count;
    if (!removed) atB += count;
    if (!added && !removed) [startA, startB] = [atA, atB];
  }
  close();
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
