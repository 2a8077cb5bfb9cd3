import * as tf from "@tensorflow/tfjs-core";
import type { VariableReader } from "../layers/variable-reader.js";
import { withGradient } from "../layers/with-gradient.js";
import type { Rng } from "../rng.js";
import { createVariables } from "../weights/model-variables.js";
import { initialWeights, type Weights } from "../weights/weights.js";
import { type ClipConfig, type ResolvedClipConfig, resolveClipConfig } from "./clip-config.js";
import { clipParameters } from "./clip-parameters.js";

/** Largest logarithm of the logit scale (Radford et al. 2021, section 2.5). */
const maximumLogitScale = Math.log(100);

/** A CLIP: two towers' variables and the learnt logit scale. Use it with `encodeImages` and `encodeTexts`. */
export interface Clip {
  readonly config: ResolvedClipConfig;
  /** Variables by their names in Hugging Face's CLIP checkpoints; those with `trainable` false are not trained. */
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /** What the towers compute with in the variable's place: itself, or with adapters (`addLora`) their sum. */
  readonly read: VariableReader;
  /**
   * The scale that logits are multiplied with: exp of the stored logarithm, at most 100. The gradient passes the bound
   * unchanged, so a scale that was pushed past it can come back.
   */
  logitScale(): tf.Scalar;
  /** Frees all variables. */
  dispose(): void;
}

/**
 * A CLIP with fresh weights.
 *
 * @param options.rng uniform numbers for the starting weights.
 * @param options.imagePositionStd standard deviation of the starting image positions. Default width^-0.5, OpenAI's. Embedded
 *   patches start at about 1, so from scratch a value of 1 or more lets a small tower tell places apart from its first steps.
 * @param options.weights weights to start from, such as those of a pre-trained tower (`loadTextTower`). Default: none.
 * @throws ModelError when the configuration does not fit together, or a given weight has no place in it.
 */
export function createClip(
  config: ClipConfig,
  {
    rng,
    imagePositionStd,
    weights = new Map(),
  }: { readonly rng: Rng; readonly imagePositionStd?: number; readonly weights?: Weights },
): Clip {
  const resolved = resolveClipConfig(config);
  const fresh = initialWeights(clipParameters(resolved, imagePositionStd), rng);
  return clipFromWeights(resolved, new Map([...fresh, ...weights]));
}

/**
 * A CLIP with given weights.
 *
 * @throws ModelError listing unknown, missing and misshaped tensors.
 */
export function clipFromWeights(config: ClipConfig, weights: Weights): Clip {
  const resolved = resolveClipConfig(config);
  const variables = createVariables(clipParameters(resolved), weights);
  return {
    config: resolved,
    variables,
    read: (name) => variables.get(name)!,
    logitScale: () => boundedExp(variables.get("logit_scale")!),
    dispose: () => {
      for (const variable of variables.values()) variable.dispose();
    },
  };
}

/** Brings the stored logarithm of the logit scale back into [0, ln 100], as NegCLIP's trainer does after every step. */
export function clampLogitScale(clip: Clip): void {
  const variable = clip.variables.get("logit_scale")!;
  tf.tidy(() => variable.assign(tf.clipByValue(variable, 0, maximumLogitScale)));
}

function boundedExp(logarithm: tf.Tensor): tf.Scalar {
  return withGradient([logarithm], (x) => {
    const value = tf.exp(tf.minimum(x!, maximumLogitScale));
    return { value, saved: [value], gradient: (dy, value) => [tf.mul(dy, value!)] };
  }) as tf.Scalar;
}
