import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "@tesserae/losses";

/** Pulls each positive text towards its image: one minus their mean cosine. */
export function alignmentLoss(): Loss {
  return {
    name: "alignment",
    version: "1",
    options: {},
    compute: ({ image, text, positiveImage, textMask }) =>
      tf.tidy(() => {
        const positives = positiveImage.shape[0];
        const present = textMask ? tf.slice(textMask, [0], [positives]) : tf.ones([positives]);
        const own = tf.oneHot(positiveImage, image.shape[0]);
        const texts = tf.slice(text, [0, 0], [positives, -1]);
        const cosines = tf.sum(tf.mul(tf.matMul(own, image), texts), 1);
        const mean = tf.div(tf.sum(tf.mul(cosines, present)), tf.sum(present));
        return { objective: tf.sub(1, mean) as tf.Scalar };
      }),
  };
}
