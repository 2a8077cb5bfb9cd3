import type { PosTag } from "../lexicon/lexical-features.js";
import { headLemma } from "../lexicon/noun-forms.js";
import { pictureNouns } from "../lexicon/nouns.js";
import { depictionVerbs } from "../lexicon/verbs.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import { readNounPhrase } from "./noun-phrase.js";

/** "a photo of", "an image showing": words about the picture itself are not in it. */
export function stripImagePreamble(words: readonly TaggedWord[], from: number): number {
  const closeUp = closeUpEnd(words, from);
  if (closeUp > from) return closeUp;
  if (!namesPicture(words, from)) return from;
  const phrase = readNounPhrase(words, from);
  if (!phrase || phrase.determiner === "no" || !pictureNouns.has(phrase.head) || phrase.next >= words.length)
    return from;
  const next = words[phrase.next]!;
  if (next.before === "sentence") return from;
  if (next.lower === "of") return phrase.next + 1;
  if (depictionVerbs.has(next.lower)) return phrase.next + 1;
  return from;
}

/** Whether a noun for a picture stands before the first verb or place: seldom, and reading the first noun phrase takes longer. */
function namesPicture(words: readonly TaggedWord[], from: number): boolean {
  for (let i = from; i < words.length && (i === from || words[i]!.before !== "sentence"); i++) {
    const { tag, lower } = words[i]!;
    if (tag === "noun" && pictureNouns.has(headLemma(lower))) return true;
    if (outsidePhrase.has(tag) && lower !== "of") return false;
  }
  return false;
}

/** Kinds that no noun phrase holds. */
const outsidePhrase: ReadonlySet<PosTag> = new Set([
  "be",
  "verb",
  "ing",
  "past",
  "auxiliary",
  "preposition",
  "relative",
]);

/** The index after "a close up of", "close up view of"; the same index where none stands. */
export function closeUpEnd(words: readonly TaggedWord[], from: number): number {
  let i = from;
  while (words[i]?.tag === "determiner" || words[i]?.tag === "adverb") i++;
  if (words[i]?.lower !== "close" || words[i + 1]?.lower !== "up") return from;
  i += pictureNouns.has(words[i + 2]?.lower ?? "") ? 3 : 2;
  return words[i]?.lower === "of" ? i + 1 : from;
}

/** Most words of a title. */
const maxTitle = 8;

/** The index after a title with a colon, "Untitled: a dog on a box"; 0 where there is none. */
export function titleEnd(caption: string, words: readonly TaggedWord[]): number {
  for (let i = 1; i <= maxTitle && i < words.length; i++) {
    if (/:/.test(caption.slice(words[i - 1]!.end, words[i]!.start)))
      return words.slice(i, i + maxTitle).some(({ tag }) => tag === "noun") ? i : 0;
    if (/^(be|verb|ing|past|auxiliary|there|preposition)$/.test(words[i - 1]!.tag)) return 0;
  }
  return 0;
}
