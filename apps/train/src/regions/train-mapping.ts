import * as tf from "@tensorflow/tfjs-core";
import { villaMappingLoss } from "@tesserae/losses";
import { createMappingModel, type MappingModel } from "@tesserae/region-mapper";
import type { Rng } from "@tesserae/scene-graph/random";
import type { RegionData } from "./region-sample.js";
import { type TrainStepsOptions, trainSteps } from "./train-steps.js";

/** Options of {@link trainMapping}. */
export interface TrainMappingOptions extends TrainStepsOptions {
  /** Decides the starting weights. */
  readonly rng: Rng;
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

/** Images as typed arrays, filled up to the most regions of an image. */
interface MappingBatch {
  readonly images: number;
  readonly vectors: Float32Array;
  readonly mask: Float32Array;
  readonly labels: Float32Array;
  /** The attributes' embeddings. */
  readonly texts: Float32Array;
}

/** ViLLA's stage 1 (Varma et al., ICCV 2023): which region shows which attribute of the text, learnt from the texts alone. */
export async function trainMapping(
  data: RegionData,
  { regions, attributes }: MappingInput,
  { heads = "per-attribute", variant = "formula", rng, ...options }: TrainMappingOptions,
): Promise<MappingModel> {
  const [count, dimension] = attributes.shape;
  const model = createMappingModel({ dimension, attributes: count, heads }, { rng });
  const loss = villaMappingLoss({ variant });
  const has = data.samples.map((sample) => new Set(sample.attributes));
  const most = regions.reduce((largest, { length }) => Math.max(largest, length), 0);
  const texts = attributes.dataSync() as Float32Array;
  await trainSteps<MappingBatch>(
    {
      variables: model.variables,
      trained: [...model.variables.keys()],
      count: data.samples.length,
      collate: (places) => {
        const batch = {
          images: places.length,
          vectors: new Float32Array(places.length * most * dimension),
          mask: new Float32Array(places.length * most),
          labels: Float32Array.from(places.flatMap((place) => data.attributes.map((name) => +has[place]!.has(name)))),
          texts,
        };
        places.forEach((place, image) => {
          regions[place]!.forEach((vector, region) => {
            batch.vectors.set(vector, (image * most + region) * dimension);
            batch.mask[image * most + region] = 1;
          });
        });
        return batch;
      },
      loss: ({ images, vectors, mask, labels, texts }) =>
        loss.compute({
          scores: model.scores(tf.tensor3d(vectors, [images, most, dimension]), tf.tensor2d(texts, [count, dimension])),
          labels: tf.tensor2d(labels, [images, count]),
          regionMask: tf.tensor2d(mask, [images, most]),
        }).objective,
    },
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
