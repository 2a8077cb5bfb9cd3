import type { Scorer } from "./benchmark.js";

/**
 * One vector for each string.
 *
 * @throws Error when the scorer returns another number of vectors.
 */
export async function embedAll(
  scorer: Scorer,
  method: "embedImages" | "embedTexts",
  strings: readonly string[],
): Promise<readonly Float32Array[]> {
  const vectors = await scorer[method](strings);
  if (vectors.length === strings.length) return vectors;
  throw new Error(
    `scorer "${scorer.name}": ${method} returned ${vectors.length} vectors for ${strings.length} strings`,
  );
}
