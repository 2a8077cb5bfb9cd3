import type { SceneGraph, Span } from "@tesserae/scene-graph";
import type { GraphEdit } from "../edits/derive-graph.js";

/**
 * Whether two edits only exchange what "and", "or" or a comma joins, so that the caption says the same, also where the graph lacks the
 * coordination or hangs its members on different heads: "a cat and a dog", "a man with a cup of tea and a cup of coffee", "a dog with a red
 * collar and a dog with a blue collar". The edited text is then the caption with the words before and behind the conjunction
 * exchanged. Members that leave an attribute or a number behind ("a red hat and shirt") do change what is said.
 *
 * @param edited the text after the edits
 */
export function exchangesEquals(graph: SceneGraph, edits: readonly GraphEdit[], edited: string): boolean {
  const [first, second] = edits;
  if (edits.length !== 2 || !first?.from || !second?.from) return false;
  const [a, b] = first.span.start < second.span.start ? [first.span, second.span] : [second.span, first.span];
  if (!/\b(?:and|or)\b|[,&]/i.test(graph.caption.slice(a.end, b.start))) return false;
  const before = wordsOf(graph.caption);
  const after = wordsOf(edited);
  if (before.length !== after.length) return false;
  const differs = before.flatMap((word, i) => (word.text === after[i]!.text ? [] : [i]));
  const [start, end] = [differs[0], differs.at(-1)];
  if (start === undefined || end === undefined) return true;
  for (let at = start + 1; at < end; at++) {
    if (!isConjunction(before[at]!.text)) continue;
    for (let from = start; from >= Math.max(0, start - 8); from--) {
      for (let to = end; to < Math.min(before.length, end + 9); to++) {
        if (isExchange(before, after, from, at, to) && isMember(graph, before, from, at, to)) return true;
      }
    }
  }
  return false;
}

interface PlainWord {
  readonly text: string;
  readonly span: Span;
}

/** Words and commas in lower case, without articles. */
function wordsOf(caption: string): PlainWord[] {
  return [...caption.matchAll(/[\p{L}\p{N}'’-]+|[,&]/gu)].flatMap((match) => {
    const text = match[0].toLowerCase();
    return /^(?:an?|the)$/.test(text) ? [] : [{ text, span: { start: match.index, end: match.index + text.length } }];
  });
}

const isConjunction = (word: string) => word === "and" || word === "or" || word === "," || word === "&";

/** Whether `after` is `before` with the words [from, at) and (at, to] exchanged around the one at `at`. */
function isExchange(
  before: readonly PlainWord[],
  after: readonly PlainWord[],
  from: number,
  at: number,
  to: number,
): boolean {
  const right = to - at;
  for (let i = from; i <= to; i++) {
    const source = i < from + right ? at + 1 + (i - from) : i === from + right ? at : i - right - 1;
    if (after[i]!.text !== before[source]!.text) return false;
  }
  return true;
}

/** Whether both exchanged runs of words are whole: no attribute or number stands outside of a noun phrase's rest, no compound is cut. */
function isMember(graph: SceneGraph, words: readonly PlainWord[], from: number, at: number, to: number): boolean {
  const runs = [
    { start: words[from]!.span.start, end: words[at - 1]!.span.end },
    { start: words[at + 1]!.span.start, end: words[to]!.span.end },
  ];
  return graph.objects.every((object) => {
    const parts = [object.span, ...object.attributes.map(({ span }) => span), ...(object.quantity && object.phrase ? [object.phrase] : [])];
    return runs.every((run) => {
      const inside = parts.filter((part) => touches(run, part));
      return inside.length === 0 || parts.every((part) => covers(run, withoutArticle(graph.caption, part)));
    });
  });
}

const touches = (a: Span, b: Span) => a.start < b.end && b.start < a.end;
const covers = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;

function withoutArticle(caption: string, { start, end }: Span): Span {
  const article = /^(?:an?|the)\s+/i.exec(caption.slice(start, end));
  return { start: start + (article?.[0].length ?? 0), end };
}
