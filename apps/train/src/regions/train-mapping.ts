import * as tf from "@tensorflow/tfjs-core";
import { villaMappingLoss } from "@tesserae/losses";
import { createMappingModel, type MappingModel } from "@tesserae/region-mapper";
import type { RegionData } from "./region-sample.js";
import { type TrainStepsOptions, trainSteps } from "./train-steps.js";

/** Options of {@link trainMapping}. */
export interface TrainMappingOptions extends TrainStepsOptions {
  readonly heads?: "per-attribute" | "shared";
  /** The paper's formula or the released code's sum, which adds 1 for every positive image. Default "formula". */
  readonly variant?: "formula" | "code";
}

/** What the mapping model reads: frozen embeddings. */
export interface MappingInput {
  /** Of each region of each image. */
  readonly regions: readonly (readonly Float32Array[])[];
  /** [attributes, d]; the caller keeps it. */
  readonly attributes: tf.Tensor2D;
}

/** ViLLA's stage 1 (Varma et al., ICCV 2023): which region shows which attribute of the text, learnt from the texts alone. */
export async function trainMapping(
  data: RegionData,
  { regions, attributes }: MappingInput,
  { heads = "per-attribute", variant = "formula", ...options }: TrainMappingOptions,
): Promise<MappingModel> {
  const [count, dimension] = attributes.shape;
  const model = createMappingModel({ dimension, attributes: count, heads }, { rng: options.rng });
  const loss = villaMappingLoss({ variant });
  const has = data.samples.map((sample) => new Set(sample.attributes));
  await trainSteps(
    Object.fromEntries(model.variables),
    data.samples.length,
    (places) =>
      tf.tidy(() => {
        const most = Math.max(...places.map((place) => regions[place]!.length));
        const values = new Float32Array(places.length * most * dimension);
        const mask = new Float32Array(places.length * most);
        places.forEach((place, image) => {
          regions[place]!.forEach((vector, region) => {
            values.set(vector, (image * most + region) * dimension);
            mask[image * most + region] = 1;
          });
        });
        const labels = places.map((place) => data.attributes.map((name) => (has[place]!.has(name) ? 1 : 0)));
        const scores = model.scores(tf.tensor3d(values, [places.length, most, dimension]), attributes);
        const regionMask = tf.tensor2d(mask, [places.length, most]);
        return loss.compute({ scores, labels: tf.tensor2d(labels), regionMask }).objective;
      }),
    options,
  );
  return model;
}

/** Cosines of every image's regions with all attributes. */
export function mappingScoresOf(model: MappingModel, { regions, attributes }: MappingInput): number[][][] {
  return regions.map((own) =>
    tf.tidy(() => {
      const [, dimension] = attributes.shape;
      const values = new Float32Array(own.length * dimension);
      own.forEach((vector, region) => void values.set(vector, region * dimension));
      return model.scores(tf.tensor2d(values, [own.length, dimension]), attributes).arraySync();
    }),
  );
}
