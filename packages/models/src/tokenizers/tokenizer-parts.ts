import type { AddedTokenJson } from "./tokenizer.js";

/** What a CLIP tokenizer is made of. */
export interface TokenizerParts {
  /** In the order of their ids. */
  readonly tokens: readonly string[];
  /** In the order of their rank. */
  readonly merges: readonly (readonly [string, string])[];
  /** Longest sequence, start and end included. */
  readonly contextLength: number;
  /** Tokens that stand in texts as a whole, start and end among them. Default: those two. */
  readonly added?: readonly AddedTokenJson[];
}

export const startToken = "<|startoftext|>";
export const endToken = "<|endoftext|>";
