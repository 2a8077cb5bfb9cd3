/** A source of uniform random numbers in [0, 1), always handed in by the caller. */
export type Rng = () => number;

/** A source of standard normal numbers made from a uniform one (Box-Muller, both numbers of a pair are used). */
export function normalFrom(rng: Rng): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - rng())); // 1 - rng() is in (0, 1], so the logarithm is finite
    const angle = 2 * Math.PI * rng();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
