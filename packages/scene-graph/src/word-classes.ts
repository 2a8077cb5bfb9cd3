import type { English } from "./english.js";
import { headLemma } from "./lemma.js";
import {
  actionVerbs,
  adjectives,
  adverbs,
  animates,
  auxiliaries,
  beForms,
  colourShades,
  colours,
  conjunctions,
  degreeWords,
  determiners,
  ingNouns,
  irregularParticiples,
  materials,
  modals,
  negations,
  numbers,
  placeNouns,
  possessivePronouns,
  prepositions,
  pronouns,
  quantifiers,
  subordinators,
} from "./word-lists.js";

/** The grammar's own word kinds; `tag` shows them under the usual names. */
export type Kind =
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
export interface WordClasses {
  readonly closed?: Kind;
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
}

const none: WordClasses = {
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
};

function closedKind(word: string): Kind | undefined {
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
export function classify(word: string, english: English, own: ReadonlyMap<string, string>): WordClasses {
  const given = own.get(word);
  const closed = given === undefined ? closedKind(word) : undefined;
  if (closed !== undefined) return { ...none, closed, noun: closed === "number" };
  if (/^[^\p{L}\p{N}]+$/u.test(word)) return { ...none, closed: "other" };
  const tags = given !== undefined ? [given] : english.tagsOf(word);
  const has = (tag: RegExp) => tags.some((one) => tag.test(one));
  const listedAdjective = given === undefined && (adjectives.has(word) || colours.has(word));
  const material = materials.has(word);
  const ending = /[a-z](ing)$/.test(word) && word.length > 4;
  const ingNoun = ingNouns.has(word);
  const singular = headLemma(word);
  const isPlural = singular !== word || has(/^Plural$/);
  const past =
    has(/^(Past|PastTense|Participle)$/) ||
    irregularParticiples.has(word) ||
    (/[a-z]ed$/.test(word) && word.length > 4 && !/eed$/.test(word));
  const verbal = has(/^(Verb|Infinitive|Present|PresentTense)$/);
  const stem = /s$/.test(word) && !/ss$/.test(word) ? english.verbLemma(word) : word;
  const third =
    stem !== word &&
    (verbal ||
      actionVerbs.has(stem) ||
      (isPlural && english.tagsOf(singular).some((tag) => /^(Verb|Infinitive|Present)$/.test(tag))));
  const action = actionVerbs.has(stem);
  const base = stem === word && !past && (verbal || action);
  const adjective =
    listedAdjective ||
    material ||
    has(adjectiveTags) ||
    (/[a-z]{3}(ful|less|ous|ish|able|ible|ese|ian)$/.test(word) && !isPlural && !has(nounTags));
  const derived = /[a-z]{3}y$/.test(word) && tags.length === 0 && derivedFromNoun(word, english);
  // "wispy", "electrical": a word that the lexicon does not know and that ends as adjectives do; it may be a noun, "pastry".
  const adjectival = /[a-z]{3}(al|ic|[^aeiour]y)$/.test(word) && tags.length === 0 && !animates.has(word);
  const adverb = degreeWords.has(word)
    ? !colourShades.has(word)
    : has(/^Adverb$/) || (/[a-z]{3}ly$/.test(word) && !adjective && !has(nounTags));
  const gerund = ending && !ingNoun && has(/^Gerund$/);
  const nounLike =
    (has(nounTags) && !gerund) ||
    ingNoun ||
    isPlural ||
    placeNouns.has(word) ||
    word === "remote" ||
    animates.has(singular) ||
    base ||
    (third && isPlural);
  // "middle-aged", "high-voltage": such a word may stand before a noun, whatever it is made of.
  const hyphenated = word.includes("-") && !/-shirts?$/.test(word);
  const known = nounLike || adjective || derived || adverb || past || ending;
  const verbOnly =
    action &&
    !has(nounTags) &&
    !placeNouns.has(word) &&
    !(isPlural && english.tagsOf(singular).some((tag) => nounTags.test(tag)));
  return {
    noun: nounLike || !known || material || (hyphenated && !past && !ending),
    plural: isPlural,
    adjective: adjective || derived || adjectival || hyphenated,
    base,
    third,
    ing: ending && !(ingNoun && !has(/^(Gerund|Verb)$/)) && (!ingNoun || has(/^Gerund$/)),
    past,
    adverb,
    action,
    verbOnly,
  };
}

/** "wavy", "grassy", "muddy": a noun with "-y". */
function derivedFromNoun(word: string, english: English): boolean {
  const stem = word.slice(0, -1);
  const forms = [stem, `${stem}e`, ...(/(.)\1$/.test(stem) ? [stem.slice(0, -1)] : [])];
  return forms.some((form) => form.length > 2 && english.tagsOf(form).some((tag) => nounTags.test(tag)));
}
