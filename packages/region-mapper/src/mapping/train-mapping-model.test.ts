import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { villaMappingLoss } from "@tesserae/losses";
import { assignAttributes, createMappingModel, type MappingModel, mappingScores } from "@tesserae/region-mapper";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, describe, expect, it } from "vitest";

const dimension = 8;
const attributeCount = 6;
const regionCount = 3;

/** A small generator with a fixed seed (Park and Miller 1988). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const attributeEmbeddings = Array.from({ length: attributeCount }, (_, k) =>
  Array.from({ length: dimension }, (_, axis) => (axis === k ? 1 : 0)),
);

interface Images {
  readonly regions: number[][][];
  /** Attributes of each region of each image. */
  readonly truth: number[][][];
  /** 1 where any region of the image has the attribute. */
  readonly labels: number[][];
}

/**
 * Images of three regions with one attribute each. A region's embedding is its attribute's vector with all axes
 * shifted by one, plus noise: scored without a trained head it looks like another attribute.
 */
function images(count: number, rng: () => number): Images {
  const truth = Array.from({ length: count }, () =>
    Array.from({ length: regionCount }, () => [Math.floor(rng() * attributeCount)]),
  );
  return {
    truth,
    regions: truth.map((image) =>
      image.map(([attribute]) =>
        Array.from({ length: dimension }, (_, axis) => (axis === attribute! + 1 ? 1 : 0) + 0.2 * (rng() - 0.5)),
      ),
    ),
    labels: truth.map((image) =>
      Array.from({ length: attributeCount }, (_, k) => (image.some(([attribute]) => attribute === k) ? 1 : 0)),
    ),
  };
}

/** F1 of the assignment that the model's scores lead to, given which attributes each image has. */
function mappingF1(model: MappingModel, { regions, truth, labels }: Images): number {
  const assigned = regions.flatMap((image, index) => {
    const scores = tf.tidy(() => model.scores(tf.tensor2d(image), tf.tensor2d(attributeEmbeddings)).arraySync());
    const attributes = labels[index]!.flatMap((label, k) => (label === 1 ? [k] : []));
    return assignAttributes(scores, { attributes });
  });
  return mappingScores(assigned, truth.flat()).f1;
}

describe("a mapping model trained with villaMappingLoss", () => {
  beforeAll(async () => {
    registerGradients();
    await tf.setBackend("cpu");
  });

  it.each(["per-attribute", "shared"] as const)("learns which region shows which attribute (%s head)", (heads) => {
    const before = tf.memory().numTensors;
    const rng = seeded(7);
    const model = createMappingModel({ dimension, attributes: attributeCount, heads }, { rng });
    const heldOut = images(40, rng);
    const untrained = mappingF1(model, heldOut);

    const loss = villaMappingLoss();
    const optimizer = tf.train.adam(0.02);
    const losses: number[] = [];
    for (let step = 0; step < 60; step += 1) {
      const batch = images(16, rng);
      const cost = optimizer.minimize(
        () => {
          const scores = model.scores(tf.tensor3d(batch.regions), tf.tensor2d(attributeEmbeddings));
          return loss.compute({ scores, labels: tf.tensor2d(batch.labels) }).objective;
        },
        true,
        [...model.variables.values()],
      );
      losses.push(cost!.dataSync()[0]!);
      cost!.dispose();
    }

    expect(losses[0]).toBeGreaterThan(2);
    expect(losses.at(-1)).toBeLessThan(0.2);
    expect(untrained).toBeLessThan(0.7);
    expect(mappingF1(model, heldOut)).toBeGreaterThan(0.95);
    optimizer.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
