import { colours } from "../../lexicon/attributes.js";
import { headLemma } from "../../lexicon/noun-forms.js";
import { nounVerbs } from "../../lexicon/verbs.js";
import { type DraftWord, nominal, startsObject } from "../draft-word.js";
import { given, type TagRule } from "../tag-rule.js";

/** Words that can be adjectives. Many can be nouns too: "the glass", "a glass door"; "the red", "a red door". */
export const adjectiveRules: readonly TagRule[] = given(
  ({ word }) => word.features.adjective,
  [
    {
      name: "light as a noun",
      when: ({ word, near, nextNominal }) =>
        word.lower === "light" && nextNominal && near!.features.noun && !near!.features.adjective,
      tag: "noun",
      examples: ["a *light* pole"],
    },
    {
      name: "open behind its noun",
      when: ({ word, left, nextNominal }) => word.lower === "open" && left?.tag === "noun" && !nextNominal,
      tag: "adjective",
      examples: ["a dog with its mouth *open*"],
    },
    {
      name: "side with a verb behind it",
      when: ({ word, near }) => /^(left|right)$/.test(word.lower) && near?.features.ing === true && !near.features.noun,
      tag: "noun",
      examples: ["a man on the *left* wearing a hat"],
    },
    {
      name: "colour that is worn",
      when: ({ word, words, at, left, near }) => {
        const next = words[at + 1];
        const behind = words[at + 2];
        const ends =
          near === undefined
            ? next?.before !== "comma"
            : near.features.closed === "preposition" ||
              (near.features.closed === "conjunction" && behind?.features.noun === true && !behind.features.adjective);
        return colours.has(word.lower) && /^wear/.test(left?.lower ?? "") && ends;
      },
      tag: "noun",
      examples: ["a woman wearing *black*", "a girl wearing *white* and jeans"],
    },
    {
      name: "noun with its verb behind it",
      when: ({ word, words, at, near, left }) =>
        (word.features.noun || colours.has(word.lower)) &&
        (isVerbAhead(near, words[at + 2]) ||
          (left?.lower === "in" &&
            colours.has(word.lower) &&
            near?.features.third === true &&
            isComplement(words[at + 2]))),
      tag: "noun",
      examples: [
        "the *glass* contains a beverage",
        "A woman in *black* sits on a bench",
        "A woman in *red* walks down a street",
        "A woman in a white *top* smiles at a dog",
      ],
    },
    {
      name: "noun with a participle behind it",
      when: ({ word, words, at, near, afterBe }) =>
        near?.features.past === true &&
        !near.features.noun &&
        !continuesPhrase(words[at + 2]) &&
        !afterBe &&
        word.features.noun &&
        words[at + 2] !== undefined,
      tag: "noun",
      examples: ["a *plastic* held in a hand"],
    },
    {
      name: "noun with a gerund behind it",
      when: ({ word, words, at, near }) =>
        near?.features.ing === true &&
        !near.features.noun &&
        !continuesPhrase(words[at + 2]) &&
        (word.features.noun || colours.has(word.lower)),
      tag: "noun",
      examples: ["an *iron* holding a sign"],
    },
    {
      name: "adjective in front of its noun",
      when: ({ nextNominal }) => nextNominal,
      tag: "adjective",
      examples: ["a *red* door"],
    },
    { name: "adjective behind be", when: ({ afterBe }) => afterBe, tag: "adjective", examples: ["the door is *red*"] },
    {
      name: "adjective in front of an adverb and an adjective",
      when: ({ near, words, at, inside }) =>
        near?.features.closed === "adverb" && words[at + 2]?.features.adjective === true && inside,
      tag: "adjective",
      examples: ["a *quiet* almost empty beach"],
    },
    {
      name: "material in front of a coordinated participle",
      when: ({ word, words, at, left, near }) =>
        left?.tag === "preposition" &&
        word.features.noun &&
        near?.features.closed === "conjunction" &&
        words[at + 2]?.features.past === true,
      tag: "noun",
      examples: ["cookies wrapped in *plastic* and tied with string"],
    },
    {
      name: "coordinated adjective",
      when: ({ words, at, near }) =>
        near?.features.closed === "conjunction" &&
        (words[at + 2]?.features.adjective === true || words[at + 2]?.features.past === true),
      tag: "adjective",
      examples: ["a *red* and blue flag"],
    },
    {
      name: "adjective in a list",
      when: ({ words, at, left, inside }) =>
        words[at + 1]?.before === "comma" && words[at + 1]!.features.adjective && (inside || left === undefined),
      tag: "adjective",
      examples: ["a *tall*, thin man"],
    },
    {
      name: "noun behind a noun",
      when: ({ word, left }) => left?.tag === "noun" && word.features.noun,
      tag: "noun",
      examples: ["two stripes on the wall *tile*"],
    },
    {
      name: "adjective behind its noun",
      when: ({ left }) => left?.tag === "noun",
      tag: "adjective",
      examples: ["a woman *ready* to hit a ball"],
    },
    { name: "adjective as a noun", when: ({ inside }) => inside, tag: "noun", examples: ["a man on the *left*"] },
    {
      name: "noun or colour behind a preposition",
      when: ({ word, left }) => left?.tag === "preposition" && (word.features.noun || colours.has(word.lower)),
      tag: "noun",
      examples: ["a woman in *black*"],
    },
    {
      name: "noun that may be an adjective",
      when: ({ word, left }) => left?.tag !== "preposition" && word.features.noun && !colours.has(word.lower),
      tag: "noun",
      examples: ["*glass* on a table"],
    },
    { name: "adjective", when: () => true, tag: "adjective", examples: ["a man holding *red*"] },
  ],
);

/** "sits on", "contains a": what can only be a verb with its object or place. */
const isVerbAhead = (word: DraftWord | undefined, after: DraftWord | undefined): boolean =>
  word?.before === "" &&
  word.features.third &&
  (word.features.verbOnly ||
    word.features.verbByForm ||
    (word.features.action && !nounVerbs.has(headLemma(word.lower)))) &&
  isComplement(after);

/** What follows a verb: its object or place. */
const isComplement = (word: DraftWord | undefined): boolean =>
  startsObject(word) || (word?.before === "" && /^(preposition|to|adverb)$/.test(word.features.closed ?? ""));

/** Whether the word may stand inside a noun phrase that has begun. */
const continuesPhrase = (word: DraftWord | undefined): boolean =>
  word !== undefined && word.before === "" && nominal(word.features);
