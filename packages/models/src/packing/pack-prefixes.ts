import { positiveInteger } from "../config/check-argument.js";
import { ModelError } from "../model-error.js";

/**
 * Texts laid out in rows of one length so that a beginning shared by several of them stands once: a row is a tree of tokens, and
 * a text is the path from the start token to its end. Plain data: it can be made in a worker. All places are
 * row · length + column.
 */
export interface PrefixBatch {
  readonly rows: number;
  readonly length: number;
  /** Token ids [rows · length]. */
  readonly ids: Int32Array;
  /** Position of each token in its texts [rows · length]. */
  readonly positions: Int32Array;
  /** Column of the token before each [rows · length]; -1 for a start token and for padding. */
  readonly parents: Int32Array;
  /** Column of the last token that comes after each in some text, itself where none does [rows · length]: those between are all such. */
  readonly lasts: Int32Array;
  /** Place of each text's last token [count], in the order given. */
  readonly ends: Int32Array;
  /** Most texts that end in one row. */
  readonly endsPerRow: number;
  /** Columns that texts end in, row by row [rows · endsPerRow]; 0 where a row has fewer. */
  readonly endColumns: Int32Array;
  /** Of each text, its place in `endColumns` [count]. */
  readonly slots: Int32Array;
  /** Texts that were given. */
  readonly count: number;
}

/** How `packPrefixes` fills its rows. */
export interface PackPrefixesOptions {
  /**
   * Tokens of a row. Longer rows leave fewer places empty, and cost more in attention, where each token is compared with its
   * whole row. A longer text makes the rows as long as itself. Default 48.
   */
  readonly length?: number;
  /** The number of rows is rounded up to a multiple of this, so that few shapes occur. Default 1. */
  readonly rowMultiple?: number;
  /** `endsPerRow` is rounded up to a multiple of this, likewise. Default 1. */
  readonly endMultiple?: number;
  /** At least so many rows and ends in a row; hand in those of earlier batches to keep shapes stable. Default: none. */
  readonly minimum?: { readonly rows: number; readonly length: number; readonly endsPerRow: number };
}

/**
 * Lays texts out for a causal text tower, where what a token becomes depends on the tokens before it alone: tokens that follow
 * the same beginning are computed once. A caption and its negatives, or the sub-graph texts of a batch, share much.
 *
 * Texts are sorted by their tokens, so that those with a common beginning are neighbours, and rows are filled in that order.
 *
 * @param sequences token ids of each text, start and end included, without padding; equal texts share all their places.
 * @throws ModelError when there is no text, or one without tokens, and when a count is no positive whole number.
 */
export function packPrefixes(
  sequences: readonly ArrayLike<number>[],
  {
    length = 48,
    rowMultiple = 1,
    endMultiple = 1,
    minimum = { rows: 1, length: 1, endsPerRow: 1 },
  }: PackPrefixesOptions = {},
): PrefixBatch {
  for (const [name, value] of Object.entries({ length, rowMultiple, endMultiple })) {
    positiveInteger(`packPrefixes: ${name}`, value);
  }
  if (sequences.length === 0) throw new ModelError("packPrefixes: no texts were given.");
  const empty = sequences.findIndex((sequence) => sequence.length === 0);
  if (empty >= 0)
    throw new ModelError(`packPrefixes: text ${empty} has no tokens; a tokenizer gives at least start and end.`);

  const longest = sequences.reduce((most, sequence) => Math.max(most, sequence.length), 0);
  const capacity = Math.max(length, longest, minimum.length);
  const { ids, positions, parents, ends, ...used } = fillRows(sequences, capacity);
  const rows = roundUp(Math.max(used.rows, minimum.rows), rowMultiple);
  const endsPerRow = roundUp(Math.max(1, used.endsPerRow, minimum.endsPerRow), endMultiple);
  const filled = (list: readonly number[], empty: number) =>
    Int32Array.from({ length: rows * capacity }, (_, place) => list[place] ?? empty);
  const shape = { rows, length: capacity, endsPerRow };
  const parentOf = filled(parents, -1);
  return {
    ...shape,
    ids: filled(ids, 0),
    positions: filled(positions, 0),
    parents: parentOf,
    lasts: lastsOf(parentOf, capacity),
    ends,
    ...endSlots(ends, shape),
    count: sequences.length,
  };
}

/**
 * Writes the texts into rows of `capacity` places, in the order of their tokens; places without a token are holes of
 * the lists.
 */
function fillRows(sequences: readonly ArrayLike<number>[], capacity: number) {
  const order = [...sequences.keys()].sort((a, b) => compare(sequences[a]!, sequences[b]!));
  const ids: number[] = [];
  const positions: number[] = [];
  const parents: number[] = [];
  const ends = new Int32Array(sequences.length);
  /** Columns of the text before, one for each of its tokens; none at the beginning of a row. */
  let path: number[] = [];
  let previous: ArrayLike<number> = [];
  let used = capacity;
  let row = -1;
  let endsInRow = 0;
  let endsPerRow = 0;

  for (const text of order) {
    const sequence = sequences[text]!;
    let shared = commonLength(previous, sequence);
    if (used + sequence.length - shared > capacity) {
      row++;
      used = 0;
      shared = 0;
      endsInRow = 0;
      path = [];
    }
    path = path.slice(0, shared);
    for (let at = shared; at < sequence.length; at++) {
      const place = row * capacity + used;
      ids[place] = sequence[at]!;
      positions[place] = at;
      parents[place] = path.at(-1) ?? -1;
      path.push(used++);
    }
    ends[text] = row * capacity + path.at(-1)!;
    if (shared < sequence.length) endsInRow++;
    endsPerRow = Math.max(endsPerRow, endsInRow);
    previous = sequence;
  }
  return { ids, positions, parents, ends, rows: row + 1, endsPerRow };
}

/** The last column below each token: a row lists a token's successors right after it, as they are sorted. */
function lastsOf(parents: Int32Array, length: number): Int32Array {
  const lasts = parents.map((_, place) => place % length);
  for (let place = parents.length - 1; place >= 0; place--) {
    const parent = parents[place]!;
    if (parent < 0) continue;
    const above = place - (place % length) + parent;
    lasts[above] = Math.max(lasts[above]!, lasts[place]!);
  }
  return lasts;
}

/** Where the texts end, row by row, each place once. */
function endSlots(
  ends: Int32Array,
  { rows, length, endsPerRow }: Pick<PrefixBatch, "rows" | "length" | "endsPerRow">,
): Pick<PrefixBatch, "endColumns" | "slots"> {
  const endColumns = new Int32Array(rows * endsPerRow);
  const used = new Int32Array(rows);
  const slotOf = new Map<number, number>();
  const slots = ends.map((end) => {
    const row = Math.floor(end / length);
    const slot = slotOf.get(end) ?? row * endsPerRow + used[row]!++;
    slotOf.set(end, slot);
    endColumns[slot] = end % length;
    return slot;
  });
  return { endColumns, slots };
}

/** By the first token that differs; a text comes after its own beginnings. */
function compare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const shared = commonLength(a, b);
  return (a[shared] ?? -1) - (b[shared] ?? -1);
}

function commonLength(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a[shared] === b[shared]) shared++;
  return shared;
}

function roundUp(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple;
}
