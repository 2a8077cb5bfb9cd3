import * as tf from "@tensorflow/tfjs-core";
import { RegionMapperError } from "../errors.js";

/** Random numbers in [0, 1). */
export type Rng = () => number;

/** Sizes and kind of a mapping model. */
export interface MappingModelConfig {
  /** Size d of region and attribute embeddings. */
  readonly dimension: number;
  /** Number K of attributes. */
  readonly attributes: number;
  /** One projection head per attribute (the paper), or one for all. Default "per-attribute". */
  readonly heads?: "per-attribute" | "shared";
  /** Mixes each head's output with its input, `0.2 * head(x) + 0.8 * x`. Default false. */
  readonly adapter?: boolean;
}

/** ViLLA's stage 1 model: scores how well each region of an image shows each attribute. */
export interface MappingModel {
  readonly config: Required<MappingModelConfig>;
  /** Trainable tensors by name. H is K heads or 1: `first.weight` [d, H*d], `first.bias` [H*d], `second.weight` [H, d, d], `second.bias` [H, 1, d]. */
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /**
   * Cosines of the projected regions with the attributes, each in [-1, 1]; the loss divides them by its temperature.
   *
   * @param regions Region embeddings `[R, d]` or, images padded to as many regions, `[B, R, d]`.
   * @param attributes Attribute embeddings `[K, d]`, of any length.
   * @returns `[R, K]` or `[B, R, K]`.
   * @throws RegionMapperError `shape-mismatch`.
   */
  scores<T extends tf.Tensor2D | tf.Tensor3D>(regions: T, attributes: tf.Tensor2D): T;
  /** Frees all variables. */
  dispose(): void;
}

/**
 * Creates the mapping model of ViLLA's stage 1 (Varma et al., ICCV 2023; `villa/models/stage1_models.py`): projection
 * heads Linear(d, d) - ReLU - Linear(d, d) over frozen region embeddings. Weights and biases start uniform in
 * ±1/sqrt(d), as in the reference. Train it with `villaMappingLoss` of `@tesserae/losses`.
 *
 * @param options.rng Decides the starting weights.
 * @throws RegionMapperError `out-of-range` when a size is not a whole number above 0, or `heads` is neither of the two.
 */
export function createMappingModel(config: MappingModelConfig, { rng }: { readonly rng: Rng }): MappingModel {
  const { dimension, attributes, heads = "per-attribute", adapter = false } = config;
  for (const [name, size] of [["dimension", dimension] as const, ["attributes", attributes] as const]) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RegionMapperError("out-of-range", `${name} is ${size}; expected a whole number above 0`);
    }
  }
  if (heads !== "per-attribute" && heads !== "shared") {
    throw new RegionMapperError("out-of-range", `heads is "${heads}"; expected "per-attribute" or "shared"`);
  }
  const headCount = heads === "shared" ? 1 : attributes;
  const bound = 1 / Math.sqrt(dimension);
  const uniform = (shape: number[]): tf.Variable => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => (2 * rng() - 1) * bound);
    return tf.tidy(() => tf.variable(tf.tensor(values, shape)));
  };
  const first = { weight: uniform([dimension, headCount * dimension]), bias: uniform([headCount * dimension]) };
  const second = { weight: uniform([headCount, dimension, dimension]), bias: uniform([headCount, 1, dimension]) };

  /** Regions [R, d] to their projections [H, R, d], normalised to length 1. */
  function project(regions: tf.Tensor2D): tf.Tensor3D {
    const hidden = tf.relu(tf.add(tf.matMul(regions, first.weight as tf.Tensor2D), first.bias));
    const byHead = tf.transpose(tf.reshape(hidden, [-1, headCount, dimension]), [1, 0, 2]);
    const output = tf.add<tf.Tensor3D>(tf.matMul(byHead, second.weight), second.bias);
    return normalise(adapter ? tf.add(tf.mul(output, 0.2), tf.mul(tf.expandDims(regions, 0), 0.8)) : output);
  }

  function scores<T extends tf.Tensor2D | tf.Tensor3D>(regions: T, attributeEmbeddings: tf.Tensor2D): T {
    expectShape("regions", regions, [...regions.shape.slice(0, -1).map(() => undefined), dimension]);
    expectShape("attributes", attributeEmbeddings, [attributes, dimension]);
    return tf.tidy(() => {
      const flat = tf.reshape<tf.Rank.R2>(regions, [-1, dimension]);
      const targets = tf.reshape(normalise(attributeEmbeddings), [headCount, attributes / headCount, dimension]);
      const byHead = tf.matMul(project(flat), targets, false, true); // [H, R, K/H]
      return tf.reshape<tf.Rank>(tf.transpose(byHead, [1, 0, 2]), [...regions.shape.slice(0, -1), attributes]) as T;
    });
  }

  return {
    config: { dimension, attributes, heads, adapter },
    variables: new Map([
      ["first.weight", first.weight],
      ["first.bias", first.bias],
      ["second.weight", second.weight],
      ["second.bias", second.bias],
    ]),
    scores,
    dispose: () => tf.dispose([first.weight, first.bias, second.weight, second.bias]),
  };
}

function normalise<T extends tf.Tensor>(x: T): T {
  return tf.div(x, tf.sqrt(tf.add(tf.sum(tf.square(x), -1, true), 1e-12)));
}

function expectShape(name: string, tensor: tf.Tensor, shape: readonly (number | undefined)[]): void {
  const fits =
    tensor.shape.length === shape.length &&
    shape.every((size, axis) => size === undefined || size === tensor.shape[axis]);
  if (!fits) {
    const expected = shape.map((size) => size ?? "any").join(", ");
    throw new RegionMapperError(
      "shape-mismatch",
      `${name} has shape [${tensor.shape.join(", ")}]; expected [${expected}]`,
    );
  }
}
