import type { SceneGraph, Span } from "@tesserae/scene-graph";
import { joinsEvenly } from "./joins-evenly.js";
import { normaliseCaption, normalisedCaption } from "./normalise-caption.js";
import { areOfOneKindFor } from "./noun-kind.js";
import { areOfOneKind } from "./nouns.js";
import { alwaysSymmetricPhrases } from "./predicates.js";

/**
 * Whether a text is a caption in which only what "and", "or", a comma or a symmetric predicate joins was exchanged,
 * so that it says the same, also where the graph lacks the coordination or hangs its members on different heads: "a
 * cat and a dog", "a man with a cup of tea and a cup of coffee", "a dog with a red collar and a dog with a blue
 * collar". What follows may belong to either ("a spoon next to a dessert in a bowl"). Members that leave an attribute
 * or a number behind ("a red hat and a shirt") do change what is said, unless it describes both ("a red hat and
 * shirt").
 */
export function exchangesEquals(graph: SceneGraph, text: string): boolean {
  // An exchange keeps the letters, but for articles and blanks.
  if (normaliseCaption(text).length !== normalisedCaption(graph).length) return false;
  const after = wordsOf(text);
  const before = captionWords(graph);
  if (before.words.length !== after.length) return false;
  const { words } = before;
  const start = words.findIndex((word, i) => word.text !== after[i]!.text);
  if (start < 0) return true;
  const end = words.findLastIndex((word, i) => word.text !== after[i]!.text);
  for (const [at, next] of before.joints()) {
    if (at <= start || next > end) continue;
    for (let from = start; from >= Math.max(0, start - 8); from--) {
      for (let to = end; to < Math.min(words.length, end + 9); to++) {
        const runs: Runs = [from, at, next, to];
        if (isExchange(words, after, runs) && isWhole(graph, words, runs)) return true;
      }
    }
  }
  return false;
}

/** The words of a caption, and where two of its parts are joined evenly: words [at, next). */
interface CaptionWords {
  readonly words: readonly PlainWord[];
  readonly joints: () => readonly (readonly [at: number, next: number])[];
}

const known = new WeakMap<SceneGraph, CaptionWords>();

function captionWords(graph: SceneGraph): CaptionWords {
  let found = known.get(graph);
  if (!found) {
    const words = wordsOf(graph.caption);
    let joints: (readonly [number, number])[] | undefined;
    found = { words, joints: () => (joints ??= findJoints(graph, words)) };
    known.set(graph, found);
  }
  return found;
}

function findJoints(graph: SceneGraph, words: readonly PlainWord[]): (readonly [number, number])[] {
  const conjunctions = words.flatMap(({ text }, at) => (isConjunction(text) ? [[at, at + 1] as const] : []));
  const predicates = symmetricSpans(graph).flatMap(({ start, end }) => {
    const at = words.findIndex(({ span }) => span.start >= start);
    const next = words.findIndex(({ span }) => span.start >= end);
    return at < 0 || next <= at ? [] : [[at, next] as const];
  });
  return [...conjunctions, ...predicates];
}

/** Where symmetric predicates stand, by the graph or as written, with the "is" or "that is standing" before them. */
function symmetricSpans(graph: SceneGraph): Span[] {
  const objects = new Map(graph.objects.map((object) => [object.id, object]));
  const ofGraph = graph.relations
    .filter((relation) => {
      const [subject, object] = [objects.get(relation.subject), objects.get(relation.object)];
      return (
        subject && object && relation.span.end > relation.span.start && joinsEvenly(graph, relation, subject, object)
      );
    })
    .map(({ span }) => span);
  const written = [...graph.caption.matchAll(symmetricPhrase), ...graph.caption.matchAll(deniedOrShared)].map(
    (match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }),
  );
  return [...ofGraph, ...jointActivities(graph), ...sharedPlaces(graph), ...written].map(({ start, end }) => {
    const lead = leadingVerb.exec(graph.caption.slice(0, start));
    return { start: start - (lead?.[0].length ?? 0), end };
  });
}

/** What two of one kind do together: from the verb to the "with" of "a boy playing chess with a girl". */
function jointActivities(graph: SceneGraph): Span[] {
  const nameOf = (id: string) => graph.objects.find((object) => object.id === id)?.name ?? "";
  return graph.relations.flatMap(({ subject, predicate, object, span }) =>
    graph.relations
      .filter(
        (verb) =>
          predicate === "with" &&
          verb.subject === subject &&
          jointVerbs.test(verb.predicate) &&
          verb.span.end <= span.start &&
          areOfOneKind(nameOf(subject), nameOf(object)),
      )
      .map((verb) => ({ start: verb.span.start, end: span.end })),
  );
}

