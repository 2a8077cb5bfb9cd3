/** Standard normal quantile at 0.975. */
const z = 1.959963984540054;

/**
 * Wilson score interval at 95 % for a share of independent items (Wilson, JASA 1927).
 * Unlike the normal approximation it stays inside [0, 1] and has width at 0 % and 100 %.
 *
 * @throws RangeError unless 0 <= successes <= count and count > 0.
 */
export function wilsonInterval(successes: number, count: number): readonly [number, number] {
  if (!(count > 0 && successes >= 0 && successes <= count)) {
    throw new RangeError(
      `wilsonInterval: expected 0 <= successes <= count and count > 0, got ${successes} of ${count}`,
    );
  }
  const share = successes / count;
  const denominator = 1 + z ** 2 / count;
  const centre = (share + z ** 2 / (2 * count)) / denominator;
  const half = (z / denominator) * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  return [successes === 0 ? 0 : centre - half, successes === count ? 1 : centre + half];
}
