import * as tf from "@tensorflow/tfjs-core";
import type { Clip } from "../clip/clip.js";
import { embedImages } from "../clip/encode-images.js";
import { projectFeatures, towerContext } from "../clip/tower-context.js";
import { preprocessorConfig, toHuggingFaceConfig } from "../formats/hugging-face-config.js";
import { idTensors } from "../layers/text-tensors.js";
import { ModelError } from "../model-error.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
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
 * @throws ModelError when the model has a knowledge encoder, or the folder holds other files; and what `toOnnx` throws.
 */
export async function exportOnnx(
  clip: Clip,
  tokenizer: Tokenizer,
  directory: string,
  { toOnnx }: { readonly toOnnx: ToOnnx },
): Promise<void> {
  const { config } = clip;
  const { text, vision } = config;
  if (config.knowledge) {
    throw new ModelError(
      "exportOnnx: the model has a knowledge encoder, which takes triples; ONNX holds its towers only.",
    );
  }
  const context = towerContext(clip, "text");
  const visionModel = await toOnnx(
    ({ pixel_values: pixels }) => ({
      image_embeds: embedImages(clip, tf.transpose(pixels as tf.Tensor4D, [0, 2, 3, 1]), false),
    }),
    { pixel_values: { shape: ["batch", 3, vision.imageSize, vision.imageSize] } },
  );
  const textModel = await toOnnx(
    ({ input_ids: ids }) => {
      const features = clip.towers.text.encode(idTensors(ids as tf.Tensor2D, tokenizer.endId), context);
      return { text_embeds: projectFeatures(clip, "text", features) };
    },
    { input_ids: { shape: ["batch", text.contextLength], dtype: "int64" } },
  );
  await writeModelFolder(
    "exportOnnx",
    directory,
    new Map<string, Uint8Array | string>([
      ["config.json", jsonFile(toHuggingFaceConfig(clip, tokenizer))],
      ["preprocessor_config.json", jsonFile(preprocessorConfig(config))],
      ...tokenizerFiles(tokenizer),
      ["onnx/vision_model.onnx", visionModel],
      ["onnx/text_model.onnx", textModel],
    ]),
  );
}
