import * as tf from "@tensorflow/tfjs-core";
import { joinSmall } from "./join-tensors.js";
import type { Parameters } from "./parameters.js";

/** Clipped gradients and the norm that they had. */
export interface ClippedGradients {
  readonly gradients: Parameters;
  /** Length of all gradients laid end to end, before clipping. */
  readonly norm: tf.Scalar;
}

/** Added to the norm before it divides, as `torch.nn.utils.clip_grad_norm_` does. */
const epsilon = 1e-6;

/**
 * Scales all gradients by one factor, so that their norm is at most `maxNorm`; shorter ones stay as they are.
 *
 * @param maxNorm undefined: nothing is scaled, only the norm is taken
 * @returns tensors of their own, or the given ones where nothing is scaled
 */
export function clipByGlobalNorm(gradients: Parameters, maxNorm?: number): ClippedGradients {
  return tf.tidy(() => {
    const norm = tf.sqrt(
      tf.addN(joinSmall(Object.values(gradients)).map((part) => tf.sum(tf.square(part)))),
    ) as tf.Scalar;
    if (maxNorm === undefined) return { gradients, norm };
    const factor = tf.minimum(1, tf.div(maxNorm, tf.add(norm, epsilon)));
    const clipped = Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, factor)] as const);
    return { gradients: Object.fromEntries(clipped), norm };
  });
}
