import type { Detection } from "./annotations.js";
import { DetectionError } from "./detection-error.js";
import { dot, normalise } from "./region-retrieval.js";

/** The proposals of one image. */
export interface ProposedRegions {
  readonly image_id: number | string;
  /** x and y of the upper left corner, width and height, in pixels. */
  readonly boxes: readonly (readonly [number, number, number, number])[];
  /** One for each box; not necessarily of length one. */
  readonly embeddings: readonly Float32Array[];
  /** How sure the proposer is that each box holds an object, in [0, 1]. Leave it out for true boxes. */
  readonly objectness?: readonly number[];
}

/** A class to look for. */
export interface ZeroShotClass {
  readonly id: number;
  /** One embedding a prompt ("a photo of a dog", …); their normalised mean stands for the class. */
  readonly prompts: readonly Float32Array[];
}

/** Options of `zeroShotDetections`. */
export interface ZeroShotOptions {
  /**
   * Takes away boxes that hide behind surer ones of the same class and returns the places of the others; give `nonMaximumSuppression`
   * of `@tesserae/region-mapper`.
   */
  readonly suppress: (
    boxes: readonly (readonly [number, number, number, number])[],
    scores: readonly number[],
  ) => readonly number[];
  /** Divides the cosines before the softmax. Default 0.01. */
  readonly temperature?: number;
  /** Detections below this probability go before suppression. Default 0.001. */
  readonly least?: number;
  /** Surest detections kept of an image. Default 100. */
  readonly most?: number;
}

/**
 * Classifies proposals by the nearest class text, as RegionCLIP does without training on boxes: softmax over the cosines divided by the
 * temperature, with one more logit of 0 for the background; boxes stay as proposed; suppression by class. With `objectness`, a score is
 * the geometric mean of the two.
 *
 * @returns Detections for `evaluateDetections`.
 * @throws DetectionError `bad-input` for lists that do not fit and a class without prompts.
 */
export function zeroShotDetections(
  images: readonly ProposedRegions[],
  classes: readonly ZeroShotClass[],
  { suppress, temperature = 0.01, least = 0.001, most = 100 }: ZeroShotOptions,
): Detection[] {
  const texts = classes.map(({ id, prompts }) => meanPrompt(id, prompts));
  return images.flatMap((image) => {
    expectFit(image);
    const probabilities = image.embeddings.map((embedding) =>
      classProbabilities(normalise(embedding), texts, temperature),
    );
    const found = classes.flatMap(({ id }, index) => {
      const scores = probabilities.map((row, box) => {
        const objectness = image.objectness?.[box];
        return objectness === undefined ? row[index]! : Math.sqrt(row[index]! * objectness);
      });
      const places = scores.flatMap((score, box) => (score >= least ? [box] : []));
      const kept = suppress(
        places.map((box) => image.boxes[box]!),
        places.map((box) => scores[box]!),
      );
      return kept.map((at) => {
        const box = places[at]!;
        return { image_id: image.image_id, category_id: id, bbox: image.boxes[box]!, score: scores[box]! };
      });
    });
    return found.sort((a, b) => b.score - a.score).slice(0, most);
  });
}

/** Softmax over the classes and the background, whose logit is 0; the background's share is left out. */
function classProbabilities(embedding: Float32Array, texts: readonly Float32Array[], temperature: number): number[] {
  const logits = texts.map((text) => dot(embedding, text) / temperature);
  const highest = Math.max(0, ...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, Math.exp(-highest));
  return powers.map((power) => power / sum);
}

function meanPrompt(id: number, prompts: readonly Float32Array[]): Float32Array {
  const [first] = prompts;
  if (first === undefined) throw new DetectionError("bad-input", `class ${id} has no prompts; expected at least one`);
  const sum = new Float32Array(first.length);
  for (const prompt of prompts.map(normalise)) {
    prompt.forEach((value, at) => {
      sum[at]! += value;
    });
  }
  return normalise(sum);
}

function expectFit({ image_id, boxes, embeddings, objectness }: ProposedRegions): void {
  for (const [name, list] of [["embeddings", embeddings] as const, ["objectness", objectness ?? boxes] as const]) {
    if (list.length === boxes.length) continue;
    throw new DetectionError(
      "bad-input",
      `image ${image_id}: ${boxes.length} boxes and ${list.length} ${name}; expected as many`,
    );
  }
}
