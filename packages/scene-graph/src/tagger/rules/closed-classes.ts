import type { PosTag } from "../../lexicon/lexical-features.js";
import { headLemma } from "../../lexicon/noun-forms.js";
import { animateNouns } from "../../lexicon/nouns.js";
import { type DraftWord, inPhrase, nominal, opensPhrase, startsObject } from "../draft-word.js";
import type { TagRule } from "../tag-rule.js";

/** A word of a closed class with what stands around it, marks or not. */
export interface ClosedClassContext {
  readonly word: DraftWord;
  readonly words: readonly DraftWord[];
  /** The word's index. */
  readonly at: number;
  /** The words before and behind it in its sentence. */
  readonly previous: DraftWord | undefined;
  readonly next: DraftWord | undefined;
}

/** A rule for words of a closed class. */
export interface ClosedClassRule extends TagRule<ClosedClassContext> {
  /** What the word in front becomes as well. */
  readonly previousTag?: PosTag;
}

const relativeRules: readonly ClosedClassRule[] = [
  {
    name: "that as a determiner",
    when: ({ word, previous }) =>
      word.lower === "that" && (previous === undefined || /^(preposition|conjunction|to)$/.test(previous.tag)),
    tag: "determiner",
    examples: ["*that* dog on a mat", "a cat near *that* dog"],
  },
];

const cliticRules: readonly ClosedClassRule[] = [
  {
    name: "it's written for its",
    when: ({ word, words, at, previous, next }) =>
      word.lower === "'s" &&
      previous?.lower === "it" &&
      next?.features.noun === true &&
      next.features.closed === undefined &&
      /^(preposition|to|verb|ing|past)$/.test(words[at - 2]?.tag ?? ""),
    tag: "determiner",
    previousTag: "possessive",
    examples: ["a dog with a ball in it*'s* mouth"],
  },
  {
    name: "is behind a pronoun",
    when: ({ word, previous }) =>
      word.lower === "'s" && previous !== undefined && /^(it|he|she|there|that|who|what|here)$/.test(previous.lower),
    tag: "be",
    examples: ["it*'s* a dog"],
  },
  {
    name: "is behind a noun",
    when: ({ word, words, at, next }) =>
      word.lower === "'s" &&
      next !== undefined &&
      (next.features.closed === "determiner" ||
        (next.features.ing && !next.features.noun && words[at + 2]?.features.closed === "preposition")),
    tag: "be",
    examples: ["the dog*'s* sitting on a mat"],
  },
];

const determinerRules: readonly ClosedClassRule[] = [
  {
    name: "no in front of longer",
    when: ({ word, next }) => word.lower === "no" && next?.lower === "longer" && next.before === "",
    tag: "negation",
    examples: ["the light is *no* longer red"],
  },
  {
    name: "another with a participle and its object",
    when: (context) => context.word.lower === "another" && opensParticiple(context),
    tag: "pronoun",
    examples: ["a man in a hat and *another* wearing a mask"],
  },
  {
    name: "all or each with a participle and its object",
    when: (context) => /^(all|both|each)$/.test(context.word.lower) && opensParticiple(context),
    tag: "adverb",
    examples: ["people *all* looking at a bird"],
  },
  {
    name: "all or both alone",
    when: (context) => /^(all|both)$/.test(context.word.lower) && standsAlone(context),
    tag: "adverb",
    examples: ["two men are *both* on a bench"],
  },
  {
    name: "determiner alone",
    when: (context) =>
      /^(this|these|those|each|some|another|any|either)$/.test(context.word.lower) && standsAlone(context),
    tag: "pronoun",
    examples: ["*this* is a dog", "a dog behind *another*"],
  },
];

const possessiveRules: readonly ClosedClassRule[] = [
  {
    name: "her without a noun",
    when: ({ word, next }) =>
      word.lower === "her" && (next === undefined || !nominal(next.features) || next.before !== ""),
    tag: "pronoun",
    examples: ["a dog near *her*"],
  },
];

