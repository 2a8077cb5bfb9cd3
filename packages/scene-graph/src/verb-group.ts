import type { English } from "./english.js";
import type { Span } from "./scene-graph.js";
import type { TaggedWord } from "./tag.js";
import { particles } from "./word-lists.js";

/** A verb with its auxiliaries, adverbs and particle. */
export interface VerbGroup {
  readonly lemma: string;
  /** Verb to particle, without the auxiliaries. */
  readonly span: Span;
  /** It has a finite form, so its subject is the clause's; else it is a participle behind a noun. */
  readonly finite: boolean;
  readonly passive: boolean;
  readonly negated: boolean;
  /** Only "be": what follows is a predicate. */
  readonly copula: boolean;
  /** It is an -ing form or a past participle, not "sits". */
  readonly participle: boolean;
  readonly next: number;
}

/** Most auxiliaries, adverbs and negations in front of a verb. */
const maxAuxiliaries = 8;

/** Reads auxiliaries, a verb and its particle at an index; undefined where no verb stands. */
export function readVerbGroup(words: readonly TaggedWord[], from: number, english: English): VerbGroup | undefined {
  let i = from;
  let be = false;
  let finite = false;
  let negated = false;
  let to = false;
  const ok = (index: number) =>
    index < words.length &&
    (index === from ||
      words[index]!.before === "" ||
      (index > from && words[index]!.before === "comma" && words[index]!.kind === "adverb"));
  for (; ok(i) && i - from < maxAuxiliaries; i++) {
    const { kind, lower } = words[i]!;
    if (kind === "be") {
      be = true;
      finite = true;
    } else if (kind === "auxiliary") finite = true;
    else if (kind === "negation") negated = true;
    else if (isAspectual(words, i)) {
      finite ||= kind === "verb";
      i++;
      to = true;
    } else if (kind === "to" && words[i + 1]?.kind === "verb" && words[i + 1]!.before === "") to = true;
    else if (kind === "adverb" && (i > from || lower === "not" || isVerbal(words[i + 1]))) continue;
    else break;
  }
  const word = ok(i) ? words[i] : undefined;
  const verbal = word !== undefined && (word.kind === "verb" || word.kind === "ing" || word.kind === "past");
  if (!verbal)
    return be
      ? {
          lemma: "be",
          span: span(words, from, from + 1),
          finite: true,
          passive: false,
          negated,
          copula: true,
          participle: false,
          next: i,
        }
      : undefined;
  if (word.kind === "verb" && !to) finite = true;
  const passive = word.kind === "past" && (be || !finite);
  let lemma = word.kind === "past" ? english.pastLemma(word.lower) : english.verbLemma(word.lower);
  let end = i + 1;
  let next = end;
  const particle = words[end];
  const follower = words[end + 1];
  if (particle && particle.before === "" && particles.has(particle.lower) && particle.kind !== "conjunction") {
    const free =
      follower === undefined ||
      follower.before !== "" ||
      follower.kind === "preposition" ||
      follower.kind === "to" ||
      follower.kind === "conjunction" ||
      follower.kind === "subordinator";
    if (free && !(follower?.lower === "of" && particle.lower !== "out")) {
      lemma += ` ${particle.lower}`;
      next = ++end;
    }
  }
  while (words[next] && words[next]!.before === "" && words[next]!.kind === "adverb") next++;
  return {
    lemma,
    span: span(words, i, end),
    finite,
    passive,
    negated,
    copula: false,
    participle: word.kind === "ing" || passive,
    next,
  };
}

/** "trying to", "prepares to": a verb about the one after it, which says what is done. */
const isAspectual = (words: readonly TaggedWord[], at: number): boolean => {
  const [verb, to, infinitive] = [words[at]!, words[at + 1], words[at + 2]];
  return (
    to?.kind === "to" &&
    to.before === "" &&
    infinitive?.kind === "verb" &&
    infinitive.before === "" &&
    /^(ing|verb|past|adjective)$/.test(verb.kind) &&
    /^(try|tries|tried|attempt|prepar|start|begin|go(es|ing)?$|learn|continu)/.test(verb.lower)
  );
};

const isVerbal = (word: TaggedWord | undefined) =>
  word !== undefined && (word.kind === "verb" || word.kind === "ing" || word.kind === "past" || word.kind === "be");

const span = (words: readonly TaggedWord[], from: number, to: number): Span => ({
  start: words[from]!.start,
  end: words[to - 1]!.end,
});
