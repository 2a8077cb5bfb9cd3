import * as tf from "@tensorflow/tfjs-core";
import { fusedKernel } from "./fused-kernel.js";
import { withGradient } from "./with-gradient.js";

/**
 * Scaled dot-product attention of already scaled queries, softmax(q·kᵀ + mask)·v, with a hand-written gradient.
 *
 * @param queries [batch, heads, queries, size]
 * @param keys [batch, heads, keys, size]
 * @param values [batch, heads, keys, size]
 * @param mask added to the scores, broadcast to [batch, heads, queries, keys]; 0 where looking is allowed. It gets no gradient.
 * @returns [batch, heads, queries, size]
 */
export function scaledDotProductAttention(
  queries: tf.Tensor,
  keys: tf.Tensor,
  values: tf.Tensor,
  mask?: tf.Tensor,
): tf.Tensor {
  return withGradient([queries, keys, values], (q, k, v) => {
    const inputs = { queries: q!, keys: k!, values: v! };
    const fused = fusedKernel("FusedAttention", mask ? { ...inputs, mask } : inputs);
    if (fused) {
      const [value, shares] = fused;
      return {
        value: value!,
        saved: [q!, k!, v!, shares!, value!],
        gradient: (dy, q, k, v, shares, value) =>
          fusedKernel("FusedAttentionGrad", {
            dy,
            queries: q!,
            keys: k!,
            values: v!,
            shares: shares!,
            value: value!,
          })!,
      };
    }
    const scores = tf.matMul(q!, k!, false, true);
    const shares = tf.softmax(mask ? tf.add(scores, mask) : scores);
    const value = tf.matMul(shares, v!);
    return {
      value,
      saved: [q!, k!, v!, shares, value],
      gradient: (dy, q, k, v, shares, value) => {
        // The sum over keys of shares·dShares equals that of value·dy, over the shorter axis.
        const total = tf.sum(tf.mul(dy, value!), -1, true);
        const dScores = tf.mul(shares!, tf.sub(tf.matMul(dy, v!, false, true), total));
        return [tf.matMul(dScores, k!), tf.matMul(dScores, q!, true, false), tf.matMul(shares!, dy, true, false)];
      },
    };
  });
}

/** [length, length]: 0 on and under the diagonal, a large negative number above it. */
export function causalMask(length: number): tf.Tensor2D {
  const mask = new Float32Array(length * length);
  for (let query = 0; query < length; query++) mask.fill(-1e9, query * length + query + 1, (query + 1) * length);
  return tf.tensor2d(mask, [length, length]);
}
