import type { Word } from "./tokenise.js";
import type { Kind, WordClasses } from "./word-classes.js";
import {
  actionVerbs,
  adverbs,
  animates,
  colours,
  ingNouns,
  particles,
  placeNouns,
  purposeGerunds,
  sideNouns,
} from "./word-lists.js";

/** A word with its kind in this caption. */
export interface TaggedWord extends Word {
  readonly kind: Kind;
  readonly classes: WordClasses;
}

type Draft = Word & { kind: Kind; classes: WordClasses };

const inPhrase: ReadonlySet<Kind> = new Set(["determiner", "possessive", "number", "adjective"]);
const opensPhrase: ReadonlySet<Kind> = new Set(["determiner", "possessive", "number"]);

/** Words whose readings allow them inside a noun phrase after a modifier. */
const nominal = (classes: WordClasses) =>
  classes.closed === undefined &&
  (classes.noun || classes.adjective || classes.ing || classes.past) &&
  !(classes.adverb && !classes.noun && !classes.adjective);

/** Decides each word's kind from its readings and its neighbours, left to right. */
export function tagWords(words: readonly Word[], classesOf: (word: string) => WordClasses): readonly TaggedWord[] {
  const tagged: Draft[] = words.map((word) => ({ ...word, kind: "other", classes: classesOf(word.lower) }));
  let finite = false; // the clause has its finite verb
  for (let i = 0; i < tagged.length; i++) {
    const word = tagged[i]!;
    if (word.before === "sentence") finite = false;
    word.kind = kindAt(tagged, i, finite);
    if (word.kind === "be" || word.kind === "verb" || word.kind === "auxiliary") finite = true;
    if (
      word.kind === "relative" ||
      word.kind === "subordinator" ||
      word.kind === "conjunction" ||
      word.before === "comma"
    ) {
      if (word.kind !== "verb" && word.kind !== "be") finite = false;
    }
  }
  return tagged;
}

function kindAt(words: readonly Draft[], i: number, finite: boolean): Kind {
  const word = words[i]!;
  const { classes } = word;
  const previous = word.before === "sentence" ? undefined : words[i - 1];
  const next = words[i + 1] && words[i + 1]!.before !== "sentence" ? words[i + 1] : undefined;
  if (classes.closed !== undefined) return closedAt(word, previous, next, words, i);
  return openAt(word, previous, next, words, i, finite);
}

