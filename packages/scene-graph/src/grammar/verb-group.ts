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
  let i = from;
  let be = false;
  let finite = false;
  let negated = false;
  let to = false;
  const ok = (index: number) =>
    index < words.length &&
    (index === from ||
      words[index]!.before === "" ||
      (index > from && words[index]!.before === "comma" && words[index]!.tag === "adverb"));
  for (; ok(i) && i - from < maxAuxiliaries; i++) {
    const { tag, lower } = words[i]!;
    if (tag === "be") {
      be = true;
      finite = true;
    } else if (tag === "auxiliary") {
      finite = true;
      if (isUnreal(words, i)) negated = true;
    } else if (tag === "negation") negated = true;
    else if (tag === "to" && words[i + 1]?.tag === "be" && words[i + 2]?.features.past) negated = true;
    else if (opensUnreal(words, i)) {
      finite ||= tag === "verb";
      negated = true;
      i++;
      to = true;
    } else if (isAspectual(words, i)) {
      finite ||= tag === "verb";
      i++;
      to = true;
    } else if (tag === "to" && words[i + 1]?.tag === "verb" && words[i + 1]!.before === "") {
      to = true;
      // "a pole used to hang flags": what it is for, and not what happens
      if (purposeWords.has(words[i - 1]?.lower ?? "")) negated = true;
    } else if (tag === "adverb" && (i > from || lower === "not" || isVerbal(words[i + 1]))) continue;
    else break;
  }
  const word = ok(i) ? words[i] : undefined;
  const verbal = word !== undefined && (word.tag === "verb" || word.tag === "ing" || word.tag === "past");
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
  if (word.tag === "verb" && !to) finite = true;
  const passive = word.tag === "past" && (be || !finite);
  let lemma = word.tag === "past" ? language.pastLemma(word.lower) : language.verbLemma(word.lower);
  let end = i + 1;
  let next = end;
  const particle = words[end];
  const follower = words[end + 1];
  if (particle && particle.before === "" && particles.has(particle.lower) && particle.tag !== "conjunction") {
    const free =
      follower === undefined ||
      follower.before !== "" ||
      follower.tag === "preposition" ||
      follower.tag === "to" ||
      (follower.tag === "conjunction" && !sharesObject(words, end)) ||
      follower.tag === "subordinator";
    if (free && !(follower?.lower === "of" && particle.lower !== "out")) {
      lemma += ` ${particle.lower}`;
      next = ++end;
    }
  }
  while (
    words[next] &&
    words[next]!.before === "" &&
    words[next]!.tag === "adverb" &&
    words[next + 1]?.lower !== "than"
  )
    next++;
  return {
    lemma,
    span: span(words, i, end),
    finite,
    passive,
    negated: negated || lemma === "lack",
    copula: false,
    participle: word.tag === "ing" || passive,
    next,
  };
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
