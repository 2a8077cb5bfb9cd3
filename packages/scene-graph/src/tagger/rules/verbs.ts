import { adverbs } from "../../lexicon/adverbs.js";
import { colours } from "../../lexicon/attributes.js";
import { headLemma, invariableNouns, pluralOnly } from "../../lexicon/noun-forms.js";
import { amountNouns, animateNouns, bodyParts, collectives, countingNouns } from "../../lexicon/nouns.js";
import { particles } from "../../lexicon/prepositions.js";
import { depictionVerbs, nounVerbs, rarePlurals, wishes } from "../../lexicon/verbs.js";
import { type DraftWord, startsObject } from "../draft-word.js";
import type { TagContext } from "../tag-context.js";
import { given, type TagRule } from "../tag-rule.js";

/** Base forms behind an auxiliary or "to". */
const infinitiveRules = given(
  ({ word }) => word.features.base && (word.features.action || !word.features.noun),
  [
    {
      name: "base form behind an auxiliary",
      when: ({ left }) => left?.tag === "auxiliary",
      tag: "verb",
      examples: ["a dog that can *jump*"],
    },
    {
      name: "infinitive",
      when: ({ left, leftAt, words }) => left?.tag === "to" && toInfinitiveFits(words, leftAt),
      tag: "verb",
      examples: ["a boy about to *swing* a bat"],
    },
  ],
);

/** Base forms and -s forms behind a pronoun. */
const pronounRules = given(
  (context) =>
    (context.left?.tag === "relative" || (context.left?.tag === "pronoun" && agreesWithPronoun(context))) &&
    !context.inside,
  [
    {
      name: "verb behind a pronoun",
      when: ({ word, near, nextPreposition }) =>
        word.features.action || startsObject(near) || nextPreposition || !word.features.noun,
      tag: "verb",
      examples: ["a dog that *chases* a cat", "he *rides* a horse"],
    },
  ],
);

