import { BenchmarkError } from "./benchmark-error.js";
import { imageKey } from "./image-ref.js";
import type { Scorer } from "./scorer.js";

/**
 * Remembers every vector, so that images and captions shared between benchmarks are embedded once per model.
 *
 * @throws BenchmarkError, when embedding, when the scorer does not return one vector for each image or text.
 */
export function cacheScorer(scorer: Scorer): Scorer {
  return {
    ...scorer,
    embedImages: remember((images) => scorer.embedImages(images), imageKey, scorer.name),
    embedTexts: remember(
      (texts) => scorer.embedTexts(texts),
      (text) => text,
      scorer.name,
    ),
  };
}

type Embed<T> = (inputs: readonly T[]) => Promise<readonly Float32Array[]>;

function remember<T>(embed: Embed<T>, keyOf: (input: T) => string, name: string): Embed<T> {
  const known = new Map<string, Float32Array>();
  return async (inputs) => {
    const missing = new Map(inputs.map((input) => [keyOf(input), input]));
    for (const key of [...missing.keys()]) if (known.has(key)) missing.delete(key);
    const vectors = missing.size > 0 ? await embed([...missing.values()]) : [];
    if (vectors.length !== missing.size) {
      throw new BenchmarkError(`scorer "${name}": returned ${vectors.length} vectors for ${missing.size} strings`);
    }
    [...missing.keys()].forEach((key, index) => {
      known.set(key, vectors[index]!);
    });
    return inputs.map((input) => known.get(keyOf(input))!);
  };
}
