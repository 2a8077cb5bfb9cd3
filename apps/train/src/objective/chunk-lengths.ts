import { type PackOptions, packTexts, type Tokenizer } from "@tesserae/models";
import { dealtOut } from "./text-parts.js";

/** Lengths of the chunks that have been used, the longest first; it only grows, so that few shapes occur in a run. */
export type ChunkLengths = number[];

/**
 * How a training packs its texts so that few different shapes occur: the number of texts is filled up to a multiple of 32, and a chunk
 * is at least as long as the longest of that rank in some first steps. A backend that compiles a graph for each new shape then soon stops
 * compiling. What is packed depends on those lengths and the texts alone, so a resumed run packs alike.
 */
export const packOptions = (lengths: readonly number[] = []): PackOptions => ({
  chunks: 6, // each costs a pass through the tower, and saves padding
  countMultiple: 32,
  lengthMultiple: 2,
  keepFiller: true,
  minimumLengths: lengths,
});

/**
 * The longest chunk of each rank over some batches of texts.
 *
 * @param parts that each batch is embedded in, of which each is packed by itself. Default 1
 */
export function chunkLengths(batches: readonly (readonly string[])[], tokenizer: Tokenizer, parts = 1): ChunkLengths {
  const lengths: number[] = [];
  for (const texts of batches.flatMap((batch) => dealtOut(batch, parts))) {
    for (const [rank, { length }] of packTexts(tokenizer, texts, packOptions()).chunks.entries()) {
      lengths[rank] = Math.max(lengths[rank] ?? 0, length);
    }
  }
  return lengths;
}
