import * as tf from "@tensorflow/tfjs-core";
import { type Clip, layerDecay } from "@tesserae/models";
import { type AdamWOptions, adamW, applyUpdates, clipByGlobalNorm, type Parameters } from "@tesserae/optim";
import type { CommonFlags } from "../recipe/common-flags.js";

/** AdamW with its moments, for the trained variables of a model. */
export interface Optimizer {
  /** Moments by name, to be saved and restored. */
  readonly moments: ReadonlyMap<string, tf.Variable>;
  /** Variables that are trained, by the model's names. */
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /**
   * One update of the variables and the moments.
   *
   * @param gradients by the model's names
   * @param step updates made before
   * @returns the norm of the whole gradient before clipping
   */
  apply(gradients: Parameters, step: tf.Scalar, learningRate: tf.Scalar): tf.Scalar;
  dispose(): void;
}

/** The optimizer that a run's flags name. */
export function createOptimizer(clip: Clip, flags: CommonFlags): Optimizer {
  const { beta1, beta2, eps, wd, gradClipNorm } = flags;
  const rateFactor = flags.layerDecay === 1 ? undefined : layerDecay(clip, flags.layerDecay);
  const options = { beta1, beta2, epsilon: eps, weightDecay: wd, ...(rateFactor ? { rateFactor } : {}) };
  return variableOptimizer(
    new Map([...clip.variables].filter(([, { trainable }]) => trainable)),
    options,
    gradClipNorm,
  );
}

/** AdamW whose state is variables, so that a step that is traced once can read and assign them. */
export function variableOptimizer(
  variables: ReadonlyMap<string, tf.Variable>,
  options: AdamWOptions,
  gradClipNorm?: number,
): Optimizer {
  const optimizer = adamW(options);
  const parameters: Parameters = Object.fromEntries(variables);
  const { firstMoment, secondMoment } = optimizer.init(parameters);
  const moments = new Map<string, tf.Variable>();
  for (const [kind, tensors] of Object.entries({ first: firstMoment, second: secondMoment })) {
    for (const [name, tensor] of Object.entries(tensors)) moments.set(`${kind}/${name}`, tf.variable(tensor, false));
  }
  tf.dispose([firstMoment, secondMoment]);
  const ofKind = (kind: string): Parameters =>
    Object.fromEntries(
      [...moments].flatMap(([key, value]) => (key.startsWith(kind) ? [[key.slice(kind.length), value]] : [])),
    );

  return {
    moments,
    variables,
    apply: (given, step, learningRate) =>
      tf.tidy(() => {
        const { gradients, norm } = clipByGlobalNorm(given, gradClipNorm);
        const before = { firstMoment: ofKind("first/"), secondMoment: ofKind("second/") };
        const { updates, state } = optimizer.update(gradients, before, parameters, { step, learningRate });
        for (const [name, next] of Object.entries(applyUpdates(parameters, updates))) variables.get(name)!.assign(next);
        for (const [name, next] of Object.entries(state.firstMoment)) moments.get(`first/${name}`)!.assign(next);
        for (const [name, next] of Object.entries(state.secondMoment)) moments.get(`second/${name}`)!.assign(next);
        return norm;
      }),
    dispose: () => tf.dispose([...moments.values()]),
  };
}