/** Base forms and -s forms behind a noun of a clause that has no verb yet. */
const nounRules = given(
  (context) =>
    context.left?.tag === "noun" &&
    !context.inside &&
    agrees(context) &&
    (!context.finite || context.word.features.verbOnly),
  [
    {
      name: "verb with its object",
      when: ({ near }) => startsObject(near),
      tag: "verb",
      examples: ["a fish *watches* a key"],
    },
    {
      name: "wish",
      when: ({ word, near }) => wishes.has(word.lower) && near?.lower === "to",
      tag: "verb",
      examples: ["a boy *hopes* to catch a ball"],
    },
    {
      name: "lack",
      when: ({ word }) => word.lower === "lacks",
      tag: "verb",
      examples: ["The room *lacks* windows"],
    },
    {
      name: "verb that is no noun",
      when: ({ word, near }) =>
        word.features.verbOnly && !(near === undefined && word.features.base && nounVerbs.has(word.lower)),
      tag: "verb",
      examples: ["a man in a hat *sits* on a bench", "chefs in uniform *prepare* food"],
    },
    {
      name: "-s form that is a verb alone",
      when: (context) =>
        context.word.features.verbByForm &&
        !countingNouns.has(stemOf(context.word)) &&
        (opensComplement(context) || (context.nextNominal && !context.near!.features.third) || endsClause(context)),
      tag: "verb",
      examples: ["The bike *belongs* to a boy", "A sign *warns* drivers"],
    },
    {
      name: "-s form behind the noun that begins the clause",
      when: (context) =>
        context.word.features.third &&
        !context.left!.features.plural &&
        rarePlurals.has(context.word.lower) &&
        context.nextPreposition &&
        context.near!.lower !== "of" &&
        opensClause(context),
      tag: "verb",
      examples: ["Smoke *rises* from a chimney", "The kettle *whistles* on the stove"],
    },
    {
      name: "what a picture or a clock shows",
      when: ({ word, left, nextNominal }) =>
        nextNominal && !left!.features.plural && depictionVerbs.has(word.lower) && word.features.third,
      tag: "verb",
      examples: ["The clock *shows* noon"],
    },
    ...given(
      ({ word }) => word.features.action,
      [
        {
          name: "-s form behind a singular phrase",
          when: (context) =>
            context.word.features.third &&
            isSingularPhrase(context.words, context.leftAt) &&
            (!context.nextNominal || !nounVerbs.has(stemOf(context.word)) || subjectOf(context)?.agent === true),
          tag: "verb",
          examples: ["a man in a hat *talks* to a girl", "A man in a hat *cooks* dinner"],
        },
        {
          name: "-s form behind a plural that is not its subject",
          when: (context) => context.word.features.third && isPlural(context.left!) && opensComplement(context),
          tag: "verb",
          examples: [
            "A woman wearing shorts *bends* over a pan",
            "A parking meter with two heads *stands* on the street",
          ],
        },
        {
          name: "base form behind a plural",
          when: (context) =>
            context.word.features.base &&
            isPlural(context.left!) &&
            !bodyParts.has(context.word.lower) &&
            (opensComplement(context) || takesBareObject(context)),
          tag: "verb",
          examples: ["Kites *fly* over the grass", "Two hikers *walk* down a slope", "trees *cover* slope"],
        },
        {
          name: "verb of somebody, with its place",
          when: ({ left, near, nextPreposition }) =>
            (nextPreposition || (near !== undefined && (particles.has(near.lower) || adverbs.has(near.lower)))) &&
            isAgent(left!),
          tag: "verb",
          examples: ["the dog *walks* on the grass"],
        },
        {
          name: "verb of somebody, with a bare object",
          when: ({ left, nextNominal }) => nextNominal && isAgent(left!),
          tag: "verb",
          examples: ["the man *rides* horses"],
        },
        {
          name: "-s form behind a colour that is worn",
          when: (context) =>
            context.word.features.third &&
            colours.has(context.left!.lower) &&
            context.words[context.leftAt - 1]?.lower === "in" &&
            opensComplement(context),
          tag: "verb",
          examples: ["A woman in red *walks* down a street"],
        },
        {
          name: "-s form of the clause's subject, at the end",
          when: (context) => {
            const subject = subjectOf(context);
            return (
              context.word.features.third &&
              subject?.agent === true &&
              !subject.plural &&
              !nounVerbs.has(stemOf(context.word)) &&
              endsClause(context)
            );
          },
          tag: "verb",
          examples: ["A woman with flowers in her hair *smiles*"],
        },
        {
          name: "verb of somebody, at the end",
          when: (context) =>
            isAgent(context.left!) &&
            (context.word.features.third || (isPlural(context.left!) && !nounVerbs.has(context.word.lower))) &&
            endsClause(context),
          tag: "verb",
          examples: ["The dog *barks*."],
        },
      ],
    ),
    {
      name: "-s form behind a phrase that a begins",
      when: (context) =>
        context.word.features.third &&
        isSingularPhrase(context.words, context.leftAt) &&
        (context.nextPreposition ? context.near!.lower !== "of" : endsClause(context)),
      tag: "verb",
      examples: ["A tree *towers* over a hut", "A row of poles *towers* over a road"],
    },
    {
      name: "base form behind a bare plural that begins the clause",
      when: (context) =>
        context.word.features.base &&
        !bodyParts.has(context.word.lower) &&
        context.left!.features.plural &&
        !attributivePlurals.has(context.left!.lower) &&
        opensClause(context) &&
        context.nextPreposition &&
        context.near!.lower !== "of",
      tag: "verb",
      examples: ["Clouds *drift* over the hills"],
    },
  ] as TagRule[],
);

const coordinationRules: readonly TagRule[] = [
  {
    name: "second verb behind and",
    when: (context) =>
      context.left?.tag === "conjunction" && !context.inside && context.word.features.action && secondVerb(context),
    tag: "verb",
    examples: ["People ride bikes and *walk* dogs", "a man sits and *reads* a book"],
  },
];

