import { adverbs, colourShades, degreeWords } from "./adverbs.js";
import { adjectives, colours, materials } from "./attributes.js";
import { ingNouns } from "./compounds.js";
import {
  auxiliaries,
  beForms,
  conjunctions,
  determiners,
  modals,
  negations,
  numbers,
  possessivePronouns,
  pronouns,
  quantifiers,
  subordinators,
} from "./function-words.js";
import type { LanguageModel } from "./language-model.js";
import { headLemma } from "./noun-forms.js";
import { animateNouns } from "./nouns.js";
import { placeNouns, prepositions } from "./prepositions.js";
import { actionVerbs, furtherVerbs, irregularParticiples } from "./verbs.js";

/** The grammar's own word kinds; `tag` shows them under the usual names. */
export type PosTag =
  | "noun"
  | "adjective"
  | "verb"
  | "ing"
  | "past"
  | "be"
  | "auxiliary"
  | "adverb"
  | "preposition"
  | "determiner"
  | "possessive"
  | "number"
  | "pronoun"
  | "relative"
  | "conjunction"
  | "subordinator"
  | "negation"
  | "to"
  | "there"
  | "clitic"
  | "other";

/** What a word can be, seen alone. `closed` is set for words with one reading or whose reading the tagger decides by rule. */
export interface LexicalFeatures {
  readonly closed?: PosTag;
  readonly noun: boolean;
  readonly plural: boolean;
  readonly adjective: boolean;
  /** Base form ("ride"), -s form ("rides"), -ing form, past form or participle. */
  readonly base: boolean;
  readonly third: boolean;
  readonly ing: boolean;
  readonly past: boolean;
  readonly adverb: boolean;
  /** Its verb reading is the usual one in a caption. */
  readonly action: boolean;
  /** It has no noun reading worth considering after a noun. */
  readonly verbOnly: boolean;
  /** An -s form that the lexicon knows as a verb alone: "belongs". */
  readonly verbByForm: boolean;
  /** A name that ends in "s" and has no singular: "James"; that of a place only where it is written with a capital. */
  readonly name: "person" | "place" | undefined;
}

const none: LexicalFeatures = {
  noun: false,
  plural: false,
  adjective: false,
  base: false,
  third: false,
  ing: false,
  past: false,
  adverb: false,
  action: false,
  verbOnly: false,
  verbByForm: false,
  name: undefined,
};

function closedTag(word: string): PosTag | undefined {
  if (word === "to") return "to";
  if (word === "there") return "there";
  if (word === "that" || word === "which" || word === "who" || word === "whom" || word === "where") return "relative";
  if (word === "'s" || word === "'") return "clitic";
  if (negations.has(word) && word !== "without" && word !== "no") return "negation";
  if (beForms.has(word)) return "be";
  if (possessivePronouns.has(word)) return "possessive";
  if (determiners.has(word)) return "determiner";
  if (pronouns.has(word) && word !== "one" && word !== "other" && word !== "others") return "pronoun";
  if (numbers.has(word) || quantifiers.has(word) || /^\d+([.,:]\d+)?$/.test(word)) return "number";
  if (conjunctions.has(word)) return "conjunction";
  if (prepositions.has(word)) return "preposition";
  if (subordinators.has(word)) return "subordinator";
  if (modals.has(word) || auxiliaries.has(word)) return "auxiliary";
  if (adverbs.has(word) && !degreeWords.has(word)) return "adverb";
  return undefined;
}

const nounTags =
  /^(Noun|Singular|Plural|Uncountable|Actor|Person|FirstName|LastName|MaleName|FemaleName|Place|City|Country|Region|Organization|ProperNoun|Unit|SportsTeam|Demonym|Acronym|Month|WeekDay|Date)$/;
const adjectiveTags = /^(Adjective|Adj|Comparable|Superlative|Comparative|Demonym|Ordinal)$/;

