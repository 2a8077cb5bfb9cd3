import { ingNouns, makings, purposeGerunds } from "../../lexicon/compounds.js";
import { headLemma } from "../../lexicon/noun-forms.js";
import { animateNouns } from "../../lexicon/nouns.js";
import { actionVerbs, invariantParticiples } from "../../lexicon/verbs.js";
import { startsObject } from "../draft-word.js";
import type { TagContext } from "../tag-context.js";
import { given, type TagRule } from "../tag-rule.js";

/** "was cut by", "a clock set in a wall": participles that look like the base form. */
export const invariantParticipleRules: readonly TagRule[] = given(
  ({ word }) => invariantParticiples.has(word.lower),
  [
    {
      name: "participle like the base form behind be",
      when: ({ left, near, words, at }) =>
        left?.tag === "be" &&
        (near === undefined || near.features.closed !== undefined) &&
        words[at + 1]?.before !== "comma",
      tag: "past",
      examples: ["A cake was *cut* by the bride", "The letter was *read* by the boy"],
    },
    {
      name: "participle like the base form behind a noun",
      when: ({ left, nextPreposition, near }) => left?.tag === "noun" && nextPreposition && near?.lower !== "of",
      tag: "past",
      examples: ["a clock *set* in a wall"],
    },
  ],
);

const isNoun = ({ word }: TagContext) => ingNouns.has(word.lower);

/** Forms in -ing: verb, noun ("a building") or adjective ("running water"). */
export const gerundRules: readonly TagRule[] = given(
  ({ word }) => word.features.ing,
  [
    {
      name: "gerund that says what a thing is for",
      when: ({ word, left, near, inside, nextNominal }) =>
        nextNominal &&
        purposeGerunds.has(word.lower) &&
        near!.features.noun &&
        !near!.features.ing &&
        (inside ||
          (left?.tag === "preposition" && left.lower !== "for") ||
          (left === undefined && !near!.features.plural)),
      tag: "noun",
      examples: ["a *parking* lot", "a car in a *parking* lot"],
    },
    {
      name: "noun in -ing inside a noun phrase",
      when: (context) => context.inside && (!context.nextNominal || isNoun(context)),
      tag: "noun",
      examples: ["a red *building* on a hill"],
    },
    {
      name: "gerund as an adjective",
      when: ({ inside }) => inside,
      tag: "adjective",
      examples: ["children at a *folding* table"],
    },
    {
      name: "noun in -ing that is a verb here",
      when: (context) =>
        isNoun(context) &&
        (context.afterBe ||
          (context.left?.tag === "noun" &&
            (startsObject(context.near) ||
              (makings.has(context.word.lower) && animateNouns.has(headLemma(context.left.lower)))))),
      tag: "ing",
      examples: ["a man *painting* a fence", "a girl *drawing* flowers"],
    },
    { name: "noun in -ing", when: isNoun, tag: "noun", examples: ["a bicycle leaning against *building* in city"] },
    {
      name: "gerund behind wear",
      when: ({ left, nextNominal }) => /^wear/.test(left?.lower ?? "") && nextNominal,
      tag: "adjective",
      examples: ["a cat wearing *matching* socks"],
    },
    {
      name: "gerund behind a preposition and in front of a noun",
      when: ({ left, nextNominal }) =>
        left?.tag === "preposition" && nextNominal && !/^(by|for|while)$/.test(left.lower),
      tag: "adjective",
      examples: ["a boat on *flowing* water"],
    },
    {
      name: "gerund at the start in front of a noun",
      when: ({ word, left, nextNominal }) =>
        left === undefined && nextNominal && !actionVerbs.has(word.lower.slice(0, -3)),
      tag: "adjective",
      examples: ["*flowing* water under a bridge"],
    },
    { name: "gerund", when: () => true, tag: "ing", examples: ["a man *riding* a horse"] },
  ],
);

/** Past forms and participles; where no rule holds, their other readings decide. */
export const pastRules: readonly TagRule[] = given(
  ({ word, inside }) => word.features.past && !(word.features.adjective && inside),
  [
    {
      name: "participle that is an adjective, at the end behind be",
      when: ({ word, afterBe, near }) =>
        afterBe && word.features.adjective && (near === undefined || near.features.closed === "conjunction"),
      tag: "adjective",
      examples: ["the door is *closed*"],
    },
    {
      name: "participle behind be",
      when: ({ afterBe }) => afterBe,
      tag: "past",
      examples: ["the car is *parked* here"],
    },
    {
      name: "coordinated participle that is an adjective",
      when: ({ word, left, near, nextNominal }) =>
        left?.tag === "conjunction" && word.features.adjective && !nextNominal && near?.features.closed === undefined,
      tag: "adjective",
      examples: ["the table is purple and *dotted*."],
    },
    {
      name: "participle in front of its noun",
      when: ({ inside, nextNominal }) => inside && nextNominal,
      tag: "adjective",
      examples: ["vegetables on a *toasted* bread"],
    },
    {
      name: "past form that is a noun",
      when: ({ word, inside }) => inside && (word.features.noun || word.lower === "shot"),
      tag: "noun",
      examples: ["a man driving a *moped*", "There is no *shot* of a dog"],
    },
    {
      name: "participle at the end of a list of adjectives",
      when: ({ inside, near }) =>
        inside && near !== undefined && (near.features.closed === "conjunction" || near.features.closed === undefined),
      tag: "adjective",
      examples: ["a room full of men both *dressed* and undressed"],
    },
    {
      name: "participle behind a determiner",
      when: ({ inside }) => inside,
      tag: "past",
      examples: ["windows all *boarded* up"],
    },
    {
      name: "participle of a covering",
      when: ({ left, near, nextNominal, words, at }) =>
        left?.tag === "noun" && nextNominal && !near!.features.adverb && !startsObject(words[at + 1]),
      tag: "adjective",
      examples: ["a snow *covered* mountain"],
    },
    {
      name: "participle behind its noun",
      when: ({ left }) => left?.tag === "noun",
      tag: "past",
      examples: ["a car *parked* by a house"],
    },
    {
      name: "participle that begins a noun phrase",
      when: ({ nextNominal }) => nextNominal,
      tag: "adjective",
      examples: ["*painted* fence on a hill"],
    },
    {
      name: "participle that begins a clause",
      when: ({ left, near }) => (left !== undefined && left.tag !== "preposition") || near !== undefined,
      tag: "past",
      examples: ["*dressed* in a suit", "a man is sitting and *dressed*"],
    },
  ],
);
