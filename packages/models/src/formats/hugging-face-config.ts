import { numberAt, objectAt } from "../check-config.js";
import { type ClipConfig, type ResolvedClipConfig, resolveClipConfig } from "../clip/clip-config.js";
import type { Activation } from "../layers/activation.js";
import { ModelError } from "../model-error.js";
import { clipMean, clipStd } from "../pixels/preprocess.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";

/** The `model_type` of models that Hugging Face's CLIPModel has no place for; their configuration is written as it is. */
const ownModelType = "tesserae_clip";

/**
 * The content of `config.json`: that of Hugging Face's CLIPModel where it can hold the model (a vision transformer read at its
 * class token, CLIP's text tower), else the configuration itself under the model type "tesserae_clip".
 */
export function toHuggingFaceConfig(config: ResolvedClipConfig, tokenizer: Tokenizer): Record<string, unknown> {
  const { vision, text } = config;
  if (vision.type !== "vit" || vision.pool !== "class" || text.type !== "clip") {
    return { model_type: ownModelType, ...config };
  }
  const tower = (width: number, mlpRatio: number, layers: number, heads: number) => ({
    hidden_size: width,
    intermediate_size: width * mlpRatio,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    hidden_act: config.activation,
    layer_norm_eps: 1e-5,
    attention_dropout: 0,
    projection_dim: config.embedDim,
  });
  return {
    architectures: ["CLIPModel"],
    model_type: "clip",
    torch_dtype: "float32",
    projection_dim: config.embedDim,
    logit_scale_init_value: 2.6592,
    text_config: {
      model_type: "clip_text_model",
      ...tower(text.width, text.mlpRatio, text.layers, text.heads),
      max_position_embeddings: text.contextLength,
      vocab_size: text.vocabSize,
      bos_token_id: tokenizer.startId,
      eos_token_id: tokenizer.endId,
      pad_token_id: tokenizer.padId,
    },
    vision_config: {
      model_type: "clip_vision_model",
      ...tower(vision.width, vision.mlpRatio, vision.layers, vision.heads),
      image_size: vision.imageSize,
      patch_size: vision.patchSize,
      num_channels: 3,
    },
  };
}

/** The content of `preprocessor_config.json`: CLIP's resizing, centre crop and normalisation. */
export function preprocessorConfig({ vision: { imageSize } }: ResolvedClipConfig): Record<string, unknown> {
  return {
    image_processor_type: "CLIPImageProcessor",
    do_convert_rgb: true,
    do_resize: true,
    size: { shortest_edge: imageSize },
    resample: 3, // bicubic
    do_center_crop: true,
    crop_size: { height: imageSize, width: imageSize },
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: clipMean,
    image_std: clipStd,
  };
}

/**
 * The configuration behind the content of a `config.json`.
 *
 * @throws ModelError naming the field that is missing or not supported.
 */
export function fromHuggingFaceConfig(json: unknown): ResolvedClipConfig {
  const root = objectAt("config.json", json);
  if (root.model_type === ownModelType) return fromOwnConfig(root);
  if (root.model_type !== "clip") {
    throw new ModelError(`config.json: model_type is ${JSON.stringify(root.model_type)}; "clip" is expected.`);
  }
  const vision = objectAt("config.json: vision_config", root.vision_config);
  const text = objectAt("config.json: text_config", root.text_config);
  // OpenAI's own files leave out fields that equal the defaults of Hugging Face's CLIPTextConfig and CLIPVisionConfig.
  const number = (from: Record<string, unknown>, name: string, field: string, fallback: number) =>
    numberAt(`config.json: ${name}.${field}`, from[field] ?? fallback);
  const visionWidth = number(vision, "vision_config", "hidden_size", 768);
  const textWidth = number(text, "text_config", "hidden_size", 512);
  const activation = text.hidden_act ?? "quick_gelu";
  if ((vision.hidden_act ?? "quick_gelu") !== activation) {
    throw new ModelError("config.json: the two towers have different hidden_act, which is not supported.");
  }
  for (const [name, tower] of [
    ["vision_config", vision],
    ["text_config", text],
  ] as const) {
    if (number(tower, name, "layer_norm_eps", 1e-5) !== 1e-5) {
      throw new ModelError(`config.json: ${name}.layer_norm_eps is ${tower.layer_norm_eps}; 1e-5 is supported.`);
    }
  }
  const config: ClipConfig = {
    embedDim: numberAt("config.json: projection_dim", root.projection_dim ?? 512),
    activation: activation as Activation,
    vision: {
      imageSize: number(vision, "vision_config", "image_size", 224),
      patchSize: number(vision, "vision_config", "patch_size", 32),
      width: visionWidth,
      layers: number(vision, "vision_config", "num_hidden_layers", 12),
      heads: number(vision, "vision_config", "num_attention_heads", 12),
      mlpRatio: number(vision, "vision_config", "intermediate_size", 3072) / visionWidth,
    },
    text: {
      contextLength: number(text, "text_config", "max_position_embeddings", 77),
      vocabSize: number(text, "text_config", "vocab_size", 49408),
      width: textWidth,
      layers: number(text, "text_config", "num_hidden_layers", 12),
      heads: number(text, "text_config", "num_attention_heads", 8),
      mlpRatio: number(text, "text_config", "intermediate_size", 2048) / textWidth,
    },
  };
  return resolveClipConfig(config);
}

function fromOwnConfig(root: Record<string, unknown>): ResolvedClipConfig {
  const { model_type: _, ...config } = root;
  return resolveClipConfig(config as unknown as ClipConfig);
}
