import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../contract/loss.js";
import { LossError } from "../contract/loss-error.js";
import { tidyTerms } from "../contract/tidy-terms.js";
import { maskValue, oneHotOwner } from "../terms/contrastive-parts.js";
import { negativeFocal } from "../terms/negative-focal.js";
import type { FscClipLossOptions } from "./fsc-clip-loss.js";

/** Embedded patches and tokens: B images of P patches, one caption each, then r negatives; texts of T tokens (padded). */
export interface LocalBatch {
  /** [B, P, d] */
  readonly patches: tf.Tensor3D;
  /** [B + r, T, d]: the captions in the order of the images, then the negatives. */
  readonly tokens: tf.Tensor3D;
  /** float [B + r, T]: 1 for tokens, 0 for padding. */
  readonly tokenMask: tf.Tensor2D;
  /** int32 [r]: the image that each negative was made for; -1 marks a negative that takes no part. */
  readonly negativeImage: tf.Tensor1D;
  readonly logitScale: tf.Scalar;
}

/** Too small to change a weight, but a token that fits every patch alike takes their mean, where the released code gives NaN. */
const epsilon = 1e-12;

/**
 * FSC-CLIP's local part (Oh et al., EMNLP 2024; ytaek-oh/fsc-clip src/training/losses/loss.py, `Local_HNLoss`, "minmax"): each
 * token gathers the patches that fit it, weighted by its products with them scaled to [0, 1] and summing to one (no gradient
 * flows through the weights); a text's score is log Σ over tokens of exp(logitScale · cos(token, its patches)); each image's
 * caption is chosen among the negatives made for it, with focal loss and label smoothing.
 *
 * Terms: `objective`.
 */
export function fscClipLocalLoss({
  weight = 0.2,
  focalGamma = 2,
  labelSmoothing = 0.02,
}: FscClipLossOptions = {}): Loss<LocalBatch> {
  return {
    name: "fsc-clip-local",
    version: "1",
    options: { weight, focalGamma, labelSmoothing },
    compute: (batch) =>
      tidyTerms(() => {
        const { patches, tokens, tokenMask, negativeImage, logitScale } = batch;
        const [images, , width] = patches.shape;
        const [texts, length, tokenWidth] = tokens.shape;
        const negatives = negativeImage.shape[0];
        if (texts !== images + negatives || width !== tokenWidth || tokenMask.shape.join() !== [texts, length].join()) {
          throw new LossError(
            `fscClipLocalLoss: patches are [${patches.shape}], tokens [${tokens.shape}], tokenMask [${tokenMask.shape}], with ${negatives} negatives; ` +
              "expected [B, P, d], [B + negatives, T, d] and [B + negatives, T].",
          );
        }
        if (negatives === 0) return { objective: tf.scalar(0) };
        const captions = tf.slice(tokens, [0, 0, 0], [images, length, width]);
        const captionMask = tf.slice(tokenMask, [0, 0], [images, length]);
        const own = localScore(patches, captions, captionMask, logitScale);
        // Every negative with the patches of its own image.
        const owned = oneHotOwner(negativeImage, images);
        const flat = tf.reshape(patches, [images, -1]) as tf.Tensor2D;
        const itsPatches = tf.reshape(tf.matMul(owned, flat, true, false), [negatives, -1, width]) as tf.Tensor3D;
        const negativeTokens = tf.slice(tokens, [images, 0, 0], [negatives, length, width]);
        const negativeMask = tf.slice(tokenMask, [images, 0], [negatives, length]);
        const others = localScore(itsPatches, negativeTokens, negativeMask, logitScale);
        const among: tf.Tensor2D = tf.mul(tf.ones([images, 1]), tf.reshape(others, [1, negatives]));
        const loss = negativeFocal(tf.reshape(own, [images, 1]), among, owned, { focalGamma, labelSmoothing });
        return { objective: tf.mul(loss, weight) };
      }),
  };
}

/** log Σ over tokens of exp(scale · cos(token, the patches that it gathers)): [texts]. */
function localScore(patches: tf.Tensor3D, tokens: tf.Tensor3D, mask: tf.Tensor2D, logitScale: tf.Scalar): tf.Tensor {
  const weights = gatheringWeights(patches, tokens);
  const gathered = normalised(tf.matMul(weights, patches));
  const similarity = tf.mul(tf.sum(tf.mul(gathered, normalised(tokens)), 2), logitScale);
  return tf.logSumExp(tf.add(similarity, tf.mul(tf.sub(1, mask), maskValue)), 1);
}

/** [texts, T, P]: each token's products with the patches, scaled to [0, 1] and then to the sum one; without gradient. */
const gatheringWeights = (patches: tf.Tensor3D, tokens: tf.Tensor3D): tf.Tensor3D => {
  const constant = tf.customGrad((p, t) => {
    const products = tf.matMul(t as tf.Tensor3D, p as tf.Tensor3D, false, true);
    const lowest = tf.min(products, 2, true);
    const range = tf.sub(tf.max(products, 2, true), lowest);
    const scaled = tf.add(tf.div(tf.sub(products, lowest), tf.maximum(range, epsilon)), epsilon);
    const value = tf.div(scaled, tf.sum(scaled, 2, true));
    return { value, gradFunc: () => [tf.zerosLike(p as tf.Tensor), tf.zerosLike(t as tf.Tensor)] };
  });
  return constant(patches, tokens) as tf.Tensor3D;
};

/** Rows of length one; a row of zeros stays, with a finite gradient. */
function normalised(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.rsqrt(tf.add(tf.sum(tf.square(x), -1, true), epsilon ** 2)));
}
