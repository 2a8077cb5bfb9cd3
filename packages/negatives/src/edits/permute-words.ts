import { parse, type SceneGraph, type Span } from "@tesserae/scene-graph";
import { createNegative } from "../contract/create-negative.js";
import type { Negative } from "../contract/negative.js";
import type { MineContext } from "../contract/negative-miner.js";
import { movedText } from "./moved-text.js";

/** A word or punctuation mark and where it stands. */
export interface PlacedWord {
  readonly text: string;
  readonly span: Span;
}

/** The words and punctuation marks of a caption. */
export function placedWords(caption: string): PlacedWord[] {
  return [...caption.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu)].map((match) => ({
    text: match[0],
    span: { start: match.index, end: match.index + match[0].length },
  }));
}

/** Whether a placed word is no punctuation mark. */
export function isWord({ text }: PlacedWord): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** The negative in which each of `words` has given its place to the word at its index in `permuted`; articles stay as they are. */
export function permuteWords(
  graph: SceneGraph,
  kind: string,
  words: readonly PlacedWord[],
  permuted: readonly PlacedWord[],
  context: MineContext,
): Negative | undefined {
  const edits = words.flatMap(({ text, span }, i) =>
    permuted[i]!.text === text ? [] : [{ span, text: movedText(graph.caption, permuted[i]!.span) }],
  );
  return createNegative(graph, kind, edits, { ...context, articles: false, readGraph: (caption) => parse(caption) });
}
