import type { Scorer } from "./benchmark.js";
import { embedAll } from "./embed-all.js";

/**
 * Remembers every vector, so that images and captions shared between benchmarks are embedded once per model.
 *
 * @throws Error, when embedding, when the scorer does not return one vector for each string.
 */
export function cacheScorer(scorer: Scorer): Scorer {
  return {
    name: scorer.name,
    revision: scorer.revision,
    embedImages: remember((strings) => embedAll(scorer, "embedImages", strings)),
    embedTexts: remember((strings) => embedAll(scorer, "embedTexts", strings)),
  };
}

type Embed = (strings: readonly string[]) => Promise<readonly Float32Array[]>;

function remember(embed: Embed): Embed {
  const known = new Map<string, Float32Array>();
  return async (strings) => {
    const missing = [...new Set(strings)].filter((string) => !known.has(string));
    const vectors = missing.length > 0 ? await embed(missing) : [];
    missing.forEach((string, index) => {
      known.set(string, vectors[index]!);
    });
    return strings.map((string) => known.get(string)!);
  };
}
