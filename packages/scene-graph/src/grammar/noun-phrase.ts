import type { SceneAttribute, Span } from "../graph/scene-graph.js";
import { attributiveNouns, colourNouns, colours, materials } from "../lexicon/attributes.js";
import { predeterminers } from "../lexicon/function-words.js";
import { headLemma } from "../lexicon/noun-forms.js";
import { coveringVerbs } from "../lexicon/verbs.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import { boundsNumber, comparesAmount } from "./amounts.js";
import { opensBareRelative } from "./bare-relative.js";
import { attributeOf, isMeasure, readAdjectives } from "./read-adjectives.js";

/** A noun phrase as read, before it becomes an object. */
export interface NounPhrase {
  readonly name: string;
  /** The head's lemma without its compound. */
  readonly head: string;
  readonly attributes: readonly SceneAttribute[];
  readonly quantity?: string;
  readonly determiner?: string;
  /** The possessive pronoun in front, "his" or "whose", and the predicate that it makes: itself, or the "'s" of "it's". */
  readonly possessive?: { readonly pronoun: string; readonly predicate: string; readonly span: Span };
  readonly plural: boolean;
  readonly span: Span;
  readonly phrase: Span;
  /** What covers or fills it, said in front: "snow covered". */
  readonly covering?: Covering;
  /** Index of the first word after the phrase. */
  readonly next: number;
}

/** "snow covered mountain": the noun, the participle and their places. */
export interface Covering {
  readonly name: string;
  readonly span: Span;
  readonly verb: string;
  readonly verbSpan: Span;
}

/** Most determiners ("all those") and numbers ("two hundred thousand") in a row: more are no noun phrase. */
const maxDeterminers = 4;
const maxNumbers = 6;

/** Reads a noun phrase without its possessor; undefined where none starts. */
export function readNounPhrase(words: readonly TaggedWord[], from: number): NounPhrase | undefined {
  const { determiner, possessive, both, next: afterDeterminers } = readDeterminers(words, from);
  const { quantity, next: afterNumbers } = readNumbers(words, afterDeterminers, from);
  const modifiers = readModifiers(words, afterNumbers, from);
  if (!modifiers) return undefined;
  const { attributes, covering, next: start } = modifiers;
  let end = start + 1;
  while (words[end]?.tag === "noun" && words[end]!.before === "" && !opensBareRelative(words, end)) end++;
  const { plural } = words[end - 1]!.features;
  const parts = words.slice(start, end).map((word) => word.lower);
  const { proper, features } = words[end - 1]!;
  const isName = features.name === "person" || (features.name === "place" && proper);
  const head = isName ? parts.at(-1)! : headLemma(parts.at(-1)!);
  if (isProhibition(words, from, start, head)) return prohibitionSign(words, from, end);
  const counted = quantity ?? (both && plural ? "both" : undefined);
  return {
    name: [...parts.slice(0, -1), head].join(" "),
    head,
    attributes,
    ...(counted !== undefined && { quantity: counted }),
    ...(determiner !== undefined && { determiner }),
    ...(possessive !== undefined && { possessive }),
    ...(covering !== undefined && { covering }),
    plural,
    span: { start: words[start]!.start, end: words[end - 1]!.end },
    phrase: { start: words[from]!.start, end: words[end - 1]!.end },
    next: end,
  };
}

/** "no parking sign": a sign that says so. */
const isProhibition = (words: readonly TaggedWord[], from: number, start: number, head: string): boolean =>
  /^(sign|zone|symbol)$/.test(head) &&
  words.slice(from, start + 1).some(({ lower }, i) => lower === "no" && isProhibited(words[from + i + 1]));

const isProhibited = (word: TaggedWord | undefined): boolean =>
  word !== undefined &&
  /(ing|^(entry|turns?|left|right|thru|through|traffic|u-turn|outlet|exit|access|stopping))$/.test(word.lower);

function prohibitionSign(words: readonly TaggedWord[], from: number, end: number): NounPhrase {
  const no = words.findIndex(({ lower }, i) => i >= from && lower === "no");
  const sign = words[end - 1]!;
  const name = headLemma(sign.lower);
  const span = { start: sign.start, end: sign.end };
  return {
    name,
    head: name,
    attributes: no + 1 < end - 1 ? [attributeOf(words, no, end - 1)] : [],
    ...(no > from && { determiner: words[from]!.lower }),
    plural: sign.features.plural,
    span,
    phrase: { start: words[from]!.start, end: sign.end },
    next: end,
  };
}

function readDeterminers(words: readonly TaggedWord[], from: number) {
  let determiner: string | undefined;
  let possessive: NounPhrase["possessive"];
  let both = false;
  let i = from;
  for (; i - from < maxDeterminers && joins(words, i, from); i++) {
    const { tag, lower, start, end } = words[i]!;
    // "his or her"
    if (lower === "or" && possessive && words[i + 1]?.tag === "possessive") continue;
    if (tag !== "determiner" && tag !== "possessive" && !(tag === "adverb" && i === from)) break;
    // "all the dogs" is "the dogs", but "neither the dog" is not, and "a no parking sign" is a sign.
    if (tag !== "adverb" && (determiner === undefined || predeterminers.has(determiner))) determiner = lower;
    if (tag === "possessive") possessive = { pronoun: lower, predicate: lower, span: { start, end } };
    else if (possessive?.pronoun === "it") possessive = { pronoun: "it", predicate: lower, span: { start, end } };
    if (lower === "both") both = true;
  }
  return { determiner, possessive, both, next: i };
}

