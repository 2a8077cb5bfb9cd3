/**
 * Sorts rows by a small whole number, keeping the order of equal ones; rows with a negative number are left out.
 *
 * @param rows Rows to sort, by which `key` is read.
 * @param key A number below `keys` for every row.
 * @returns `rows` sorted, and where each number's rows begin (`keys + 1` places).
 */
export function groupRows(
  rows: Int32Array,
  key: Int32Array,
  keys: number,
): { readonly rows: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(keys + 1);
  for (let at = 0; at < rows.length; at++) {
    const value = key[rows[at]!]!;
    if (value >= 0) starts[value + 1]!++;
  }
  for (let value = 0; value < keys; value++) starts[value + 1]! += starts[value]!;
  const next = starts.slice();
  const grouped = new Int32Array(starts[keys]!);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const value = key[row]!;
    if (value >= 0) grouped[next[value]!++] = row;
  }
  return { rows: grouped, starts };
}

/** The rows 0 … count - 1. */
export function allRows(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row);
}

/**
 * Sorts rows by score, highest first, keeping the order of equal scores: a radix sort over the bits of the numbers,
 * sixteen at a time.
 *
 * @param rows Rows to sort, by which `score` is read; unchanged.
 * @param score Finite numbers.
 */
export function sortByScore(rows: Int32Array, score: Float64Array): Int32Array {
  const count = rows.length;
  const keys = descendingBits(score);
  let from = rows.slice();
  let to = new Int32Array(count);
  const starts = new Int32Array(65536);
  for (let digit = 0; digit < 4; digit++) {
    starts.fill(0);
    for (let at = 0; at < count; at++) starts[keys[4 * from[at]! + digit]!]!++;
    if (count > 0 && starts[keys[4 * from[0]! + digit]!] === count) continue;
    let sum = 0;
    for (let value = 0; value < 65536; value++) {
      const size = starts[value]!;
      starts[value] = sum;
      sum += size;
    }
    for (let at = 0; at < count; at++) {
      const row = from[at]!;
      to[starts[keys[4 * row + digit]!]!++] = row;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Four 16-bit digits for each score, lowest first, whose order as whole numbers is that of the scores from high to low. */
function descendingBits(score: Float64Array): Uint16Array {
  const values = score.map((value) => value + 0); // -0 becomes 0
  const words = new Uint32Array(values.buffer);
  const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  const digits = new Uint16Array(4 * score.length);
  for (let row = 0; row < score.length; row++) {
    let low = words[2 * row + (littleEndian ? 0 : 1)]!;
    let high = words[2 * row + (littleEndian ? 1 : 0)]!;
    // Bits of positive numbers grow with them and are turned round; those of negative ones lie above them already.
    if (high < 0x80000000) {
      low = ~low >>> 0;
      high = ~high & 0x7fffffff;
    }
    digits[4 * row] = low & 0xffff;
    digits[4 * row + 1] = low >>> 16;
    digits[4 * row + 2] = high & 0xffff;
    digits[4 * row + 3] = high >>> 16;
  }
  return digits;
}