function closedAt(
  word: Draft,
  previous: Draft | undefined,
  next: Draft | undefined,
  words: readonly Draft[],
  i: number,
): Kind {
  const kind = word.classes.closed!;
  const { lower } = word;
  if (kind === "relative" && lower === "that") {
    // "that dog" at the start or after a preposition is a determiner.
    if (!previous || previous.kind === "preposition" || previous.kind === "conjunction" || previous.kind === "to")
      return "determiner";
    return "relative";
  }
  if (kind === "clitic" && lower === "'s") {
    const follower = next?.classes;
    const copular = previous !== undefined && /^(it|he|she|there|that|who|what|here)$/.test(previous.lower);
    if (copular) return "be";
    if (
      follower &&
      (follower.closed === "determiner" ||
        (follower.ing && !follower.noun && next && words[i + 2]?.classes.closed === "preposition"))
    )
      return "be";
    return "clitic";
  }
  if (kind === "pronoun" || kind === "determiner") {
    if ((lower === "her" || lower === "his") && next && !nominal(next.classes)) return "pronoun";
    const alone =
      next?.before !== "" ||
      !(
        nominal(next.classes) ||
        next.classes.closed === "number" ||
        next.classes.closed === "determiner" ||
        next.classes.closed === "possessive"
      );
    if (/^(this|these|those|each|all|both|some|another|any|either|that)$/.test(lower)) {
      if (lower === "all" || lower === "both") return alone ? "adverb" : "determiner";
      return alone ? "pronoun" : "determiner";
    }
    return kind;
  }
  if (kind === "possessive" && lower === "her" && (!next || !nominal(next.classes) || next.before !== ""))
    return "pronoun";
  if (
    kind === "number" &&
    lower === "one" &&
    previous &&
    (previous.kind === "adjective" ||
      previous.lower === "another" ||
      previous.lower === "the" ||
      previous.lower === "this")
  ) {
    return next && next.before === "" && nominal(next.classes) && previous.kind !== "adjective" ? "number" : "pronoun";
  }
  if (kind === "auxiliary" && /^(has|have|had|having|gets?|got|getting|does|do|did)$/.test(lower)) {
    const follower = next?.classes;
    const helps =
      follower !== undefined &&
      next!.before === "" &&
      (lower === "do" || lower === "does" || lower === "did"
        ? next!.lower === "not" || next!.lower === "n't" || follower.base
        : follower.past && !nominalAfter(words, i + 2));
    return helps || (next && next.classes.closed === "be") ? "auxiliary" : "verb";
  }
  if (kind === "auxiliary" && lower === "can") {
    if (previous && (inPhrase.has(previous.kind) || previous.kind === "noun"))
      return next?.classes.base && next.classes.action && previous.kind === "noun" ? "auxiliary" : "noun";
    return "auxiliary";
  }
  if (kind === "auxiliary" && /^(appears?|seems?|looks|becomes)$/.test(lower)) {
    if (next && (next.classes.adjective || next.lower === "to") && next.classes.closed !== "preposition") return "be";
    return "verb";
  }
  if (kind === "preposition") {
    if ((lower === "past" || lower === "down" || lower === "like") && previous?.kind === "determiner")
      return "adjective";
    if (
      (lower === "inside" || lower === "outside" || lower === "opposite") &&
      previous &&
      opensPhrase.has(previous.kind)
    )
      return next && next.before === "" && next.classes.noun ? "adjective" : "noun";
    if (lower === "like" && previous?.kind === "to") return "verb";
    if ((lower === "after" || lower === "before") && next?.classes.ing) return "subordinator";
    if (lower === "for" || lower === "by") return "preposition";
    return "preposition";
  }
  if (kind === "subordinator" && lower === "as") return "subordinator";
  return kind;
}

/** Whether the word at the index can continue a noun phrase. */
const nominalAfter = (words: readonly Draft[], index: number): boolean => {
  const word = words[index];
  return word !== undefined && word.before === "" && nominal(word.classes);
};

const startsObject = (next: Draft | undefined): boolean =>
  next !== undefined &&
  next.before === "" &&
  (next.classes.closed === "determiner" ||
    next.classes.closed === "possessive" ||
    next.classes.closed === "number" ||
    next.classes.closed === "pronoun");

function openAt(
  word: Draft,
  previous: Draft | undefined,
  next: Draft | undefined,
  words: readonly Draft[],
  i: number,
  finite: boolean,
): Kind {
  const { classes, lower } = word;
  const near = next && next.before === "" ? next : undefined;
  const nextNominal = near !== undefined && nominal(near.classes);
  const nextPreposition = near !== undefined && (near.classes.closed === "preposition" || near.classes.closed === "to");
  const joined = word.before === "" ? previous : undefined;
  let back = i - 1;
  while (back >= 0 && words[back + 1]!.before === "" && words[back]!.kind === "adverb") back--;
  const left = word.before === "" && back >= 0 && words[back + 1]!.before !== "sentence" ? words[back] : undefined;
  const inside = joined !== undefined && (inPhrase.has(joined.kind) || joined.kind === "clitic");
  const afterBe = left?.kind === "be" || left?.kind === "auxiliary" || left?.kind === "negation";
  const afterNoun = left?.kind === "noun" || left?.kind === "pronoun" || left?.kind === "relative";

  if (near?.lower === "of" && sideNouns.has(lower) && left?.kind === "noun") return "preposition";
  if (placeNouns.has(lower) && near?.lower === "of") return "noun";
  if (classes.adverb && !inside) return "adverb";
  if (classes.adverb && inside && nextNominal && !classes.noun) return "adverb";

  if (classes.ing) return gerundAt(word, left, near, inside, afterBe, nextNominal);
  if (classes.past && !(classes.adjective && inside)) {
    const participle = pastAt(classes, left, near, words, i, inside, afterBe, nextNominal);
    if (participle !== undefined) return participle;
  }
  if (afterBe && left.kind === "auxiliary" && classes.base && (classes.action || !classes.noun)) return "verb";
  if (left?.kind === "to" && classes.base && toInfinitiveFits(words, back) && (classes.action || !classes.noun))
    return "verb";
  if (
    !inside &&
    (classes.third || classes.base) &&
    afterNoun &&
    verbAfterNoun(word, left!, near, words, back, finite, nextNominal, nextPreposition)
  )
    return "verb";
  if (
    !inside &&
    left?.kind === "conjunction" &&
    classes.action &&
    (classes.third || classes.base) &&
    secondVerb(word, words, back, near)
  )
    return "verb";
  if (classes.adjective) return adjectiveAt(word, left, near, words, i, inside, afterBe, nextNominal);
  return classes.noun || classes.base || classes.third ? "noun" : classes.adverb ? "adverb" : "noun";
}