/**
 * Where two of one kind are together: from the verb to the "with" of "a boy sitting on a bench with a girl", also
 * where the parser hangs the girl on the bench.
 */
function sharedPlaces({ caption, objects }: SceneGraph): Span[] {
  return objects.flatMap((one) =>
    objects
      .filter((other) => one.span.end < other.span.start && areOfOneKindFor("with", one.name, other.name))
      .flatMap((other) => {
        const between = sharedPlace.exec(caption.slice(one.span.end, (other.phrase ?? other.span).start));
        return between ? [{ start: one.span.end + 1, end: one.span.end + between[0].length }] : [];
      }),
  );
}

const sharedPlace =
  /^\s+(?:(?:that|who|which)\s+)?(?:(?:is|are|was|were)\s+)?(?:sit|stand|lie|lay|lying|rest|park|hang|pos|ly)(?:t?ing|s|ed)?\b[^,.]*\bwith\s+$/i;

const jointVerbs =
  /^(?:share|play|shake|bump|hold|exchange|trade|clasp|touch|lock|link|have|discuss|split|swap|compare)$/;

/** "not far from" and "nowhere near" keep nothing in the graph; "in the same room as" names what both are in. */
const deniedOrShared =
  /\b(?:not|nowhere)\s+(?:very\s+|too\s+|so\s+)?(?:far from|far away from|near|close to|next to|beside)\b|\b(?:in|on|at|of)\s+the\s+same\s+[\p{L}]+\s+as\b/giu;

const leadingVerb =
  /(?:\b(?:that|which|who)\s+)?(?:\b(?:is|are|was|were)\s+)?(?:\b\p{L}+(?:ing|ly|ed)\s+)?(?:\b(?:right|directly|very|so|just|up)\s+)?$/u;

const symmetricPhrase = new RegExp(
  `\\b(?:${alwaysSymmetricPhrases
    .filter((phrase) => phrase.includes(" "))
    .sort((a, b) => b.length - a.length)
    .join("|")})\\b`,
  "giu",
);

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
  const joint = { start: words[at]!.span.start, end: words[next - 1]!.span.end };
  if (leavesRelation(graph, runs[0]!, joint)) return false;
  // "a black suit and hat": what stands in front describes both.
  const isShared = isConjunction(words[at]!.text) && next === at + 1 && joint.end + 1 === runs[1]!.start;
  const isOutside = (part: Span) => isShared && part.end <= runs[0]!.start;
  return graph.objects.every((object) => {
    const all = [
      object.span,
      // What stands behind a noun may belong to either member: "an elephant near a man sitting down".
      ...object.attributes.map(({ span }) => span).filter(({ end }) => end <= object.span.start),
      ...(object.quantity && object.phrase ? [object.phrase] : []),
    ];
    // "identical" of "is identical to" belongs to the joint.
    const parts = all.filter((part) => !covers(joint, part) && !isOutside(part)).map((part) => outside(joint, part));
    return runs.every(
      (run) =>
        !parts.some((part) => touches(run, part)) ||
        parts.every((part) => covers(run, withoutArticle(graph.caption, part))),
    );
  });
}

/**
 * Whether what stands in front of a symmetric predicate is no subject of it and is joined to what is in front of it by more than "with", "have" or "of":
 * "a man on a bicycle next to a train" says of the bicycle what the man is on.
 */
function leavesRelation(graph: SceneGraph, left: Span, joint: Span): boolean {
  if (/^[\s,&]*(?:and|or|plus|,|&)?[\s,&]*$/i.test(graph.caption.slice(joint.start, joint.end))) return false;
  const inside = new Set(graph.objects.filter(({ span }) => covers(left, span)).map(({ id }) => id));
  const isSubject = graph.relations.some(({ subject, span }) => inside.has(subject) && touches(joint, span));
  return (
    !isSubject &&
    graph.relations.some(
      ({ subject, object, predicate }) =>
        inside.has(object) && !inside.has(subject) && !/^(?:with|have|of|'s|of a)$/.test(predicate),
    )
  );
}

/** What of a part stands in front of a joint that it runs into: "nurse" of "nurse shoulder" in "a nurse shoulder to shoulder with". */
const outside = (joint: Span, part: Span): Span =>
  part.start < joint.start && joint.start < part.end ? { start: part.start, end: joint.start - 1 } : part;

const touches = (a: Span, b: Span) => a.start < b.end && b.start < a.end;
const covers = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;

function withoutArticle(caption: string, { start, end }: Span): Span {
  const article = /^(?:an?|the)\s+/i.exec(caption.slice(start, end));
  return { start: start + (article?.[0].length ?? 0), end };
}
