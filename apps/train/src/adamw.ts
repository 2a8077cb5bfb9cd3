import * as tf from "@tensorflow/tfjs-core";

/** AdamW over a fixed list of variables; its state can be saved and restored exactly. */
export interface AdamW {
  /**
   * One update (Loshchilov & Hutter 2019, algorithm 2, as torch.optim.AdamW).
   * @param gradients by the variable's own name, as `tf.variableGrads` gives them; a missing one counts as zero
   * @returns the norm of the whole gradient before clipping (scalar)
   */
  apply(gradients: Readonly<Record<string, tf.Tensor>>, lr: number): tf.Scalar;
  /** First and second moments, one flat tensor each, and the number of updates made. */
  readonly state: { readonly moment: tf.Variable; readonly velocity: tf.Variable; updates: number };
  dispose(): void;
}

/** Hyper-parameters of AdamW; names as open_clip's flags. */
export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** Decoupled weight decay; gains, biases and the logit scale (fewer than two axes) are exempt, as in open_clip. */
  readonly wd: number;
  /** Largest norm of the whole gradient; longer ones are scaled down to it. */
  readonly gradClipNorm?: number | undefined;
  /** Factor of a variable's learning rate by its name in `variables`; its decay goes with it. Default: 1 for all. */
  readonly lrFactor?: ((name: string) => number) | undefined;
}

/**
 * AdamW on one flat vector: the gradients of all variables are laid end to end, so an update is a dozen long
 * operations and not a dozen for each of a hundred variables. Frozen variables, those with `trainable` false, are left alone.
 */
export function createAdamW(variables: ReadonlyMap<string, tf.Variable>, options: AdamWOptions): AdamW {
  const { beta1, beta2, eps, wd, gradClipNorm, lrFactor } = options;
  const list = [...variables].filter(([, { trainable }]) => trainable);
  const size = list.reduce((total, [, variable]) => total + variable.size, 0);
  const factors = new Float32Array(size);
  const decayed = new Float32Array(size);
  let filled = 0;
  for (const [name, variable] of list) {
    const factor = lrFactor?.(name) ?? 1;
    factors.fill(factor, filled, filled + variable.size);
    if (variable.rank >= 2) decayed.fill(factor, filled, filled + variable.size);
    filled += variable.size;
  }
  const decayMask = tf.keep(tf.tensor1d(decayed));
  const lrFactors = lrFactor && tf.keep(tf.tensor1d(factors));
  const moment = tf.variable(tf.zeros([size]), false);
  const velocity = tf.variable(tf.zeros([size]), false);
  const state = { moment, velocity, updates: 0 };

  return {
    state,
    apply: (gradients, lr) =>
      tf.tidy(() => {
        state.updates += 1;
        const gradient = flatten(list.map(([, variable]) => gradients[variable.name] ?? tf.zerosLike(variable)));
        const norm = tf.sqrt(tf.sum(tf.square(gradient)));
        const clipped =
          gradClipNorm === undefined
            ? gradient
            : tf.mul(gradient, tf.minimum(1, tf.div(gradClipNorm, tf.add(norm, 1e-6))));
        moment.assign(tf.add(tf.mul(moment, beta1), tf.mul(clipped, 1 - beta1)));
        velocity.assign(tf.add(tf.mul(velocity, beta2), tf.mul(tf.square(clipped), 1 - beta2)));
        const stepSize = tf.scalar(lr / (1 - beta1 ** state.updates));
        const scale = tf.scalar(1 / Math.sqrt(1 - beta2 ** state.updates));
        const even = tf.div(moment, tf.add(tf.mul(tf.sqrt(velocity), scale), eps));
        const update = lrFactors ? tf.mul(even, lrFactors) : even;
        const keep = tf.sub(1, tf.mul(decayMask, tf.scalar(lr * wd)));
        const weights = flatten(list.map(([, variable]) => variable));
        const next = tf.sub(tf.mul(weights, keep), tf.mul(update, stepSize));
        let start = 0;
        for (const [, variable] of list) {
          variable.assign(tf.reshape(tf.slice(next, start, variable.size), variable.shape));
          start += variable.size;
        }
        return norm as tf.Scalar;
      }),
    dispose: () => tf.dispose([moment, velocity, decayMask, ...(lrFactors ? [lrFactors] : [])]),
  };
}

function flatten(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat1d(tensors.map((tensor) => tf.reshape(tensor, [tensor.size]) as tf.Tensor1D));
}