function gerundAt(
  word: Draft,
  left: Draft | undefined,
  near: Draft | undefined,
  inside: boolean,
  afterBe: boolean,
  nextNominal: boolean,
): Kind {
  const nounToo = ingNouns.has(word.lower);
  const names = nextNominal && purposeGerunds.has(word.lower) && near!.classes.noun && !near!.classes.ing;
  if (names && (inside || left?.kind === "preposition" || (left === undefined && !near!.classes.plural))) return "noun";
  if (inside) return nextNominal ? (nounToo ? "noun" : "adjective") : "noun";
  if (nounToo) {
    if (afterBe || (left?.kind === "noun" && startsObject(near))) return "ing";
    return "noun";
  }
  if (left?.kind === "preposition" && nextNominal && !left.lower.match(/^(by|for|while)$/)) return "adjective";
  if (left === undefined && nextNominal && !actionVerbs.has(word.lower.slice(0, -3))) return "adjective";
  return "ing";
}

function pastAt(
  classes: WordClasses,
  left: Draft | undefined,
  near: Draft | undefined,
  words: readonly Draft[],
  i: number,
  inside: boolean,
  afterBe: boolean,
  nextNominal: boolean,
): Kind | undefined {
  if (afterBe)
    return classes.adjective && (near === undefined || near.classes.closed === "conjunction") ? "adjective" : "past";
  if (left?.kind === "conjunction" && classes.adjective && !nextNominal && near?.classes.closed === undefined)
    return "adjective";
  if (inside)
    return nextNominal
      ? "adjective"
      : classes.noun
        ? "noun"
        : near?.classes.closed === "conjunction"
          ? "adjective"
          : near?.classes.closed === undefined && near !== undefined
            ? "adjective"
            : "past";
  if (left?.kind === "noun") {
    // "a snow covered mountain": noun and participle in front of a noun.
    if (nextNominal && !near!.classes.adverb && !nounPhraseComplete(words, i)) return "adjective";
    return "past";
  }
  if (nextNominal) return "adjective";
  if (left === undefined || left.kind === "preposition") return near === undefined ? undefined : "past";
  return "past";
}

/** Whether the word after a noun and a past form starts an object: "a man held a knife" against "a snow covered hill". */
function nounPhraseComplete(words: readonly Draft[], i: number): boolean {
  return startsObject(words[i + 1]);
}

/** Whether "to" opens an infinitive, "about to hit", and is not a preposition, "next to water". */
function toInfinitiveFits(words: readonly Draft[], to: number): boolean {
  const before = words[to - 1];
  return (
    before === undefined ||
    !/^(next|close|adjacent|near|due|attached|tied|connected|leading|belonging|according)$/.test(before.lower)
  );
}

