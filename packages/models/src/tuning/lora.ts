import * as tf from "@tensorflow/tfjs-core";
import { type Clip, clipFromWeights } from "../clip/clip.js";
import { ModelError } from "../model-error.js";
import { normalFrom, type Rng } from "../rng.js";
import type { WeightArray } from "../weights/weights.js";
import { freeze } from "./freeze.js";

/** A CLIP whose chosen weights W count as W + alpha/rank · B·A; only the A and B learn. */
export interface LoraClip extends Clip {
  /** The model beneath, frozen. */
  readonly base: Clip;
  /** The pairs: `<layer>.lora_A.weight` [rank, inputs] and `<layer>.lora_B.weight` [outputs, rank]; part of `variables`. */
  readonly adapters: ReadonlyMap<string, tf.Variable>;
}

/** Size and place of low-rank adapters. */
export interface LoraOptions {
  /** Rank of B·A, at least 1. */
  readonly rank: number;
  /** B·A is multiplied with alpha/rank. Default: the rank, so 1. */
  readonly alpha?: number;
  /**
   * Which linear weights, by name. Default: queries and values of every attention layer that keeps them apart, as in the paper's
   * experiments; a Swin's are one weight, `qkv`, which has to be asked for.
   */
  readonly select?: (name: string) => boolean;
  /** Uniform numbers for the starting A. */
  readonly rng: Rng;
}

const queriesAndValues = /\.(q_proj|v_proj|query|value)\.weight$/;

/**
 * Low-rank adapters (LoRA, Hu et al. 2021, section 4.1): freezes a model and adds a pair of small matrices to chosen linear layers.
 * B starts at 0, so at first nothing changes; A at normal numbers of standard deviation inputs^-0.5 (the paper says only
 * "Gaussian"). Train, then {@link mergeLora} to save.
 *
 * @param clip is frozen, and disposed together with the result.
 * @throws ModelError on a rank below 1, and when nothing is selected or something that is no linear layer.
 */
export function addLora(
  clip: Clip,
  { rank, alpha = rank, select = (name) => queriesAndValues.test(name), rng }: LoraOptions,
): LoraClip {
  if (!Number.isInteger(rank) || rank < 1) throw new ModelError(`addLora: rank is ${rank}; expected 1 or more.`);
  const chosen = [...clip.variables].filter(([name]) => select(name));
  const linear = new Set(clip.parameters.flatMap((parameter) => (parameter.linear ? [parameter.name] : [])));
  const wrong = chosen.find(([name]) => !linear.has(name));
  if (chosen.length === 0 || wrong) {
    throw new ModelError(
      `addLora: ${wrong ? `${wrong[0]} is not the weight of a linear layer` : "no variable was selected"}; such weights are called like ${[...clip.variables.keys()].find((name) => queriesAndValues.test(name))}.`,
    );
  }
  freeze(clip, () => true);
  const normal = normalFrom(rng);
  const adapters = new Map<string, tf.Variable>();
  for (const [name, { shape }] of chosen) {
    const [outputs, inputs] = shape as [number, number];
    const a = Float32Array.from({ length: rank * inputs }, () => normal() * inputs ** -0.5);
    adapters.set(
      adapterName(name, "A"),
      tf.tidy(() => tf.variable(tf.tensor2d(a, [rank, inputs]))),
    );
    adapters.set(
      adapterName(name, "B"),
      tf.tidy(() => tf.variable(tf.zeros([outputs, rank]))),
    );
  }
  return {
    ...clip,
    base: clip,
    adapters,
    variables: new Map([...clip.variables, ...adapters]),
    read: (name) => {
      const [weight, a, b] = [
        clip.read(name),
        adapters.get(adapterName(name, "A")),
        adapters.get(adapterName(name, "B")),
      ];
      return a && b
        ? tf.add(weight, tf.mul(tf.matMul(b as unknown as tf.Tensor2D, a as unknown as tf.Tensor2D), alpha / rank))
        : weight;
    },
    dispose: () => {
      clip.dispose();
      for (const adapter of adapters.values()) adapter.dispose();
    },
  };
}

/** A plain CLIP that computes what the adapted one does: every pair added to its weight. The adapted one stays as it is. */
export async function mergeLora(clip: LoraClip): Promise<Clip> {
  const weights = new Map<string, WeightArray>();
  for (const [name, { shape }] of clip.base.variables) {
    const merged = tf.tidy(() => tf.clone(clip.read(name)));
    weights.set(name, { shape, data: Float32Array.from(await merged.data<"float32">()) });
    merged.dispose();
  }
  const { config, towers } = clip;
  return clipFromWeights({ ...config, vision: towers.image, text: towers.text }, weights);
}

function adapterName(weight: string, which: "A" | "B"): string {
  return weight.replace(/weight$/, `lora_${which}.weight`);
}
