import type { AddedTokenJson } from "./tokenizer.js";

/** A piece of a text: words to tokenise, or the id of an added token. */
export type TextPiece = string | number;

const wordCharacter = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;
const endsInWord = new RegExp(`${wordCharacter.source}$`, "u");
const startsWithWord = new RegExp(`^${wordCharacter.source}`, "u");

/**
 * Cuts added tokens out of a text as Hugging Face's tokenizers do (`AddedVocabulary::extract_and_normalize`): first those that are
 * looked for in the text as it is, then, in what is left and cleaned, the others.
 *
 * @param clean how text is cleaned before it is cut into words.
 * @returns ids of added tokens, and cleaned texts between them.
 */
export function createTokenSplitter(
  tokens: readonly AddedTokenJson[],
  clean: (text: string) => string,
): (text: string) => TextPiece[] {
  const inText = createFinder(tokens.filter(({ normalized }) => !normalized));
  const cleaned = tokens.flatMap((token) => (token.normalized ? [{ ...token, content: clean(token.content) }] : []));
  const inCleaned = createFinder(cleaned);
  return (text) => inText(text).flatMap((piece) => (typeof piece === "string" ? inCleaned(clean(piece)) : [piece]));
}

/** Finds the leftmost and longest of some tokens, again and again. */
function createFinder(tokens: readonly AddedTokenJson[]): (text: string) => TextPiece[] {
  if (tokens.length === 0) return (text) => [text];
  const byContent = new Map(tokens.map((token) => [token.content, token]));
  const longestFirst = [...byContent.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    longestFirst.map((content) => content.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"),
    "gu",
  );
  return (text) => {
    const pieces: TextPiece[] = [];
    let done = 0;
    for (const match of text.matchAll(pattern)) {
      const token = byContent.get(match[0])!;
      const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
      if (token.single_word && (endsInWord.test(before) || startsWithWord.test(after))) continue;
      const start = token.lstrip ? Math.max(done, before.trimEnd().length) : match.index;
      const stripped = token.rstrip ? after.length - after.trimStart().length : 0;
      if (start > done) pieces.push(text.slice(done, start));
      pieces.push(token.id);
      done = match.index + match[0].length + stripped;
    }
    if (done < text.length) pieces.push(text.slice(done));
    return pieces;
  };
}