function verbAfterNoun(
  word: Draft,
  left: Draft,
  near: Draft | undefined,
  words: readonly Draft[],
  back: number,
  finite: boolean,
  nextNominal: boolean,
  nextPreposition: boolean,
): boolean {
  const { classes } = word;
  const plural = left.kind === "noun" && left.classes.plural;
  const agrees =
    left.kind === "relative" ||
    (left.kind === "pronoun" && /^(they|we|you|i)$/.test(left.lower)
      ? classes.base
      : left.kind === "pronoun"
        ? classes.third
        : classes.third
          ? !plural || /s$/.test(left.lower) === false
          : plural || coordinated(words, back));
  if (!agrees) return false;
  if (left.kind === "pronoun" && /^(it|them|him|her)$/.test(left.lower) && !startsObject(near) && !nextPreposition)
    return false;
  if (left.kind === "relative" || left.kind === "pronoun")
    return classes.action || startsObject(near) || nextPreposition || !classes.noun;
  if (finite && !classes.verbOnly) return false;
  if (startsObject(near)) return classes.action || !isCompoundHead(word, left);
  if (!classes.action) return false;
  if (classes.verbOnly) return true;
  const agent = animates.has(left.lower) || animates.has(left.lower.replace(/s$/, "")) || /men$/.test(left.lower);
  if (nextPreposition || (near !== undefined && (particles.has(near.lower) || adverbs.has(near.lower))))
    return agent || classes.verbOnly;
  if (nextNominal) return agent;
  return (
    agent &&
    (near === undefined || near.classes.closed === "conjunction" || near.classes.closed === "subordinator") &&
    classes.third
  );
}

/** A noun-noun reading that a determiner after it does not break: rare, so only for words that are no verbs. */
const isCompoundHead = (word: Draft, _left: Draft): boolean => !word.classes.base && !word.classes.third;

/** Whether the noun ends a coordination, so that a base form may follow: "a man and a woman ride bikes". */
function coordinated(words: readonly Draft[], at: number): boolean {
  for (let i = at; i > 0 && i > at - 6; i--) if (words[i]!.kind === "conjunction") return true;
  return false;
}

/** A verb after "and": only if a verb stands before. */
function secondVerb(word: Draft, words: readonly Draft[], conjunction: number, near: Draft | undefined): boolean {
  for (let i = conjunction - 1; i >= 0; i--) {
    const kind = words[i]!.kind;
    if (kind === "verb")
      return (
        words[i]!.classes.third === word.classes.third &&
        (word.classes.verbOnly || startsObject(near) || near === undefined || near.classes.closed !== undefined)
      );
    if (words[i + 1]!.before === "sentence") return false;
  }
  return false;
}

function adjectiveAt(
  word: Draft,
  left: Draft | undefined,
  near: Draft | undefined,
  words: readonly Draft[],
  i: number,
  inside: boolean,
  afterBe: boolean,
  nextNominal: boolean,
): Kind {
  const { classes, lower } = word;
  if (lower === "light" && nextNominal && near!.classes.noun && !near!.classes.adjective) return "noun";
  // "the iron holding a sign": a noun with a verb behind it, although "iron" may be an attribute.
  if (nextNominal && classes.noun && near!.classes.ing && !near!.classes.noun && startsObject(words[i + 2]))
    return "noun";
  if (nextNominal) return "adjective";
  if (afterBe) return "adjective";
  const andMore =
    near?.classes.closed === "conjunction" &&
    words[i + 2] !== undefined &&
    (words[i + 2]!.classes.adjective || words[i + 2]!.classes.past);
  if (andMore) return "adjective";
  const comma = words[i + 1]?.before === "comma" && words[i + 1]!.classes.adjective;
  if (comma && (inside || left === undefined)) return "adjective";
  if (inside || left?.kind === "preposition" || left?.kind === "noun")
    return classes.noun || colours.has(lower) || inside
      ? left?.kind === "noun" && !classes.noun
        ? "adjective"
        : "noun"
      : "adjective";
  return classes.noun && !colours.has(lower) ? "noun" : "adjective";
}
