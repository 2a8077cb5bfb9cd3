import * as tf from "@tensorflow/tfjs-core";
import type { Parameters } from "./parameters.js";

/** Elements from which on a tensor is worked on by itself: laying it end to end with others would copy it. */
const largeSize = 65_536;

/** Whether a tensor is better laid end to end with others, so that a hundred of them cost a dozen operations together. */
export function isSmall({ size }: tf.Tensor): boolean {
  return size < largeSize;
}

/** One tensor as it is; several as one vector, end to end. */
export function joinTensors(tensors: readonly tf.Tensor[]): tf.Tensor {
  if (tensors.length === 1) return tensors[0]!;
  return tf.concat1d(tensors.map((tensor) => tf.reshape(tensor, [tensor.size]) as tf.Tensor1D));
}

/** The opposite of `joinTensors`: the parts by name, each with the shape of its parameter. */
export function separate(tensor: tf.Tensor, members: readonly string[], parameters: Parameters): Parameters {
  if (members.length === 1) return { [members[0]!]: tensor };
  let start = 0;
  return Object.fromEntries(
    members.map((member) => {
      const { size, shape } = parameters[member]!;
      const part = tf.reshape(tf.slice(tensor as tf.Tensor1D, start, size), shape);
      start += size;
      return [member, part];
    }),
  );
}

/** Large tensors as they are, and all small ones as one vector; a zero where there are none. */
export function joinSmall(tensors: readonly tf.Tensor[]): tf.Tensor[] {
  const small = tensors.filter(isSmall);
  const large = tensors.filter((tensor) => !isSmall(tensor));
  return [...large, small.length === 0 ? tf.scalar(0) : joinTensors(small)];
}
