import type { SceneGraph, Span } from "@tesserae/scene-graph";
import type { GraphEdit } from "../edits/derive-graph.js";
import { areOfOneKind } from "./nouns.js";
import { isSymmetric } from "./predicates.js";

/**
 * Whether two edits only exchange what "and", "or", a comma or a symmetric predicate joins, so that the caption says the same, also where the graph lacks the
 * coordination or hangs its members on different heads: "a cat and a dog", "a man with a cup of tea and a cup of coffee", "a dog with a red
 * collar and a dog with a blue collar". The edited text is then the caption with the words before and behind the conjunction
 * exchanged; what follows may belong to either ("a spoon next to a dessert in a bowl"). Members that leave an attribute or a number behind ("a red hat and shirt") do change what is said.
 *
 * @param edited the text after the edits
 */
export function exchangesEquals(graph: SceneGraph, edits: readonly GraphEdit[], edited: string): boolean {
  const [first, second] = edits;
  if (edits.length !== 2 || !first?.from || !second?.from) return false;
  const [a, b] = first.span.start < second.span.start ? [first.span, second.span] : [second.span, first.span];
  const between = { start: a.end, end: b.start };
  const joints = symmetricSpans(graph, between);
  if (joints.length === 0 && !/\b(?:and|or)\b|[,&]/i.test(graph.caption.slice(a.end, b.start))) return false;
  const before = wordsOf(graph.caption);
  const after = wordsOf(edited);
  if (before.length !== after.length) return false;
  const start = before.findIndex((word, i) => word.text !== after[i]!.text);
  const end = before.findLastIndex((word, i) => word.text !== after[i]!.text);
  if (start < 0) return true;
  for (let at = start + 1; at < end; at++) {
    const length = isConjunction(before[at]!.text) ? 1 : jointLength(before, at, joints);
    if (length === 0) continue;
    for (let from = start; from >= Math.max(0, start - 8); from--) {
      for (let to = end; to < Math.min(before.length, end + 9); to++) {
        if (
          isExchange(before, after, [from, at, at + length, to]) &&
          isWhole(graph, before, [from, at, at + length, to])
        )
          return true;
      }
    }
  }
  return false;
}

/** Where symmetric predicates stand between two spans, with the "is" or "that is" before them. */
function symmetricSpans(graph: SceneGraph, between: Span): Span[] {
  const nameOf = (id: string) => graph.objects.find((object) => object.id === id)?.name ?? "";
  return graph.relations
    .filter(
      ({ subject, predicate, object, span }) =>
        between.start <= span.start &&
        span.end <= between.end &&
        span.end > span.start &&
        isSymmetric(predicate, areOfOneKind(nameOf(subject), nameOf(object))),
    )
    .map(({ span }) => {
      const lead = /(?:(?:that|which|who)\s+)?(?:(?:is|are|was|were)\s+)?(?:\p{L}+(?:ing|ly)\s+)?$/u.exec(
        graph.caption.slice(between.start, span.start),
      );
      return { start: span.start - (lead?.[0].length ?? 0), end: span.end };
    });
}

/** The number of words of the joint that begins with a word; 0 where none does. */
function jointLength(words: readonly PlainWord[], at: number, joints: readonly Span[]): number {
  const joint = joints.find(
    ({ start, end }) =>
      start <= words[at]!.span.start && words[at]!.span.end <= end && (at === 0 || words[at - 1]!.span.end <= start),
  );
  if (joint === undefined) return 0;
  const next = words.findIndex(({ span }) => span.start >= joint.end);
  return (next < 0 ? words.length : next) - at;
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

/** Two runs of words, [from, at) and [next, to], and the joint [at, next) between them. */
type Runs = readonly [from: number, at: number, next: number, to: number];

/** Whether `after` is `before` with the two runs exchanged around the joint. */
function isExchange(before: readonly PlainWord[], after: readonly PlainWord[], [from, at, next, to]: Runs): boolean {
  const exchanged = [...before.slice(next, to + 1), ...before.slice(at, next), ...before.slice(from, at)];
  return exchanged.every(({ text }, i) => text === after[from + i]!.text);
}

/** Whether both runs are whole: no attribute or number of their noun phrases stands outside, no compound is cut. */
function isWhole(graph: SceneGraph, words: readonly PlainWord[], [from, at, next, to]: Runs): boolean {
  const runs = [
    { start: words[from]!.span.start, end: words[at - 1]!.span.end },
    { start: words[next]!.span.start, end: words[to]!.span.end },
  ];
  return graph.objects.every((object) => {
    const parts = [
      object.span,
      ...object.attributes.map(({ span }) => span),
      ...(object.quantity && object.phrase ? [object.phrase] : []),
    ];
    return runs.every(
      (run) =>
        !parts.some((part) => touches(run, part)) ||
        parts.every((part) => covers(run, withoutArticle(graph.caption, part))),
    );
  });
}

const touches = (a: Span, b: Span) => a.start < b.end && b.start < a.end;
const covers = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;

function withoutArticle(caption: string, { start, end }: Span): Span {
  const article = /^(?:an?|the)\s+/i.exec(caption.slice(start, end));
  return { start: start + (article?.[0].length ?? 0), end };
}