/** Whether a base form or -s form is a verb here. */
export const verbRules: readonly TagRule[] = [
  ...given(
    ({ word }) => word.features.base || word.features.third,
    [...infinitiveRules, ...pronounRules, ...nounRules, ...coordinationRules],
  ),
  {
    name: "unknown word in -s behind a phrase that a begins",
    when: (context) =>
      context.word.features.name === "place" &&
      !context.word.proper &&
      context.left?.tag === "noun" &&
      !context.left.features.plural &&
      !context.inside &&
      !context.finite &&
      isSingularPhrase(context.words, context.leftAt) &&
      (startsObject(context.near) ||
        (context.nextPreposition && context.near!.lower !== "of") ||
        (isAgent(context.left) && endsClause(context))),
    tag: "verb",
    examples: ["A candle *flickers* on the table", "A baseball player *lunges* and reaches back"],
  },
];

/** Plurals that stand in front of a noun: "a sports bar". */
const attributivePlurals: ReadonlySet<string> = new Set(
  "sports clothes jeans glasses goods arms ladies mens womens men women boys girls kids childrens children people pants".split(
    " ",
  ),
);

/** Whether the noun in front is the clause's first, with at most a determiner, numbers and adjectives before it. */
function opensClause({ words, leftAt, clauseAt }: TagContext): boolean {
  let i = leftAt - 1;
  while (i >= clauseAt && (words[i]!.tag === "number" || words[i]!.tag === "adjective")) i--;
  if (i >= clauseAt && words[i]!.lower === "the") i--;
  return i < clauseAt || words[i]!.tag === "conjunction" || words[i + 1]!.before === "comma";
}

/** Whether the clause ends with the word. */
const endsClause = ({ words, at, near }: TagContext): boolean =>
  near === undefined
    ? words[at + 1]?.before !== "comma"
    : near.features.closed === "conjunction" || near.features.closed === "subordinator";

const stemOf = ({ lower }: DraftWord): string => headLemma(lower);

const isAgent = ({ lower }: DraftWord): boolean =>
  animateNouns.has(lower) || animateNouns.has(headLemma(lower)) || /men$/.test(lower);

/** Whether a noun means several: "dogs", "people", a "crowd". */
const isPlural = ({ lower, features }: DraftWord): boolean =>
  features.plural ||
  pluralOnly.has(lower) ||
  collectives.has(lower) ||
  (invariableNouns.has(lower) && animateNouns.has(lower));

/** Whether the form fits what may be its subject: the noun in front, or the first noun of the clause. */
function agrees(context: TagContext): boolean {
  const { word, words, leftAt } = context;
  const left = context.left!;
  const plural = left.features.plural || collectives.has(left.lower);
  if (word.features.third)
    return !plural || !/s$/.test(left.lower) || subjectOf(context)?.plural === false || isOneOfSeveral(words, leftAt);
  return (
    plural ||
    isPlural(left) ||
    coordinated(words, leftAt) ||
    isCounted(words, leftAt) ||
    subjectOf(context)?.plural === true
  );
}

/** Whether a number from two stands in front of the noun: "four woman stand". */
function isCounted(words: readonly DraftWord[], noun: number): boolean {
  let i = noun;
  while (i >= 0 && (words[i]!.tag === "noun" || words[i]!.tag === "adjective") && words[i]!.before === "") i--;
  return i >= 0 && words[i]!.tag === "number" && words[i]!.lower !== "one" && words[i + 1]!.before === "";
}

/** The clause's subject, its first run of nouns: whether it is several and whether it is somebody; undefined where the noun in front is that run's last. */
function subjectOf({ words, leftAt, clauseAt }: TagContext): { plural: boolean; agent: boolean } | undefined {
  let i = clauseAt;
  while (i <= leftAt && words[i]!.tag !== "noun") i++;
  while (i < leftAt && words[i + 1]!.tag === "noun" && words[i + 1]!.before === "") i++;
  if (i >= leftAt) return undefined;
  const head = words[i]!;
  const counts = words[i + 1]?.lower === "of" && countingNouns.has(headLemma(head.lower));
  if (counts) return undefined;
  return { plural: isPlural(head), agent: isAgent(head) };
}

