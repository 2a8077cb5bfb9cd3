import type { Span } from "../graph/scene-graph.js";
import { epistemicModals, irrealisModals, purposeWords } from "../lexicon/function-words.js";
import type { LanguageModel } from "../lexicon/language-model.js";
import { particles } from "../lexicon/prepositions.js";
import type { TaggedWord } from "../tagger/tag-words.js";

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
export function readVerbGroup(
  words: readonly TaggedWord[],
  from: number,
  language: LanguageModel,
): VerbGroup | undefined {
  const { be, to, negated, finite: hasFinite, next: at } = readAuxiliaries(words, from);
  const word = belongs(words, at, from) ? words[at] : undefined;
  if (word === undefined || (word.tag !== "verb" && word.tag !== "ing" && word.tag !== "past"))
    return be ? copulaOf(words, from, at, negated) : undefined;
  const finite = hasFinite || (word.tag === "verb" && !to);
  const passive = word.tag === "past" && (be || !finite);
  const verb = word.tag === "past" ? language.pastLemma(word.lower) : language.verbLemma(word.lower);
  const particle = particleAt(words, at + 1);
  const lemma = particle === undefined ? verb : `${verb} ${particle}`;
  const end = particle === undefined ? at + 1 : at + 2;
  return {
    lemma,
    span: span(words, at, end),
    finite,
    passive,
    negated: negated || lemma === "lack",
    copula: false,
    participle: word.tag === "ing" || passive,
    next: adverbsEnd(words, end),
  };
}

/** Whether a word goes on a verb group: its first word, one without a mark in front, or an adverb behind a comma. */
const belongs = (words: readonly TaggedWord[], at: number, from: number): boolean => {
  const word = words[at];
  return (
    word !== undefined && (at === from || word.before === "" || (word.before === "comma" && word.tag === "adverb"))
  );
};

/** What stands in front of the verb, and the index behind it: `be` a form of "be", `to` an infinitive's "to". */
function readAuxiliaries(words: readonly TaggedWord[], from: number) {
  const read = { be: false, finite: false, negated: false, to: false, next: from };
  for (; belongs(words, read.next, from) && read.next - from < maxAuxiliaries; read.next++) {
    const { tag, lower } = words[read.next]!;
    const behind = words[read.next + 1];
    if (tag === "be") {
      read.be = true;
      read.finite = true;
    } else if (tag === "auxiliary") {
      read.finite = true;
      read.negated ||= isUnreal(words, read.next);
    } else if (tag === "negation") read.negated = true;
    else if (tag === "to" && behind?.tag === "be" && words[read.next + 2]?.features.past) read.negated = true;
    else if (opensUnreal(words, read.next) || isAspectual(words, read.next)) {
      read.negated ||= opensUnreal(words, read.next);
      read.finite ||= tag === "verb";
      read.next++;
      read.to = true;
    } else if (tag === "to" && behind?.tag === "verb" && behind.before === "") {
      read.to = true;
      // "a pole used to hang flags": what it is for, and not what happens
      read.negated ||= purposeWords.has(words[read.next - 1]?.lower ?? "");
    } else if (!(tag === "adverb" && (read.next > from || lower === "not" || isVerbal(behind)))) break;
  }
  return read;
}

/** "is" without another verb. */
const copulaOf = (words: readonly TaggedWord[], from: number, next: number, negated: boolean): VerbGroup => ({
  lemma: "be",
  span: span(words, from, from + 1),
  finite: true,
  passive: false,
  negated,
  copula: true,
  participle: false,
  next,
});

/** The particle at an index, "up" of "stands up"; undefined where none stands or it opens a place, "up a hill". */
function particleAt(words: readonly TaggedWord[], at: number): string | undefined {
  const [particle, follower] = [words[at], words[at + 1]];
  if (particle?.before !== "" || !particles.has(particle.lower) || particle.tag === "conjunction") return undefined;
  const isFree =
    follower === undefined ||
    follower.before !== "" ||
    follower.tag === "preposition" ||
    follower.tag === "to" ||
    (follower.tag === "conjunction" && !sharesObject(words, at)) ||
    follower.tag === "subordinator";
  return isFree && !(follower?.lower === "of" && particle.lower !== "out") ? particle.lower : undefined;
}

/** The index behind the adverbs of a verb; those of a comparison, "faster than", are none. */
function adverbsEnd(words: readonly TaggedWord[], from: number): number {
  let at = from;
  while (words[at]?.before === "" && words[at]!.tag === "adverb" && words[at + 1]?.lower !== "than") at++;
  return at;
}

/** "wants to", "needs to be", "going to be": what follows is not so yet. */
const opensUnreal = (words: readonly TaggedWord[], at: number): boolean => {
  const [verb, to, infinitive] = [words[at]!, words[at + 1], words[at + 2]];
  if (to?.tag !== "to" || to.before !== "" || infinitive?.before !== "") return false;
  if (infinitive.tag === "be") return /^(going|about|waiting)$/.test(verb.lower) || unrealVerbs.test(verb.lower);
  return infinitive.tag === "verb" && unrealVerbs.test(verb.lower);
};

const unrealVerbs =
  /^(want(s|ed|ing)?|hop(e|es|ed|ing)|wish(es|ed|ing)?|plan(s|ned|ning)?|intend(s|ed|ing)?|expect(s|ed|ing)?|need(s|ed|ing)?|pretend(s|ed|ing)?|refus(e|es|ed|ing)|fail(s|ed|ing)?|forg(et|ets|ot|etting)|unable|supposed|like)$/;

/** "will be painted", "may fall"; not "may be a barn". */
const isUnreal = (words: readonly TaggedWord[], at: number): boolean =>
  (irrealisModals.has(words[at]!.lower) && !isSeen(words, at)) ||
  (epistemicModals.has(words[at]!.lower) && (words[at + 1]?.tag !== "be" || words[at + 2]?.tag === "past"));

/** "can be seen", "could be found": so it is there. */
const isSeen = (words: readonly TaggedWord[], modal: number): boolean =>
  words.slice(modal + 1, modal + 4).some(({ lower }) => /^(seen|found|heard|spotted)$/.test(lower));

/** "trying to", "prepares to": a verb about the one after it, which says what is done. */
const isAspectual = (words: readonly TaggedWord[], at: number): boolean => {
  const [verb, to, infinitive] = [words[at]!, words[at + 1], words[at + 2]];
  return (
    to?.tag === "to" &&
    to.before === "" &&
    infinitive?.tag === "verb" &&
    infinitive.before === "" &&
    /^(ing|verb|past|adjective)$/.test(verb.tag) &&
    /^(try|tries|tried|attempt|prepar|start|begin|go(es|ing)?$|learn|continu)/.test(verb.lower)
  );
};

/** "jumps over and crawls under": a preposition whose object is that of the next one. */
const sharesObject = (words: readonly TaggedWord[], particle: number): boolean =>
  /^(over|under|through|around|across|into|onto|along)$/.test(words[particle]!.lower) &&
  /^(verb|ing|preposition)$/.test(words[particle + 2]?.tag ?? "");

const isVerbal = (word: TaggedWord | undefined) =>
  word !== undefined && (word.tag === "verb" || word.tag === "ing" || word.tag === "past" || word.tag === "be");

const span = (words: readonly TaggedWord[], from: number, to: number): Span => ({
  start: words[from]!.start,
  end: words[to - 1]!.end,
});
