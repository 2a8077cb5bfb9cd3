import * as tf from "@tensorflow/tfjs-core";
import { ones, type ParameterSpec, zeros } from "./parameter-spec.js";
import { scope, type VariableReader } from "./variable-reader.js";

const epsilon = 1e-5;
const momentum = 0.1;

/** Gain, bias and running statistics of a batch normalisation by PyTorch's names; no optimizer moves the statistics. */
export function batchNormParameters(name: string, channels: number): ParameterSpec[] {
  const shape = [channels];
  return [
    { name: `${name}.weight`, shape, init: ones },
    { name: `${name}.bias`, shape, init: zeros },
    { name: `${name}.running_mean`, shape, init: zeros, frozen: true },
    { name: `${name}.running_var`, shape, init: ones, frozen: true },
  ];
}

/** Where its parameters are read, and in training the running statistics are written. */
interface BatchNormContext {
  readonly read: VariableReader;
  readonly training: boolean;
  update(name: string, value: tf.Tensor): void;
}

/**
 * Batch normalisation over all axes but the last, equal to PyTorch's BatchNorm2d.
 *
 * @param x [batch, height, width, channels]
 * @param context.training take mean and variance from the batch and move the running ones a tenth of the way (the variance moved to is
 *   the unbiased one, as in PyTorch); otherwise take the running ones.
 */
export function batchNorm(
  x: tf.Tensor4D,
  name: string,
  { read: readAny, training, update }: BatchNormContext,
): tf.Tensor4D {
  const read = scope(readAny, name);
  const { mean, variance } = training
    ? tf.moments(x, [0, 1, 2])
    : { mean: read("running_mean"), variance: read("running_var") };
  if (training) {
    const count = x.size / x.shape[3];
    const moved = (part: string, value: tf.Tensor) =>
      update(`${name}.${part}`, tf.add(tf.mul(read(part), 1 - momentum), tf.mul(value, momentum)));
    moved("running_mean", mean);
    moved("running_var", tf.mul(variance, count / (count - 1)));
  }
  const scale = tf.mul(read("weight"), tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(tf.sub(x, mean), scale), read("bias"));
}