function agreesWithPronoun({ word, near, left, nextPreposition }: TagContext): boolean {
  const { lower } = left!;
  const agrees = /^(they|we|you|i)$/.test(lower) ? word.features.base : word.features.third;
  return agrees && (!/^(it|them|him|her)$/.test(lower) || startsObject(near) || nextPreposition);
}

/** Whether a place or an adverb follows, as behind a verb. */
const opensComplement = ({ near, nextPreposition }: TagContext): boolean =>
  near !== undefined &&
  (nextPreposition || particles.has(near.lower) || (adverbs.has(near.lower) && near.lower !== "very"));

/** Whether a bare object follows, "trees cover slope", and not the rest of a compound, "kids play area". */
const takesBareObject = ({ word, near, nextNominal }: TagContext): boolean =>
  nextNominal &&
  !nounVerbs.has(word.lower) &&
  near!.features.noun &&
  !near!.features.third &&
  !/^(area|ground|room|house|equipment|set|shop|store|stand|park|side)s?$/.test(near!.lower);

/** Whether "to" opens an infinitive, "about to hit", and is not a preposition, "next to water". */
const toInfinitiveFits = (words: readonly DraftWord[], to: number): boolean =>
  !/^(next|close|adjacent|near|due|attached|tied|connected|leading|belonging|according)$/.test(
    words[to - 1]?.lower ?? "",
  );

/** Whether the noun ends a phrase that "a" begins: what follows in -s cannot be its plural head, "a man in a hat talks". */
function isSingularPhrase(words: readonly DraftWord[], noun: number): boolean {
  let i = noun;
  while (i >= 0 && (words[i]!.tag === "noun" || words[i]!.tag === "adjective") && words[i]!.before === "") i--;
  return i >= 0 && (/^(a|an|another|this|that|each|every)$/.test(words[i]!.lower) || isOneOfSeveral(words, noun));
}

/**
 * Whether the noun ends "a herd of cows", which takes the -s form; "a set of park" has yet to come to its "benches".
 */
function isOneOfSeveral(words: readonly DraftWord[], noun: number): boolean {
  let i = noun;
  while (i >= 0 && (words[i]!.tag === "noun" || words[i]!.tag === "adjective") && words[i]!.before === "") i--;
  if (i < 2 || words[i]!.lower !== "of" || !countingNouns.has(words[i - 1]!.lower)) return false;
  if (!isPlural(words[noun]!) && !amountNouns.has(words[i - 1]!.lower)) return false;
  i -= 2;
  while (i > 0 && words[i]!.tag === "adjective") i--;
  return /^(a|an|another|the|this)$/.test(words[i]!.lower);
}

/** Whether the noun ends a coordination, so that a base form may follow: "a man and a woman ride bikes". */
function coordinated(words: readonly DraftWord[], at: number): boolean {
  for (let i = at; i > 0 && i > at - 6; i--) if (words[i]!.tag === "conjunction") return true;
  return false;
}

/** Words between two coordinated verbs, at most. */
const maxDistance = 50;

/** A verb after "and": only if a verb stands before. */
function secondVerb({ word, words, leftAt: conjunction, near }: TagContext): boolean {
  for (let i = conjunction - 1; i >= Math.max(0, conjunction - maxDistance); i--) {
    if (words[i]!.tag === "verb")
      return (
        words[i]!.features.third === word.features.third &&
        (word.features.verbOnly ||
          startsObject(near) ||
          (!word.features.third && near?.features.plural) ||
          near === undefined ||
          near.features.closed !== undefined)
      );
    if (words[i + 1]!.before === "sentence") return false;
  }
  return false;
}
