import { cleanText } from "./clean-text.js";

/** Marks the end of a word in the vocabulary, as in CLIP. */
export const wordEnd = "</w>";

/** How CLIP cuts text into words before byte pairs are merged. */
export const wordPattern = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\p{White_Space}\p{L}\p{N}]+/giu;

/** One printable character for each of the 256 bytes, in the order of OpenAI's vocabulary. */
export const byteCharacters: readonly string[] = orderedBytes().map(({ character }) => character);

const characterOfByte = new Map(orderedBytes().map(({ byte, character }) => [byte, character]));
const byteOfCharacter = new Map(orderedBytes().map(({ byte, character }) => [character, byte]));
const utf8 = new TextEncoder();

/** A word as one printable character a byte of its UTF-8 form. */
export function toByteCharacters(word: string): string {
  return Array.from(utf8.encode(word), (byte) => characterOfByte.get(byte)!).join("");
}

/** The text behind byte characters; bytes that are no UTF-8 become the replacement character. */
export function fromByteCharacters(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (character) => byteOfCharacter.get(character) ?? 32));
}

/** Printable bytes stand for themselves and come first; the others are moved behind code point 255. */
function orderedBytes(): { byte: number; character: string }[] {
  const isPrintable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const printable = bytes.filter(isPrintable).map((byte) => ({ byte, character: String.fromCodePoint(byte) }));
  const moved = bytes
    .filter((byte) => !isPrintable(byte))
    .map((byte, index) => ({ byte, character: String.fromCodePoint(256 + index) }));
  return [...printable, ...moved];
}

/** The words of a cleaned text, as they are written in it. */
export function splitWords(cleaned: string): string[] {
  return cleaned.match(wordPattern) ?? [];
}

/** A word's first symbols, one a byte. */
export function firstSymbols(word: string): string[] {
  const symbols = Array.from(word);
  symbols[symbols.length - 1] += wordEnd;
  return symbols;
}

/**
 * Byte-pair merges learnt from a corpus, most frequent pair first; of equally frequent pairs the alphabetically first one,
 * so the result depends on nothing but the multiset of words. Stops early when no pair occurs twice.
 */
export function trainMerges(corpus: Iterable<string>, count: number): [string, string][] {
  const words = countWords(corpus);
  const pairs = new Map<string, { count: number; words: Set<number> }>();
  const change = (symbols: readonly string[], word: number, by: number) => {
    for (let i = 0; i + 1 < symbols.length; i++) {
      const key = `${symbols[i]} ${symbols[i + 1]}`;
      const pair = pairs.get(key) ?? { count: 0, words: new Set() };
      pair.count += by;
      pair.words.add(word);
      if (pair.count > 0) pairs.set(key, pair);
      else pairs.delete(key);
    }
  };
  words.forEach((word, index) => {
    change(word.symbols, index, word.count);
  });

  const merges: [string, string][] = [];
  while (merges.length < count) {
    let best: string | undefined;
    let bestCount = 1;
    for (const [key, pair] of pairs) {
      if (pair.count > bestCount || (pair.count === bestCount && best !== undefined && key < best)) {
        best = key;
        bestCount = pair.count;
      }
    }
    if (best === undefined) break;
    const [left, right] = best.split(" ") as [string, string];
    for (const index of pairs.get(best)!.words) {
      const word = words[index]!;
      change(word.symbols, index, -word.count);
      word.symbols = mergePair(word.symbols, left, right);
      change(word.symbols, index, word.count);
    }
    merges.push([left, right]);
  }
  return merges;
}

function countWords(corpus: Iterable<string>): { symbols: string[]; count: number }[] {
  const counts = new Map<string, number>();
  for (const text of corpus) {
    for (const word of splitWords(cleanText(text, "hugging-face"))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return Array.from(counts, ([word, count]) => ({ symbols: firstSymbols(toByteCharacters(word)), count }));
}

/** Every neighbouring `left`, `right` joined, from the left. */
export function mergePair(symbols: readonly string[], left: string, right: string): string[] {
  const merged: string[] = [];
  for (let i = 0; i < symbols.length; i++) {
    if (symbols[i] === left && symbols[i + 1] === right) {
      merged.push(left + right);
      i++;
    } else merged.push(symbols[i]!);
  }
  return merged;
}