/** "two", "two of the". */
function readNumbers(words: readonly TaggedWord[], at: number, from: number) {
  const half = halfDozen(words, at);
  let quantity =
    half === 0
      ? undefined
      : words
          .slice(at, at + half)
          .map(({ lower }) => lower)
          .join(" ");
  let i = at + half;
  while (i - at < maxNumbers && joins(words, i, from) && words[i]!.tag === "number" && !isMeasure(words, i)) {
    if (comparesAmount(words, i)) {
      i++;
      continue;
    }
    const length = boundsNumber(words, i) ? 2 : isHundredAnd(words, i) ? 3 : 1;
    const written = words.slice(i, i + length).map(({ lower }) => lower);
    quantity = [...(quantity === undefined ? [] : [quantity]), ...written].join(" ");
    i += length;
    const counted = words[i + 1];
    if (words[i]?.lower === "of" && counted?.before === "" && startsPhrase(counted))
      i += counted.tag === "determiner" || counted.tag === "possessive" ? 2 : 1;
  }
  return { quantity, next: i };
}

/** The words of "half a dozen" at an index, 0 where it does not stand. */
function halfDozen(words: readonly TaggedWord[], at: number): number {
  if (words[at]?.lower !== "half") return 0;
  const dozen = words[at + 1]?.lower === "a" ? at + 2 : at + 1;
  return words[dozen]?.lower === "dozen" && words[dozen]!.before === "" ? dozen + 1 - at : 0;
}

/** "a hundred and five" */
const isHundredAnd = (words: readonly TaggedWord[], at: number): boolean =>
  /^(hundred|thousand)$/.test(words[at]!.lower) &&
  words[at + 1]?.lower === "and" &&
  words[at + 1]!.before === "" &&
  words[at + 2]?.tag === "number" &&
  words[at + 2]!.before === "";

/** Adjectives and nouns that stand for one, up to the noun that the phrase is about; undefined where that does not come. */
function readModifiers(words: readonly TaggedWord[], at: number, from: number) {
  const attributes: SceneAttribute[] = [];
  let covering: Covering | undefined;
  let i = at;
  while (joins(words, i, from) || (attributes.length > 0 && words[i] !== undefined)) {
    const word = words[i]!;
    const colour = joins(words, i, from) && colourNouns.has(word.lower) && isColour(words[i + 1]);
    if (joins(words, i, from) && word.tag === "noun" && !colour) {
      if (isCovered(words, i)) {
        const cover = covering ? undefined : coveringOf(word, words[i + 1]!);
        if (cover) covering = cover;
        else attributes.push(attributeOf(words, i, i + 2));
        i += 2;
        continue;
      }
      if (!isAttributive(words, i)) return { attributes, covering, next: i };
      attributes.push(attributeOf(words, i, i + 1));
      i++;
      continue;
    }
    if (i > from && word.before === "sentence") return undefined;
    const read = readAdjectives(words, i);
    if (read.attributes.length === 0 || words[read.next]?.before === "sentence") return undefined;
    attributes.push(...read.attributes);
    i = read.next;
  }
  return undefined;
}

const isColour = (word: TaggedWord | undefined): boolean =>
  word?.before === "" && word.tag === "adjective" && colours.has(word.lower);

/** Whether a noun and a participle stand in front of a noun: "snow covered hill", "hand made bowl". */
function isCovered(words: readonly TaggedWord[], at: number): boolean {
  const [participle, noun] = [words[at + 1], words[at + 2]];
  return (
    participle?.tag === "adjective" &&
    participle.before === "" &&
    participle.features.past &&
    !participle.features.noun &&
    noun?.before === "" &&
    (noun.tag === "noun" || noun.tag === "adjective")
  );
}

function coveringOf(noun: TaggedWord, participle: TaggedWord): Covering | undefined {
  if (!Object.hasOwn(coveringVerbs, participle.lower)) return undefined;
  return {
    name: headLemma(noun.lower),
    span: { start: noun.start, end: noun.end },
    verb: coveringVerbs[participle.lower]!,
    verbSpan: { start: participle.start, end: participle.end },
  };
}

/** Whether a noun says of what material, colour or kind the noun after it is. */
const isAttributive = (words: readonly TaggedWord[], at: number): boolean =>
  words[at + 1]?.tag === "noun" &&
  words[at + 1]!.before === "" &&
  [materials, colours, attributiveNouns].some((list) => list.has(words[at]!.lower));

/** Whether the word belongs to the phrase: it is its first or follows without a mark. */
const joins = (words: readonly TaggedWord[], at: number, from: number): boolean =>
  words[at] !== undefined && (at === from || words[at]!.before === "");

const startsPhrase = ({ tag }: TaggedWord): boolean =>
  tag === "determiner" || tag === "possessive" || tag === "noun" || tag === "adjective";
