import * as tf from "@tensorflow/tfjs-core";
import type { Clip } from "../clip/clip.js";
import { embedImages } from "../clip/encode-images.js";
import { preprocessorConfig, toHuggingFaceConfig } from "../formats/hugging-face-config.js";
import { ModelError } from "../model-error.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import { type ClipTextConfig, clipTextFeatures } from "../towers/clip-text.js";
import { jsonFile, writeModelFolder } from "./model-folder.js";
import { tokenizerFiles } from "./tokenizer-files.js";

type Tensors = Readonly<Record<string, tf.Tensor>>;

/**
 * Keeps a function of tensors as the bytes of an ONNX model; a name in a shape is a length that stays open. This is `toOnnx` of
 * `@tesserae/tfjs-backend-ort`, whose backend has to be in use.
 */
export type ToOnnx = (
  run: (inputs: Tensors) => Tensors,
  inputs: Readonly<
    Record<string, { readonly shape: readonly (number | string)[]; readonly dtype?: "float32" | "int64" }>
  >,
) => Promise<Uint8Array>;

/**
 * Writes both towers as ONNX in the layout that `@huggingface/transformers` loads: `onnx/vision_model.onnx` (pixel_values to
 * image_embeds) and `onnx/text_model.onnx` (input_ids to text_embeds), with the configuration and the tokenizer's files. As in
 * Hugging Face's models with projection, the embeddings are not brought to length one.
 *
 * The number of images and of texts is open; texts have the model's context length, so tokenise with
 * `padding: "max_length", truncation: true`. Everything after a text's first end token is ignored.
 *
 * @param directory a folder of its own: it is replaced as a whole.
 * @param options.toOnnx `toOnnx` of `@tesserae/tfjs-backend-ort`.
 * @throws ModelError when the text tower is not CLIP's, or the folder holds other files; and what `toOnnx` throws.
 */
export async function exportOnnx(
  clip: Clip,
  tokenizer: Tokenizer,
  directory: string,
  { toOnnx }: { readonly toOnnx: ToOnnx },
): Promise<void> {
  const { config } = clip;
  const { text, vision } = config;
  if (text.type !== "clip") {
    throw new ModelError(`exportOnnx: the text tower is "${text.type}"; only CLIP's can be exported.`);
  }
  const visionModel = await toOnnx(
    ({ pixel_values: pixels }) => ({
      image_embeds: embedImages(clip, tf.transpose(pixels as tf.Tensor4D, [0, 2, 3, 1]), false),
    }),
    { pixel_values: { shape: ["batch", 3, vision.imageSize, vision.imageSize] } },
  );
  const textModel = await toOnnx(
    ({ input_ids: ids }) => ({ text_embeds: embedIds(clip, text, ids as tf.Tensor2D, tokenizer.endId) }),
    { input_ids: { shape: ["batch", text.contextLength], dtype: "int64" } },
  );
  await writeModelFolder(
    "exportOnnx",
    directory,
    new Map<string, Uint8Array | string>([
      ["config.json", jsonFile(toHuggingFaceConfig(config, tokenizer))],
      ["preprocessor_config.json", jsonFile(preprocessorConfig(config))],
      ...tokenizerFiles(tokenizer),
      ["onnx/vision_model.onnx", visionModel],
      ["onnx/text_model.onnx", textModel],
    ]),
  );
}

/** Texts given as ids [count, length], read at their first end token: [count, embedDim]. */
function embedIds(
  { config, read }: Clip,
  text: Required<ClipTextConfig>,
  ids: tf.Tensor2D,
  endId: number,
): tf.Tensor2D {
  const [count, length] = ids.shape;
  const isEnd = tf.cast(tf.equal(ids, endId), "float32");
  const end = tf.reshape(tf.argMax(isEnd, 1), [count, 1]); // the first of several
  const places = tf.tensor2d(
    Int32Array.from({ length }, (_, place) => place),
    [1, length],
    "int32",
  );
  const features = clipTextFeatures(
    {
      ids: tf.reshape(ids, [count * length]),
      eosOneHot: tf.reshape(tf.cast(tf.equal(places, end), "float32"), [count, 1, length]),
      mask: tf.reshape(tf.mul(tf.cast(tf.greater(places, end), "float32"), -1e9), [count, 1, 1, length]),
    },
    text,
    config.activation,
    read,
  );
  return tf.matMul(features, read("text_projection.weight") as tf.Tensor2D, false, true);
}
