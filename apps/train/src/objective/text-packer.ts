import { type PackOptions, packTokens, type TokenBatch } from "@tesserae/models";

/** Texts of one step, as token ids. */
export type Sequences = readonly ArrayLike<number>[];

/** Lays the texts of one step out for the text tower. */
export type TextPacker = (sequences: Sequences) => TokenBatch;

/** Chunks of different length: each costs a pass through the tower, and saves padding. */
const options = { chunks: 6, countMultiple: 32, lengthMultiple: 2 } satisfies PackOptions;

/**
 * Packs texts so that few different shapes occur in a run: the number of texts is filled up to a multiple of 32, and a
 * chunk is at least as long as the longest of that rank in the examples. A backend that compiles a graph for each new
 * shape then soon stops compiling. What is packed depends on the examples and the texts alone, so a resumed run packs alike.
 * @param examples the texts of some steps of the run
 */
export function createTextPacker(examples: readonly Sequences[]): TextPacker {
  const minimumLengths: number[] = [];
  for (const sequences of examples) {
    for (const [rank, { length }] of packTokens(sequences, options).chunks.entries()) {
      minimumLengths[rank] = Math.max(minimumLengths[rank] ?? 0, length);
    }
  }
  return (sequences) => packTokens(sequences, { ...options, minimumLengths });
}
