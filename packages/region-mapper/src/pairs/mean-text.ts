import * as tf from "@tensorflow/tfjs-core";
import { RegionMapperError } from "../errors.js";

/**
 * The share of each sentence in each region's text, as `meanText` takes it: plain data, which a traced step (`jit`) takes as an
 * argument.
 *
 * @param groups Rows of the sentences of each of the R regions; a sentence may serve many.
 * @param rows Sentences S.
 * @returns `[R, S]`, one over the number of a region's sentences for each of them.
 * @throws RegionMapperError `empty-input` for a region without sentences, `out-of-range` for a row that is not there.
 */
export function textShares(groups: readonly (readonly number[])[], rows: number): Float32Array {
  const shares = new Float32Array(groups.length * rows);
  groups.forEach((group, region) => {
    if (group.length === 0) throw new RegionMapperError("empty-input", `region ${region} has no sentences`);
    for (const row of group) {
      if (!Number.isInteger(row) || row < 0 || row >= rows) {
        throw new RegionMapperError("out-of-range", `region ${region}: sentence ${row} is none of the ${rows}`);
      }
      shares[region * rows + row]! += 1 / group.length;
    }
  });
  return shares;
}

/**
 * A region's text embedding in ViLLA's stage 2: the mean of its sentences' embeddings, of length one.
 *
 * @param sentences `[S, d]`.
 * @param groups Rows of the sentences of each of the R regions, or what `textShares` makes of them.
 * @returns `[R, d]`.
 * @throws RegionMapperError `empty-input` for a region without sentences, `out-of-range` for a row that is not there.
 */
export function meanText(sentences: tf.Tensor2D, groups: readonly (readonly number[])[] | Float32Array): tf.Tensor2D {
  const [rows] = sentences.shape;
  const shares = groups instanceof Float32Array ? groups : textShares(groups, rows);
  return tf.tidy(() => {
    const mean: tf.Tensor2D = tf.matMul(tf.tensor2d(shares, [shares.length / rows, rows]), sentences);
    return tf.div(mean, tf.sqrt(tf.add(tf.sum(tf.square(mean), 1, true), 1e-12)));
  });
}
