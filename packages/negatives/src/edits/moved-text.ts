import type { Span } from "@tesserae/scene-graph";
import { determiners, numberOf, prepositions } from "@tesserae/scene-graph/lexicon";
import { isName } from "../grammar/conjugate.js";

/** The text of a span as it reads in the middle of a sentence: a capital that only marks a sentence's start is small there, that of a name stays. */
export function movedText(caption: string, span: Span): string {
  const text = caption.slice(span.start, span.end);
  if (!startsSentence(caption, span.start) || text.charAt(0) === text.charAt(0).toLowerCase()) return text;
  const [firstWord = "", second = ""] = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const isCapital = (word: string) => /^\p{Lu}/u.test(word);
  const beginsName =
    /^(?:['’]s)?\s+\p{Lu}\p{Ll}/u.test(text.slice(firstWord.length)) ||
    (second === "" && /^\s+\p{Lu}\p{Ll}/u.test(caption.slice(span.end)) && isCapital(firstWord));
  const keepsCapital =
    firstWord === "I" ||
    (firstWord.length > 1 && firstWord === firstWord.toUpperCase()) ||
    (beginsName && !isFunctionWord(firstWord.toLowerCase())) ||
    isName(firstWord);
  return keepsCapital ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/**
 * Whether a word stands in front of a name and is no part of it: "An Asian child", "Two Canadian geese", "In Paris".
 */
const isFunctionWord = (word: string): boolean =>
  determiners.has(word) || prepositions.has(word) || numberOf(word) !== undefined;

/** Whether a sentence starts at an offset. */
export function startsSentence(caption: string, offset: number): boolean {
  let before = offset - 1;
  while (before >= 0 && " \t\n\"'(".includes(caption[before]!)) before--;
  return before < 0 || ".!?".includes(caption[before]!);
}
