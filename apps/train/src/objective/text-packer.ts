import { type PackOptions, packTokens, type TokenBatch, type Tokenizer } from "@tesserae/models";

/** Chunks of different length: each costs a pass through the tower, and saves padding. */
const options = { chunks: 6, countMultiple: 32, lengthMultiple: 2 } satisfies PackOptions;

/** Lengths of the chunks that have been used, the longest first; it only grows, so that few shapes occur in a run. */
export type ChunkLengths = number[];

/** What packing needs. */
export interface PackContext {
  readonly tokenizer: Tokenizer;
  readonly lengths?: readonly number[];
}

/**
 * Packs texts so that few different shapes occur in a run: the number of texts is filled up to a multiple of 32, and a
 * chunk is at least as long as the longest of that rank in some first steps. A backend that compiles a graph for each new
 * shape then soon stops compiling. What is packed depends on those lengths and the texts alone, so a resumed run packs alike.
 */
export function packTexts(texts: readonly string[], { tokenizer, lengths = [] }: PackContext): TokenBatch {
  const sequences = texts.map((text) => tokenizer.encode(text));
  const packed = packTokens(sequences, { ...options, minimumLengths: lengths });
  return { ...packed, count: packed.rows }; // a number that changed from step to step would make another graph of each
}

/** The longest chunk of each rank over some batches of texts. */
export function chunkLengths(batches: readonly (readonly string[])[], tokenizer: Tokenizer): ChunkLengths {
  const lengths: number[] = [];
  for (const texts of batches) {
    for (const [rank, { length }] of packTexts(texts, { tokenizer }).chunks.entries()) {
      lengths[rank] = Math.max(lengths[rank] ?? 0, length);
    }
  }
  return lengths;
}
