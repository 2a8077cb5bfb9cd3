import { type BenchmarkResult, type ImageRef, imageName, runBenchmark } from "@tesserae/benchmarks";
import type { Dataset } from "@tesserae/data";
import { createScorer, type LoadedClip } from "@tesserae/models";
import { parse, triples } from "@tesserae/scene-graph";
import type { ImageStore } from "../data/image-store.js";
import { validationRetrieval } from "../definitions/validation.js";
import { TrainError } from "../train-error.js";

/** Image-to-text and text-to-image R@1, R@5 and R@10 over the held-out images and all of their captions. */
export async function validateRetrieval(
  model: LoadedClip,
  dataset: Dataset,
  images: ImageStore,
): Promise<BenchmarkResult["metrics"]> {
  const items = dataset.samples.map(({ image, captions }) => ({ image: { path: image }, captions }));
  const scorer = heldOutScorer(model, images);
  return (await runBenchmark(validationRetrieval, { items }, scorer, { dataRevision: dataset.revision })).metrics;
}

/** Embeds images of a store and texts; with the facts of a text where the model has a knowledge encoder. */
export function heldOutScorer({ clip, tokenizer, phraseTokenizer }: LoadedClip, images: ImageStore) {
  return createScorer(clip, tokenizer, {
    loadImage: async (ref: ImageRef) => {
      const path = imageName(ref);
      const image = await images.read(path);
      if (image === undefined) throw new TrainError(images.unreadable.get(path) ?? `${path}: cannot be read`);
      return image;
    },
    triplesOf: (caption) => triples(parse(caption)),
    ...(phraseTokenizer ? { phraseTokenizer } : {}),
    name: "held-out",
    revision: "as trained",
  });
}
