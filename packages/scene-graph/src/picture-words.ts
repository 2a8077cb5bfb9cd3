import { readNounPhrase } from "./noun-phrase.js";
import type { TaggedWord } from "./tag.js";
import { pictureNouns } from "./word-lists.js";

/** "a photo of", "an image showing": words about the picture itself are not in it. */
export function skipPictureWords(words: readonly TaggedWord[], from: number): number {
  const phrase = readNounPhrase(words, from);
  if (!phrase || !pictureNouns.has(phrase.head) || phrase.next >= words.length) return from;
  const next = words[phrase.next]!;
  if (next.before === "sentence") return from;
  if (next.lower === "of") return phrase.next + 1;
  if (/^(shows|showing|depicts|depicting|contains|features|featuring)$/.test(next.lower)) return phrase.next + 1;
  return from;
}
