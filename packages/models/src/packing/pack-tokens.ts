import { positiveInteger } from "../config/check-argument.js";
import { ModelError } from "../model-error.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";

/** Texts of similar length, padded to one length. */
export interface TokenChunk {
  /** Token ids [count, length], row-major. */
  readonly ids: Int32Array;
  /** Position of each row's end-of-text token: the last one that is not padding. */
  readonly ends: Int32Array;
  readonly count: number;
  readonly length: number;
}

/** Texts sorted into chunks by length, with the way back to the caller's order. Plain data: it can be made in a worker. */
export interface TokenBatch {
  readonly chunks: readonly TokenChunk[];
  /** Rows that `encodeTexts` returns: the texts given, then filler up to `countMultiple`. */
  readonly rows: number;
  /** Texts that were given; with `keepFiller`, `rows`. */
  readonly count: number;
  /** For every packed row, the row it has in the caller's order. */
  readonly order: Int32Array;
  /** The inverse of `order`: for every row in the caller's order, its packed row. */
  readonly restore: Int32Array;
}

/** How `packTokens` cuts texts into chunks. */
export interface PackOptions {
  /**
   * How many chunks the texts, sorted by length, are cut into. Each chunk has twice as many texts as the one before it,
   * which has longer ones: few captions are long. Default 3.
   */
  readonly chunks?: number;
  /** A chunk's length is rounded up to a multiple of this. Default 4. */
  readonly lengthMultiple?: number;
  /** The number of texts is filled up to a multiple of this with copies of the shortest text. Default 1: no filler. */
  readonly countMultiple?: number;
  /** Whether filler counts as texts, so that `count`, which a compiled graph holds, does not change with every batch. Default false. */
  readonly keepFiller?: boolean;
  /** A chunk, longest first, is padded at least to this length; hand in the lengths used so far to keep shapes stable. */
  readonly minimumLengths?: readonly number[];
  /** Id of padding. It changes no result, because the tower is causal and is read before the padding. Default 0. */
  readonly padId?: number;
}

/** Texts as a tokenizer reads them, packed; see {@link packTokens}. */
export function packTexts(
  tokenizer: Pick<Tokenizer, "encode">,
  texts: readonly string[],
  options: PackOptions = {},
): TokenBatch {
  return packTokens(
    texts.map((text) => tokenizer.encode(text)),
    options,
  );
}

/**
 * Cuts tokenised texts into chunks of similar length, so that a batch is not padded to its longest text.
 *
 * Shapes are kept few, because a backend that compiles graphs pays for each new one: the counts depend only on the number of
 * texts, and lengths are rounded up. With 3 chunks and captions of 8 to 20 tokens some ten shapes occur in all; passing
 * `minimumLengths` makes them settle on one.
 *
 * @param sequences token ids of each text, start and end included, without padding.
 * @throws ModelError when there is no text, or one without tokens, and when a count is no positive whole number.
 */
export function packTokens(sequences: readonly ArrayLike<number>[], options: PackOptions = {}): TokenBatch {
  const {
    chunks = 3,
    lengthMultiple = 4,
    countMultiple = 1,
    keepFiller = false,
    minimumLengths = [],
    padId = 0,
  } = options;
  for (const [name, value] of Object.entries({ chunks, lengthMultiple, countMultiple })) {
    positiveInteger(`packTokens: ${name}`, value);
  }
  if (sequences.length === 0) throw new ModelError("packTokens: no texts were given.");
  const empty = sequences.findIndex((sequence) => sequence.length === 0);
  if (empty >= 0)
    throw new ModelError(`packTokens: text ${empty} has no tokens; a tokenizer gives at least start and end.`);

  const count = sequences.length;
  const rows = Math.ceil(count / countMultiple) * countMultiple;
  const shortest = sequences.reduce((best, sequence) => (sequence.length < best.length ? sequence : best));
  const sequenceAt = (row: number) => sequences[row] ?? shortest;
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  order.sort((a, b) => sequenceAt(b).length - sequenceAt(a).length || a - b);
  const restore = new Int32Array(rows);
  order.forEach((row, packed) => {
    restore[row] = packed;
  });

  const cut: TokenChunk[] = [];
  const bounds = chunkBounds(rows, chunks);
  for (const [index, first] of bounds.entries()) {
    const members = Array.from(order.subarray(first, bounds[index + 1] ?? rows), sequenceAt);
    const longest = Math.max(members[0]!.length, minimumLengths[cut.length] ?? 0);
    cut.push(pad(members, Math.ceil(longest / lengthMultiple) * lengthMultiple, padId));
  }
  return { chunks: cut, rows, count: keepFiller ? rows : count, order, restore };
}

/** First row of every chunk; no chunk is empty. */
function chunkBounds(rows: number, chunks: number): number[] {
  const shares = 2 ** chunks - 1;
  const bounds = Array.from({ length: chunks }, (_, index) => Math.round((rows * (2 ** index - 1)) / shares));
  return [...new Set(bounds)].filter((first) => first < rows);
}

function pad(sequences: readonly ArrayLike<number>[], length: number, padId: number): TokenChunk {
  const ids = new Int32Array(sequences.length * length).fill(padId);
  sequences.forEach((sequence, row) => {
    ids.set(sequence, row * length);
  });
  const ends = Int32Array.from(sequences, (sequence) => sequence.length - 1);
  return { ids, ends, count: sequences.length, length };
}