const numberRules: readonly ClosedClassRule[] = [
  {
    name: "no one",
    when: ({ word, previous }) => word.lower === "one" && previous?.lower === "no" && word.before === "",
    tag: "noun",
    examples: ["a bench with no *one* on it"],
  },
  {
    name: "one that counts a noun",
    when: ({ word, previous, next }) =>
      word.lower === "one" &&
      previous !== undefined &&
      /^(another|the|this)$/.test(previous.lower) &&
      previous.tag !== "adjective" &&
      next?.before === "" &&
      nominal(next.features),
    tag: "number",
    examples: ["the *one* dog on a mat"],
  },
  {
    name: "one for a noun",
    when: ({ word, previous }) =>
      word.lower === "one" &&
      previous !== undefined &&
      (previous.tag === "adjective" || /^(another|the|this)$/.test(previous.lower)),
    tag: "pronoun",
    examples: ["a blue cup behind another *one*"],
  },
  {
    // "a couple of dogs" and "couple bikes" count.
    name: "two people",
    when: ({ word, next }) =>
      word.lower === "couple" &&
      next?.lower !== "of" &&
      !(
        next?.before === "" &&
        next.features.plural &&
        (!next.features.third || animateNouns.has(headLemma(next.lower)))
      ),
    tag: "noun",
    examples: ["the *couple* stands on a hill"],
  },
];

const havingForms = /^(has|have|had|having|gets?|got|getting|does|do|did)$/;
const seemingForms = /^(appears?|seems?|looks|becomes)$/;

const auxiliaryRules: readonly ClosedClassRule[] = [
  {
    name: "get in front of an adjective",
    when: ({ word, next }) =>
      /^get/.test(word.lower) &&
      havingForms.test(word.lower) &&
      next?.before === "" &&
      next.features.adjective &&
      !next.features.noun,
    tag: "be",
    examples: ["a player *getting* ready to swing"],
  },
  {
    name: "auxiliary with its verb",
    when: (context) =>
      havingForms.test(context.word.lower) && (helpsVerb(context) || context.next?.features.closed === "be"),
    tag: "auxiliary",
    examples: ["a man *does* not ride a horse", "A boy *has* thrown a ball"],
  },
  {
    name: "having as a participle",
    when: ({ word }) => havingForms.test(word.lower) && /ing$/.test(word.lower),
    tag: "ing",
    examples: ["a man *having* a cup of tea"],
  },
  {
    name: "have as a verb",
    when: ({ word }) => havingForms.test(word.lower),
    tag: "verb",
    examples: ["a man *has* a hat"],
  },
  {
    name: "can with its verb behind a noun",
    when: ({ word, previous, next }) =>
      word.lower === "can" &&
      previous?.tag === "noun" &&
      next !== undefined &&
      (next.lower === "be" || next.lower === "not" || (next.features.base && next.features.action)),
    tag: "auxiliary",
    examples: ["a dog *can* be seen on a hill"],
  },
  {
    name: "can as a noun",
    when: ({ word, previous }) =>
      word.lower === "can" && previous !== undefined && (inPhrase.has(previous.tag) || previous.tag === "noun"),
    tag: "noun",
    examples: ["a *can* on a table", "a trash *can* by a wall"],
  },
  {
    name: "seem in front of an adjective or to",
    when: ({ word, next }) =>
      seemingForms.test(word.lower) &&
      next !== undefined &&
      (next.features.adjective || next.lower === "to") &&
      next.features.closed !== "preposition",
    tag: "be",
    examples: ["the dog *looks* happy"],
  },
  {
    name: "look as a verb",
    when: ({ word }) => seemingForms.test(word.lower),
    tag: "verb",
    examples: ["a man *looks* at a bird"],
  },
];

const opensBack = /^(determiner|possessive|number|adjective|preposition)$/;

