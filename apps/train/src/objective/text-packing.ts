import { type PackOptions, type PrefixBatch, packPrefixes, packTokens, type Tokenizer } from "@tesserae/models";
import { dealtOut } from "./text-parts.js";

/**
 * How a training packs its texts so that few different shapes occur; a backend that compiles a graph for each new shape then soon stops
 * compiling. Found on some first steps; what is packed depends on it and the texts alone, so a resumed run packs alike.
 */
export interface TextPacking {
  /** Ragged: lengths that chunks are filled up to, the longest first. */
  readonly lengths: readonly number[];
  /** Shared beginnings stand once, in rows that are filled up to so many. Default: ragged. */
  readonly prefixes?: Pick<PrefixBatch, "rows" | "length" | "endsPerRow">;
}

/** Options of {@link findPacking}. */
export interface FindPackingOptions {
  /** Parts that each batch is embedded in, of which each is packed by itself. Default 1. */
  readonly parts?: number;
  /** Whether the text tower can take shared beginnings (`TextTower.encodePrefixes`). Default false. */
  readonly sharesPrefixes?: boolean;
}

/** Each different number of texts would be a shape of its own. */
const countMultiple = 32;

/** How texts are packed ragged; the number of them is filled up too. */
export const raggedOptions = (lengths: readonly number[] = []): PackOptions => ({
  chunks: 6, // each costs a pass through the tower, and saves padding
  countMultiple,
  lengthMultiple: 2,
  keepFiller: true,
  minimumLengths: lengths,
});

const rowLength = 24;

/**
 * Rows compare each token with their whole length, where a ragged chunk is as long as its texts: shared beginnings pay where they leave at
 * most this share of the places that ragged chunks have. On the world MosaiCLIP's batches have 0.6 of
 * the places, and 40 steps, start included, took 18.5 s of a processor in place of 21.4 (one pair of runs); captions alone stay near 0.9.
 */
const mostPlaces = 0.75;

/** Packs texts so that shared beginnings stand once, the number of texts filled up with copies, which come last. */
export function packShared(sequences: readonly ArrayLike<number>[], minimum?: TextPacking["prefixes"]): PrefixBatch {
  const count = Math.ceil(sequences.length / countMultiple) * countMultiple;
  const filled = Array.from({ length: count }, (_, index) => sequences[index] ?? sequences[0]!);
  const given = minimum ? { minimum } : {};
  return packPrefixes(filled, { length: rowLength, rowMultiple: 4, endMultiple: 4, ...given });
}

/** Finds how to pack texts on some batches of them. */
export function findPacking(
  batches: readonly (readonly string[])[],
  tokenizer: Pick<Tokenizer, "encode">,
  { parts = 1, sharesPrefixes = false }: FindPackingOptions = {},
): TextPacking {
  const lengths: number[] = [];
  const most = { rows: 0, length: 0, endsPerRow: 0 };
  const places = { ragged: 0, shared: 0 };
  for (const texts of batches.flatMap((batch) => dealtOut(batch, parts))) {
    const sequences = texts.map((text) => tokenizer.encode(text));
    for (const [rank, { length, count }] of packTokens(sequences, raggedOptions()).chunks.entries()) {
      lengths[rank] = Math.max(lengths[rank] ?? 0, length);
      places.ragged += length * count;
    }
    if (!sharesPrefixes) continue;
    const rows = packShared(sequences);
    for (const key of ["rows", "length", "endsPerRow"] as const) most[key] = Math.max(most[key], rows[key]);
    places.shared += rows.rows * rows.length;
  }
  const pays = sharesPrefixes && batches.length > 0 && places.shared <= mostPlaces * places.ragged;
  return pays ? { lengths, prefixes: most } : { lengths };
}
