import * as tf from "@tensorflow/tfjs-core";

/** A value with the tensors that its gradient needs and the gradient itself, one tensor for each input. */
export interface Differentiated {
  readonly value: tf.Tensor;
  readonly saved: readonly tf.Tensor[];
  gradient(dy: tf.Tensor, ...saved: tf.Tensor[]): tf.Tensor[];
}

/** Computes `forward(...inputs)` and differentiates it by the gradient that it hands back, not by its operations. */
export function withGradient(
  inputs: readonly tf.Tensor[],
  forward: (...inputs: tf.Tensor[]) => Differentiated,
): tf.Tensor {
  const run = tf.customGrad((...given) => {
    const save = given[inputs.length] as unknown as (tensors: tf.Tensor[]) => void;
    const { value, saved, gradient } = forward(...(given.slice(0, inputs.length) as tf.Tensor[]));
    save([...saved]);
    return { value, gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => gradient(dy, ...kept) };
  });
  return run(...inputs);
}
