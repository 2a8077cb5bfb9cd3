import * as tf from "@tensorflow/tfjs-core";
import type { Clip } from "./clip.js";
import { ModelError } from "./errors.js";
import { l2Normalise } from "./l2-normalise.js";
import { normalise, transformer, type VariableReader } from "./transformer.js";

/**
 * Embeds images.
 *
 * @param pixels [images, size, size, 3], normalised with CLIP's mean and standard deviation (see `preprocess`).
 * @returns [images, embedDim], rows of length one.
 * @throws ModelError when the images are not of the model's size.
 */
export function encodeImages(clip: Clip, pixels: tf.Tensor4D): tf.Tensor2D {
  const { imageSize, patchSize, width, layers, heads, pool } = clip.config.vision;
  const [batch, height, breadth, channels] = pixels.shape;
  if (height !== imageSize || breadth !== imageSize || channels !== 3) {
    throw new ModelError(
      `encodeImages: pixels are [${pixels.shape}]; this model takes [images, ${imageSize}, ${imageSize}, 3].`,
    );
  }
  const read: VariableReader = (name) => clip.variables.get(name)!;
  return tf.tidy(() => {
    const side = imageSize / patchSize;
    const patches = embedPatches(pixels, patchSize, side, read("vision_model.embeddings.patch_embedding.weight"));
    const tokens = pool === "class" ? withClassToken(patches, read) : patches;
    const length = tokens.shape[1];
    const placed = tf.add(tokens, read("vision_model.embeddings.position_embedding.weight"));
    const rows = tf.reshape(placed, [batch * length, width]) as tf.Tensor2D;
    const encoded = transformer(normalise(rows, read, "vision_model.pre_layrnorm"), {
      read,
      tower: "vision_model",
      layers,
      heads,
      activation: clip.config.activation,
      batch,
      length,
      ...(pool === "class" ? { readout: { select: (x) => firstOfEach(x, batch, length) } } : {}),
    });
    const pooled =
      pool === "class" ? encoded : (tf.mean(tf.reshape(encoded, [batch, length, width]), 1) as tf.Tensor2D);
    const features = normalise(pooled, read, "vision_model.post_layernorm");
    return l2Normalise(tf.matMul(features, read("visual_projection.weight") as tf.Tensor2D, false, true));
  });
}

/** A convolution whose stride is its size is a matrix product over flattened patches: [batch, patches, width]. */
function embedPatches(pixels: tf.Tensor4D, patchSize: number, side: number, weight: tf.Tensor): tf.Tensor3D {
  const batch = pixels.shape[0];
  const width = weight.shape[0]!;
  const inputs = 3 * patchSize * patchSize;
  const grid = tf.reshape(pixels, [batch, side, patchSize, side, patchSize, 3]);
  const flat = tf.reshape(tf.transpose(grid, [0, 1, 3, 2, 4, 5]), [batch * side * side, inputs]) as tf.Tensor2D;
  // Channels go last in the small weight, not first in the large image.
  const kernel = tf.reshape(tf.transpose(weight, [0, 2, 3, 1]), [width, inputs]) as tf.Tensor2D;
  const embedded = tf.matMul(flat, kernel, false, true);
  return tf.reshape(embedded, [batch, side * side, width]);
}

function withClassToken(patches: tf.Tensor3D, read: VariableReader): tf.Tensor3D {
  const [batch, , width] = patches.shape;
  const token = tf.reshape(read("vision_model.embeddings.class_embedding"), [1, 1, width]);
  return tf.concat([tf.mul(token, tf.ones([batch, 1, 1])) as tf.Tensor3D, patches], 1);
}

function firstOfEach(x: tf.Tensor2D, batch: number, length: number): tf.Tensor2D {
  const width = x.shape[1];
  const first = tf.slice(tf.reshape(x, [batch, length, width]), [0, 0, 0], [batch, 1, width]);
  return tf.reshape(first, [batch, width]);
}
