/** What a CLIP tokenizer is made of. */
export interface TokenizerParts {
  /** In the order of their ids. */
  readonly tokens: readonly string[];
  /** In the order of their rank. */
  readonly merges: readonly (readonly [string, string])[];
  /** Longest sequence, start and end included. */
  readonly contextLength: number;
}

export const startToken = "<|startoftext|>";
export const endToken = "<|endoftext|>";
