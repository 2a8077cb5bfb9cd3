import { opensBareRelative } from "./bare-relative.js";
import { headLemma } from "./lemma.js";
import type { SceneAttribute, Span } from "./scene-graph.js";
import type { TaggedWord } from "./tag.js";
import { attributiveNouns, colours, degreeWords, materials, measureNouns } from "./word-lists.js";

/** A noun phrase as read, before it becomes an object. */
export interface NounPhrase {
  readonly name: string;
  /** The head's lemma without its compound. */
  readonly head: string;
  readonly attributes: readonly SceneAttribute[];
  readonly quantity?: string;
  readonly determiner?: string;
  /** "his", "whose": the possessive pronoun in front. */
  readonly possessive?: { readonly word: string; readonly span: Span };
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

/** Participles that relate the noun before them to the noun after: snow covers the mountain. */
const coveringVerbs: Readonly<Record<string, string>> = {
  covered: "cover",
  filled: "fill",
  lined: "line",
  topped: "top",
  surrounded: "surround",
  coated: "coat",
};

const bodyParts =
  /^(haired|eyed|framed|sleeved|legged|tailed|faced|shaped|sized|coloured|colored|haired|breasted|handled|wheeled|winged|toned|rimmed|necked|storied|footed|headed|bearded|handed|engine|minded|looking)$/;

export const attributeOf = (words: readonly TaggedWord[], from: number, to: number): SceneAttribute => ({
  name: words
    .slice(from, to)
    .map((word) => word.lower)
    .join(" "),
  span: { start: words[from]!.start, end: words[to - 1]!.end },
});

/**
 * Reads one or more coordinated adjectives from an index: "red", "black and white", "dark green". Returns the attributes and
 * the index after them; none where no adjective stands.
 */
export function readAdjectives(
  words: readonly TaggedWord[],
  from: number,
): { attributes: SceneAttribute[]; next: number } {
  const attributes: SceneAttribute[] = [];
  let i = from;
  while (i < words.length) {
    if (i > from && words[i]!.before === "sentence") break;
    let at = i;
    if (attributes.length > 0 && words[at]!.kind === "conjunction" && words[at]!.lower !== "but") at++;
    const end = endOfAdjective(words, at);
    if (end === at || (at > from && words[at]!.before === "sentence")) break;
    if (at > i && end === at) break;
    attributes.push(attributeOf(words, at, end));
    i = end;
  }
  return { attributes, next: i };
}

/** The index after one adjective with its degree word or its compound; the same index where none starts. */
function endOfAdjective(words: readonly TaggedWord[], from: number): number {
  const word = words[from];
  if (!word) return from;
  const next = words[from + 1]?.before === "" ? words[from + 1] : undefined;
  const after = words[from + 2]?.before === "" ? words[from + 2] : undefined;
  if (word.kind === "adverb" && next?.kind === "adjective") return endOfAdjective(words, from + 1);
  if (
    word.kind === "noun" &&
    next?.kind === "adjective" &&
    coveringVerbs[next.lower] === undefined &&
    next.classes.past &&
    !next.classes.noun
  )
    return from + 2;
  if (isMeasure(words, from)) return from + 2;
  if (word.kind !== "adjective") return from;
  if (colours.has(word.lower) && next && /^colou?r$/.test(next.lower) && after?.kind !== "preposition") return from + 2;
  if (next?.kind === "adjective" && degreeWords.has(word.lower) && (colours.has(next.lower) || word.classes.adverb))
    return from + 2;
  if (next && after && measureNouns.has(next.lower) && after.kind === "noun" && !colours.has(word.lower))
    return from + 2;
  if (next && bodyParts.test(next.lower) && (next.kind === "adjective" || after === undefined)) return from + 2;
  return from + 1;
}

/** "four legged": a number that counts what the thing has, not the things. */
const isMeasure = (words: readonly TaggedWord[], from: number): boolean =>
  words[from]!.kind === "number" &&
  words[from + 1]?.before === "" &&
  /^(legged|wheeled|eyed|headed|handed|toned|storied|engine|winged)$/.test(words[from + 1]!.lower);

/** Most determiners ("all those") and numbers ("two hundred thousand") in a row: more are no noun phrase. */
const maxDeterminers = 4;
const maxNumbers = 6;

/** Reads a noun phrase without its possessor; undefined where none starts. */
export function readNounPhrase(words: readonly TaggedWord[], from: number): NounPhrase | undefined {
  let i = from;
  let determiner: string | undefined;
  let possessive: NounPhrase["possessive"];
  let quantity: string | undefined;
  let both = false;
  const attributes: SceneAttribute[] = [];
  const inline = (index: number) => index === from || words[index]?.before === "";
  while (
    i < words.length &&
    i - from < maxDeterminers &&
    inline(i) &&
    (words[i]!.kind === "determiner" || words[i]!.kind === "possessive" || (words[i]!.kind === "adverb" && i === from))
  ) {
    const { kind, lower, start, end } = words[i]!;
    if (kind !== "adverb") determiner = lower;
    if (kind === "possessive") possessive = { word: lower, span: { start, end } };
    if (lower === "both") both = true;
    i++;
  }
  const firstNumber = i;
  while (
    i < words.length &&
    i - firstNumber < maxNumbers &&
    inline(i) &&
    words[i]!.kind === "number" &&
    !isMeasure(words, i)
  ) {
    quantity = quantity === undefined ? words[i]!.lower : `${quantity} ${words[i]!.lower}`;
    i++;
    if (words[i]?.lower === "of" && words[i + 1] && words[i + 1]!.before === "" && startsPhrase(words[i + 1]!))
      i += words[i + 1]!.kind === "determiner" || words[i + 1]!.kind === "possessive" ? 2 : 1;
  }
  let covering: Covering | undefined;
  let headStart = -1;
  let headEnd = -1;
  while (i < words.length && (inline(i) || attributes.length > 0)) {
    const word = words[i]!;
    const next = words[i + 1];
    const joins = i === from || word.before === "";
    if (joins && word.kind === "noun") {
      const continues = next !== undefined && next.before === "" && (next.kind === "noun" || next.kind === "adjective");
      if (
        headStart < 0 &&
        continues &&
        next.kind === "adjective" &&
        next.classes.past &&
        !next.classes.noun &&
        words[i + 2] &&
        isNominal(words[i + 2]!)
      ) {
        const verb = coveringVerbs[next.lower];
        if (verb === undefined || covering) attributes.push(attributeOf(words, i, i + 2));
        else
          covering = {
            name: headLemma(word.lower),
            span: { start: word.start, end: word.end },
            verb,
            verbSpan: { start: next.start, end: next.end },
          };
        i += 2;
        continue;
      }
      if (
        headStart < 0 &&
        continues &&
        next.kind === "noun" &&
        (materials.has(word.lower) || colours.has(word.lower) || attributiveNouns.has(word.lower))
      ) {
        attributes.push(attributeOf(words, i, i + 1));
        i++;
        continue;
      }
      if (headStart < 0) headStart = i;
      else if (opensBareRelative(words, i)) break;
      headEnd = ++i;
      continue;
    }
    if (headStart >= 0) break;
    if (!joins && word.before === "sentence") break;
    const read = readAdjectives(words, i);
    if (read.attributes.length === 0) break;
    attributes.push(...read.attributes);
    i = read.next;
    if (words[i]?.before === "sentence") break;
  }
  if (headStart < 0) return undefined;
  const { plural } = words[headEnd - 1]!.classes;
  if (both && plural) quantity ??= "both";
  const parts = words.slice(headStart, headEnd).map((word) => word.lower);
  const head = headLemma(parts.at(-1)!);
  return {
    name: [...parts.slice(0, -1), head].join(" "),
    head,
    attributes,
    ...(quantity !== undefined && { quantity }),
    ...(determiner !== undefined && { determiner }),
    ...(possessive !== undefined && { possessive }),
    ...(covering !== undefined && { covering }),
    plural,
    span: { start: words[headStart]!.start, end: words[headEnd - 1]!.end },
    phrase: { start: words[from]!.start, end: words[headEnd - 1]!.end },
    next: headEnd,
  };
}

const startsPhrase = ({ kind }: TaggedWord) =>
  kind === "determiner" || kind === "possessive" || kind === "noun" || kind === "adjective";
const isNominal = (word: TaggedWord) => word.before === "" && (word.kind === "noun" || word.kind === "adjective");
