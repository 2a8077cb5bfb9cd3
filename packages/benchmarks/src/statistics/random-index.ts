import { mersenne } from "pure-rand/generator/mersenne";

/**
 * A seeded source of whole numbers in [0, size). Same seed, same numbers, on every platform.
 * The Mersenne twister, because it mixes its seed: the first numbers of neighbouring seeds are unrelated
 * (those of xoroshiro128+ seeded with 1 and 2 are nearly equal).
 */
export function createRandomIndex(seed: number): (size: number) => number {
  const generator = mersenne(seed);
  return (size) => Math.floor(((generator.next() >>> 0) / 2 ** 32) * size);
}
