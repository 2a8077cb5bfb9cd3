/** The mean cosine of all pairs of different vectors, in [-1, 1]: near 1 where an encoder gives everything one embedding. */
export function meanCosine(vectors: readonly ArrayLike<number>[]): number {
  const units = vectors.map((vector) => {
    const values = Array.from(vector);
    const norm = Math.hypot(...values) || 1;
    return values.map((value) => value / norm);
  });
  let [sum, pairs] = [0, 0];
  for (const [index, a] of units.entries()) {
    for (const b of units.slice(index + 1)) {
      sum += a.reduce((total, value, at) => total + value * b[at]!, 0);
      pairs++;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}
