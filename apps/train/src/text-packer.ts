import { packTokens, type TokenBatch } from "@tesserae/models";

/** Lays the texts of one step out for the text tower. */
export type TextPacker = (sequences: readonly ArrayLike<number>[]) => TokenBatch;

/** Texts in one chunk, about; more chunks waste less padding, but cost a pass through the tower each. */
const textsPerChunk = 48;
const mostChunks = 8;

/**
 * Packs texts so that few different shapes occur in a run: the number of texts is filled up to a multiple of 32, and a
 * chunk never gets shorter than it has been. A backend that compiles a graph for each new shape then soon stops compiling.
 */
export function createTextPacker(): TextPacker {
  const longest = new Map<number, number[]>();
  return (sequences) => {
    const chunks = Math.min(mostChunks, Math.max(1, Math.round(sequences.length / textsPerChunk)));
    const minimumLengths = longest.get(chunks) ?? [];
    const packed = packTokens(sequences, { chunks, countMultiple: 32, lengthMultiple: 2, minimumLengths });
    longest.set(chunks, packed.chunks.map(({ length }) => length));
    return packed;
  };
}
