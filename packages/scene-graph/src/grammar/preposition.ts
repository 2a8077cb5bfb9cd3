import type { Span } from "../graph/scene-graph.js";
import { compoundPrepositions, placeNouns, sideNouns } from "../lexicon/prepositions.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import { boundsNumber } from "./amounts.js";

/** A preposition of one or more words: its name in predicates and where it ends. */
export interface Preposition {
  readonly name: string;
  readonly span: Span;
  readonly next: number;
}

const make = (words: readonly TaggedWord[], from: number, to: number, name: string): Preposition => ({
  name,
  span: { start: words[from]!.start, end: words[to - 1]!.end },
  next: to,
});

const inline = (words: readonly TaggedWord[], from: number, to: number): boolean => {
  if (to > words.length) return false;
  for (let i = from + 1; i < to; i++) if (words[i]!.before !== "") return false;
  return true;
};

/** "on top the car", "in front a house": a preposition with a place noun and without its "of". */
const lacksOf = (words: readonly TaggedWord[], i: number): boolean =>
  /^(front|top|side|back)$/.test(words[i - 1]!.lower) &&
  words[i] !== undefined &&
  (words[i]!.tag === "determiner" || words[i]!.tag === "possessive") &&
  inline(words, i - 2, i + 1);

/** "in front of", "to the left of", "on the other side of": preposition, place noun, "of". The article is not part of the name. */
function placePhrase(words: readonly TaggedWord[], from: number): Preposition | undefined {
  const first = words[from]!;
  if (first.tag !== "preposition" && first.tag !== "to") return undefined;
  let i = from + 1;
  if (words[i]?.tag === "determiner" && !/^(both|either)$/.test(words[i]!.lower)) i++;
  const start = i;
  while (
    i < words.length &&
    i - start < 3 &&
    (placeNouns.has(words[i]!.lower) || /^(very|far|other|opposite|either|both|hand)$/.test(words[i]!.lower))
  )
    i++;
  if (i === start || !placeNouns.has(words[i - 1]!.lower)) return undefined;
  if (words[i]?.lower !== "of")
    return i === from + 2 && lacksOf(words, i)
      ? make(words, from, i, `${first.lower} ${words[i - 1]!.lower}`)
      : undefined;
  if (!inline(words, from, i + 1)) return undefined;
  const place = words
    .slice(start, i)
    .map((word) => word.lower)
    .filter((word) => word !== "very")
    .join(" ");
  const side = first.tag === "to" && sideNouns.has(words[start]!.lower);
  return make(words, from, i + 1, side ? `${place} of` : `${first.lower} ${place} of`);
}

/** "taller than", "more colourful than", "as tall as": a comparison relates as a preposition does. */
function comparisonAt(words: readonly TaggedWord[], from: number): Preposition | undefined {
  const first = words[from]!;
  const second = words[from + 1];
  if (second?.before !== "" || boundsNumber(words, from)) return undefined;
  let to = 0;
  if (second.lower === "than" && (/[a-z]{2}er$/.test(first.lower) || /^(more|less|worse|fewer)$/.test(first.lower))) {
    if (first.tag !== "adjective" && first.tag !== "adverb" && first.tag !== "number" && first.tag !== "noun")
      return undefined;
    to = from + 2;
  } else if (/^(more|less)$/.test(first.lower) && second.features.adjective && words[from + 2]?.lower === "than")
    to = from + 3;
  else if (first.lower === "as" && second.features.adjective && words[from + 2]?.lower === "as") to = from + 3;
  if (to === 0 || !inline(words, from, to)) return undefined;
  return make(
    words,
    from,
    to,
    words
      .slice(from, to)
      .map(({ lower }) => lower)
      .join(" "),
  );
}

/** The words of prepositions of several words by their first, the longest first. */
const compoundsByFirst = new Map<string, string[][]>();
for (const name of [...compoundPrepositions].sort((a, b) => b.split(" ").length - a.split(" ").length)) {
  const parts = name.split(" ");
  compoundsByFirst.set(parts[0]!, [...(compoundsByFirst.get(parts[0]!) ?? []), parts]);
}

/** Reads the longest preposition at an index; undefined where none stands. */
export function readPreposition(words: readonly TaggedWord[], from: number): Preposition | undefined {
  const first = words[from];
  if (!first) return undefined;
  const place = placePhrase(words, from);
  if (place) return place;
  const comparison = comparisonAt(words, from);
  if (comparison) return comparison;
  for (const parts of compoundsByFirst.get(first.lower) ?? []) {
    const stands = parts.every((part, i) => words[from + i]?.lower === part);
    if (stands && inline(words, from, from + parts.length))
      return make(words, from, from + parts.length, parts.join(" "));
  }
  if (first.tag === "preposition" || first.tag === "to") return make(words, from, from + 1, first.lower);
  return undefined;
}
