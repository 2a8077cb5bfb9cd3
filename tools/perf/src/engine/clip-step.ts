import * as tf from "@tensorflow/tfjs-core";
import { createClip, encodeImages, encodeTexts, packTokens, type TokenBatch } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { createAdamW } from "./adamw.js";
import type { ClipSize } from "./clip-sizes.js";

/** Random images and texts. */
export interface ClipBatch {
  readonly pixels: Float32Array;
  readonly tokens: TokenBatch;
}

/** A CLIP with its optimizer, to take steps with on the current backend. */
export interface ClipStep {
  /**
   * The next random batch.
   * @param textLength Tokens of each text. Default: the model's context.
   */
  batch(textLength?: number): ClipBatch;
  /** Forward, backward and AdamW; the loss before it. */
  run(batch: ClipBatch): Promise<number>;
}

/** Makes the model and the optimizer of a size. */
export function createClipStep({ batch: count, config }: ClipSize): ClipStep {
  const rng = seededRng(0);
  const clip = createClip(config, { rng });
  const variables = [...clip.variables.values()];
  const update = createAdamW(variables, 1e-4);
  const { imageSize } = config.vision;
  const { contextLength, vocabSize } = config.text;
  return {
    batch: (textLength = contextLength) => {
      const pixels = Float32Array.from({ length: count * imageSize * imageSize * 3 }, () => 2 * rng() - 1);
      const texts = Array.from({ length: count }, () =>
        Int32Array.from({ length: textLength }, () => Math.floor(rng() * vocabSize)),
      );
      return { pixels, tokens: packTokens(texts, { chunks: 1, lengthMultiple: 1 }) };
    },
    run: async ({ pixels, tokens }) => {
      const loss = tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => {
          const images = encodeImages(clip, tf.tensor4d(pixels, [count, imageSize, imageSize, 3]));
          const logits = tf.mul(tf.matMul(images, encodeTexts(clip, tokens), false, true), clip.logitScale());
          return contrastiveLoss(logits as tf.Tensor2D);
        }, variables);
        update(grads);
        return value;
      });
      const [value] = await loss.data();
      loss.dispose();
      return value!;
    },
  };
}

/** Cross-entropy of the diagonal, over rows and over columns. */
function contrastiveLoss(logits: tf.Tensor2D): tf.Scalar {
  const right = tf.eye(logits.shape[0]);
  const both = tf.add(tf.logSoftmax(logits), tf.transpose(tf.logSoftmax(tf.transpose(logits))));
  return tf.mul(tf.sum(tf.mul(both, right)), -0.5 / logits.shape[0]) as tf.Scalar;
}