const adverbRules: readonly ClosedClassRule[] = [
  {
    name: "back in front of a noun",
    when: ({ word, previous, next }) =>
      word.lower === "back" &&
      previous !== undefined &&
      opensBack.test(previous.tag) &&
      next?.before === "" &&
      nominal(next.features) &&
      !next.features.ing,
    tag: "adjective",
    examples: ["a dog on the *back* seat"],
  },
  {
    name: "back as a noun",
    when: ({ word, previous }) => word.lower === "back" && previous !== undefined && opensBack.test(previous.tag),
    tag: "noun",
    examples: ["a bird on the *back* of a cow"],
  },
];

const prepositionRules: readonly ClosedClassRule[] = [
  {
    name: "preposition behind a determiner",
    when: ({ word, previous }) => /^(past|down|like)$/.test(word.lower) && previous?.tag === "determiner",
    tag: "adjective",
    examples: ["a *down* jacket on a chair"],
  },
  {
    name: "inside in front of a noun",
    when: ({ word, previous, next }) =>
      /^(inside|outside|opposite)$/.test(word.lower) &&
      previous !== undefined &&
      opensPhrase.has(previous.tag) &&
      next?.before === "" &&
      next.features.noun,
    tag: "adjective",
    examples: ["the *outside* wall of a house"],
  },
  {
    name: "inside as a noun",
    when: ({ word, previous }) =>
      /^(inside|outside|opposite)$/.test(word.lower) && previous !== undefined && opensPhrase.has(previous.tag),
    tag: "noun",
    examples: ["the *inside* of a bus"],
  },
  {
    name: "like as a verb",
    when: ({ word, previous }) => word.lower === "like" && previous?.tag === "to",
    tag: "verb",
    examples: ["a dog seems to *like* a cat"],
  },
  {
    name: "after in front of a gerund",
    when: ({ word, next }) => /^(after|before)$/.test(word.lower) && next?.features.ing === true,
    tag: "subordinator",
    examples: ["a man *after* surfing in the ocean"],
  },
];

/** How the tag of a word of a closed class is found, by its class: the first rule that holds decides, and else it is what its class says. */
export const closedClassRules: ReadonlyMap<PosTag, readonly ClosedClassRule[]> = new Map([
  ["relative", relativeRules],
  ["clitic", cliticRules],
  ["determiner", determinerRules],
  ["possessive", possessiveRules],
  ["number", numberRules],
  ["auxiliary", auxiliaryRules],
  ["adverb", adverbRules],
  ["preposition", prepositionRules],
]);

/** Whether a participle with its object or place follows: "wearing a mask", "looking at a bird". */
const opensParticiple = ({ words, at, next }: ClosedClassContext): boolean =>
  next?.features.ing === true && !next.features.noun && opensComplement(words[at + 2]);

/** Whether the word begins what follows a verb: an object or a place. */
const opensComplement = (word: DraftWord | undefined): boolean =>
  startsObject(word) ||
  (word !== undefined &&
    word.before === "" &&
    (word.features.closed === "preposition" || word.features.closed === "to"));

/** Whether no noun phrase goes on behind the word. */
const standsAlone = ({ next }: ClosedClassContext): boolean =>
  next?.before !== "" ||
  !(
    nominal(next.features) ||
    next.features.closed === "number" ||
    next.features.closed === "determiner" ||
    next.features.closed === "possessive"
  );

/** Whether "has" or "does" stands in front of its verb: "has thrown", "does not". */
function helpsVerb({ word, words, at, next }: ClosedClassContext): boolean {
  if (next?.before !== "") return false;
  if (/^(do|does|did)$/.test(word.lower)) return next.lower === "not" || next.lower === "n't" || next.features.base;
  const behind = words[at + 2];
  return next.features.past && !(behind !== undefined && behind.before === "" && nominal(behind.features));
}
