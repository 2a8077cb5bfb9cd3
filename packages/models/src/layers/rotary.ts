import * as tf from "@tensorflow/tfjs-core";

/** Cosines and sines of the rotary position embedding (RoFormer), each [length, size]. */
export interface RotaryAngles {
  readonly cos: tf.Tensor2D;
  readonly sin: tf.Tensor2D;
}

/** Angles position·base^(-2i/size) for i in [0, size/2), the list written twice as Hugging Face's halves layout needs. */
export function rotaryAngles(length: number, size: number, base: number): RotaryAngles {
  const half = size / 2;
  const angles = Float32Array.from({ length: length * size }, (_, index) => {
    const position = Math.floor(index / size);
    return position * base ** (-(2 * ((index % size) % half)) / size);
  });
  return {
    cos: tf.tensor2d(angles.map(Math.cos), [length, size]),
    sin: tf.tensor2d(angles.map(Math.sin), [length, size]),
  };
}

/** Turns the pair (x_i, x_{i+size/2}) of every position by its angle. x: [batch, heads, length, size]. */
export function rotate(x: tf.Tensor, { cos, sin }: RotaryAngles): tf.Tensor {
  const [batch, heads, length, size] = x.shape as [number, number, number, number];
  const half = size / 2;
  const first = tf.slice(x, [0, 0, 0, 0], [batch, heads, length, half]);
  const second = tf.slice(x, [0, 0, 0, half], [batch, heads, length, half]);
  return tf.add(tf.mul(x, cos), tf.mul(tf.concat([tf.neg(second), first], -1), sin));
}
