import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A random number in [0, 1) a call. */
export type Rng = () => number;

/**
 * An independent stream for every list of keys, such as (seed, "shuffle", epoch): a batch depends on its own keys
 * alone, so a resumed run draws what an uninterrupted one draws.
 */
export function createRng(...keys: readonly (number | string)[]): Rng {
  const generator = xoroshiro128plus(hash(keys.join("\u0000")));
  return () => uniformFloat64(generator);
}

/** A permutation of 0 … count-1 (Fisher-Yates). */
export function permutation(count: number, rng: Rng): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(rng() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value | 0;
}
