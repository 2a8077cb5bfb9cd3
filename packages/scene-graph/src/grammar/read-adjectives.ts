import type { SceneAttribute } from "../graph/scene-graph.js";
import { degreeWords } from "../lexicon/adverbs.js";
import { colourNouns, colours, countedParts, describingParticiples, measureNouns } from "../lexicon/attributes.js";
import { coveringVerbs } from "../lexicon/verbs.js";
import type { TaggedWord } from "../tagger/tag-words.js";

export interface Adjectives {
  readonly attributes: readonly SceneAttribute[];
  /** The index after them. */
  readonly next: number;
}

/** One attribute of the words from an index to another, that one left out. */
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
export function readAdjectives(words: readonly TaggedWord[], from: number): Adjectives {
  const attributes: SceneAttribute[] = [];
  let i = from;
  while (i < words.length) {
    if (i > from && words[i]!.before === "sentence") break;
    let at = i;
    if (attributes.length > 0 && words[at]!.tag === "conjunction" && words[at]!.lower !== "but") at++;
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
  if (word.tag === "adverb" && next?.tag === "adjective") return endOfAdjective(words, from + 1);
  if (
    word.tag === "noun" &&
    next?.tag === "adjective" &&
    !Object.hasOwn(coveringVerbs, next.lower) &&
    next.features.past &&
    !next.features.noun
  )
    return from + 2;
  if (isMeasure(words, from)) return from + 2;
  // "a lime green car"
  if (
    colourNouns.has(word.lower) &&
    next &&
    colours.has(next.lower) &&
    (next.tag === "adjective" || after === undefined)
  )
    return from + 2;
  if (word.tag !== "adjective") return from;
  if (colours.has(word.lower) && next && /^colou?r$/.test(next.lower) && after?.tag !== "preposition") return from + 2;
  if (next?.tag === "adjective" && degreeWords.has(word.lower) && (colours.has(next.lower) || word.features.adverb))
    return from + 2;
  if (next && after && measureNouns.has(next.lower) && after.tag === "noun" && !colours.has(word.lower))
    return from + 2;
  if (next && describingParticiples.has(next.lower) && (next.tag === "adjective" || after === undefined))
    return from + 2;
  return from + 1;
}

/** "four legged": a number that counts what the thing has, not the things. */
export const isMeasure = (words: readonly TaggedWord[], from: number): boolean =>
  words[from]!.tag === "number" && words[from + 1]?.before === "" && countedParts.has(words[from + 1]!.lower);