/** The readings of a lower-case word from compromise's lexicon, our word lists and the word's ending. */
export function classify(word: string, language: LanguageModel, own: ReadonlyMap<string, string>): LexicalFeatures {
  const given = own.get(word);
  const closed = given === undefined ? closedTag(word) : undefined;
  if (closed !== undefined) return { ...none, closed, noun: closed === "number" };
  if (/^[^\p{L}\p{N}]+$/u.test(word)) return { ...none, closed: "other" };
  const tags = given !== undefined ? [given] : language.tagsOf(word);
  const has = (tag: RegExp) => tags.some((one) => tag.test(one));
  const singular = headLemma(word);
  const name = nameOf(word, singular, tags, language);
  const plural = name !== "person" && (singular !== word || has(/^Plural$/));
  const open: OpenWord = { word, language, tags, has, singular, plural, listsCount: given === undefined };
  const verb = verbReadings(open);
  const { isListed, plain, derived, adjectival } = adjectiveReadings(open);
  const adverb = degreeWords.has(word)
    ? !colourShades.has(word)
    : (has(/^Adverb$/) && !(isListed && word.endsWith("ly"))) || (/[a-z]{3}ly$/.test(word) && !plain && !has(nounTags));
  const ending = /[a-z](ing)$/.test(word) && word.length > 4;
  const ingNoun = ingNouns.has(word);
  const nounLike =
    (has(nounTags) && !(ending && !ingNoun && has(/^Gerund$/))) ||
    ingNoun ||
    plural ||
    placeNouns.has(word) ||
    word === "remote" ||
    animateNouns.has(singular) ||
    verb.base;
  const isKnown = nounLike || plain || derived || adverb || verb.past || ending;
  // "middle-aged", "high-voltage": such a word may stand before a noun, whatever it is made of.
  const hyphenated = word.includes("-") && !/-shirts?$/.test(word);
  return {
    noun: nounLike || !isKnown || materials.has(word) || (hyphenated && !verb.past && !ending),
    plural,
    adjective: plain || derived || adjectival || hyphenated,
    ing: ending && !(ingNoun && !has(/^(Gerund|Verb)$/)) && (!ingNoun || has(/^Gerund$/)),
    adverb,
    ...verb,
    verbByForm:
      verb.third &&
      name === undefined &&
      has(/^PresentTense$/) &&
      !has(nounTags) &&
      language.tagsOf(singular).every((tag) => /^(Verb|Infinitive|Present|PresentTense)$/.test(tag)),
    name,
  };
}

/** A word of an open class with what the lexicon says of it. */
interface OpenWord {
  readonly word: string;
  readonly language: LanguageModel;
  readonly tags: readonly string[];
  readonly has: (tag: RegExp) => boolean;
  readonly singular: string;
  readonly plural: boolean;
  /** Our own lists count: the word was not given with its tag. */
  readonly listsCount: boolean;
}

function verbReadings({ word, language, has, singular, plural }: OpenWord) {
  const past =
    has(/^(Past|PastTense|Participle)$/) ||
    irregularParticiples.has(word) ||
    (/[a-z]ed$/.test(word) && word.length > 4 && !/eed$/.test(word));
  const stem = /s$/.test(word) && !/ss$/.test(word) ? language.verbLemma(word) : word;
  const verbal = has(/^(Verb|Infinitive|Present|PresentTense)$/) || furtherVerbs.has(stem);
  const action = actionVerbs.has(stem);
  const third =
    stem !== word &&
    (verbal || action || (plural && language.tagsOf(singular).some((tag) => /^(Verb|Infinitive|Present)$/.test(tag))));
  const verbOnly =
    action &&
    !has(nounTags) &&
    !placeNouns.has(word) &&
    !(plural && language.tagsOf(singular).some((tag) => nounTags.test(tag)));
  return { base: stem === word && !past && (verbal || action), third, past, action, verbOnly };
}

/**
 * How a word can be an adjective: by our lists, by these or the lexicon or its ending (`plain`), by the noun that it
 * is made of (`derived`), by an ending that nouns have too (`adjectival`).
 */
function adjectiveReadings({ word, language, tags, has, plural, listsCount }: OpenWord) {
  const isListed = listsCount && (adjectives.has(word) || colours.has(word));
  const plain =
    isListed ||
    materials.has(word) ||
    has(adjectiveTags) ||
    (/[a-z]{3}(ful|less|ous|ish|able|ible|ese|ian)$/.test(word) && !plural && !has(nounTags));
  const derived = /[a-z]{3}y$/.test(word) && tags.length === 0 && derivedFromNoun(word, language);
  // "wispy", "electrical": a word that the lexicon does not know and that ends as adjectives do; it may be a noun, "pastry".
  const adjectival = /[a-z]{3}(al|ic|[^aeiour]y)$/.test(word) && tags.length === 0 && !animateNouns.has(word);
  return { isListed, plain, derived, adjectival };
}

function nameOf(
  word: string,
  singular: string,
  tags: readonly string[],
  language: LanguageModel,
): LexicalFeatures["name"] {
  if (singular === word) return undefined;
  if (tags.some((tag) => /^(FirstName|MaleName|FemaleName)$/.test(tag))) return "person";
  return language.tagsOf(singular).length === 0 && !animateNouns.has(singular) ? "place" : undefined;
}

/** "wavy", "grassy", "muddy": a noun with "-y". */
function derivedFromNoun(word: string, language: LanguageModel): boolean {
  const stem = word.slice(0, -1);
  const forms = [stem, `${stem}e`, ...(/(.)\1$/.test(stem) ? [stem.slice(0, -1)] : [])];
  return forms.some((form) => form.length > 2 && language.tagsOf(form).some((tag) => nounTags.test(tag)));
}
