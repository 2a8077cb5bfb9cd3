import { numberAt, objectAt } from "../check-config.js";
import { type ClipConfig, type ResolvedClipConfig, resolveClipConfig } from "../clip/clip-config.js";
import { ModelError } from "../model-error.js";
import { clipMean, clipStd } from "../pixels/preprocess.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";

const swinTiny = "swin_tiny_patch4_window7_224";
const openAiVocabulary = 49408;

/**
 * The content of `open_clip_config.json`.
 *
 * @throws ModelError when open_clip has no such model: mean pooling without a class token, BERT and Gemma towers, Swin
 *   transformers other than Swin-Tiny.
 */
export function toOpenClipConfig(config: ResolvedClipConfig, tokenizer: Tokenizer): Record<string, unknown> {
  const { embedDim, vision, text, activation } = config;
  if (text.type !== "clip") throw unsupported(`a "${text.type}" text tower`);
  return {
    model_cfg: {
      embed_dim: embedDim,
      quick_gelu: activation === "quick_gelu",
      vision_cfg: visionSection(vision),
      text_cfg: {
        context_length: text.contextLength,
        vocab_size: text.vocabSize,
        width: text.width,
        heads: text.heads,
        layers: text.layers,
        mlp_ratio: text.mlpRatio,
        // open_clip carries OpenAI's vocabulary; any other is read from the folder, which a name here makes it do.
        ...(tokenizer.vocabSize === openAiVocabulary ? {} : { hf_tokenizer_name: "." }),
      },
    },
    preprocess_cfg: { mean: clipMean, std: clipStd, interpolation: "bicubic", resize_mode: "shortest" },
  };
}

function visionSection(vision: ResolvedClipConfig["vision"]): Record<string, unknown> {
  switch (vision.type) {
    case "vit":
      if (vision.pool !== "class") throw unsupported(`pool "${vision.pool}", a tower without a class token`);
      return {
        image_size: vision.imageSize,
        patch_size: vision.patchSize,
        width: vision.width,
        layers: vision.layers,
        head_width: vision.width / vision.heads,
        mlp_ratio: vision.mlpRatio,
      };
    case "resnet":
      return {
        image_size: vision.imageSize,
        width: vision.width,
        layers: vision.layers,
        head_width: (vision.width * 32) / vision.heads,
      };
    case "swin":
      if (!isSwinTiny(vision)) throw unsupported("a Swin transformer of another size than Swin-Tiny");
      return { image_size: vision.imageSize, timm_model_name: swinTiny, timm_pool: "avg", timm_proj: "linear" };
  }
}

function isSwinTiny(vision: ResolvedClipConfig["vision"]): boolean {
  const { vision: tiny } = resolveClipConfig({
    embedDim: 1,
    vision: { type: "swin" },
    text: { contextLength: 1, vocabSize: 1, width: 1, layers: 1, heads: 1 },
  });
  const sorted = (tower: object) => JSON.stringify(Object.entries(tower).sort());
  return sorted(vision) === sorted(tiny);
}

function unsupported(what: string): ModelError {
  return new ModelError(`open_clip has no place for ${what}; write the model in the "hf" format.`);
}

/** Fields that change nothing about the weights or the forward pass, besides those that are read. */
const harmless = [
  "patch_dropout",
  "output_tokens",
  "hf_tokenizer_name",
  "tokenizer_kwargs",
  "tokenizer_mode",
  "pad_id",
];
const timmFields = [
  "timm_model_name",
  "timm_model_pretrained",
  "timm_pool",
  "timm_proj",
  "timm_drop",
  "timm_drop_path",
];

/**
 * The configuration behind the content of an `open_clip_config.json`; fields left out have open_clip's defaults.
 *
 * @throws ModelError naming the field that is missing or not supported.
 */
export function fromOpenClipConfig(json: unknown): ResolvedClipConfig {
  const model = section((json as { model_cfg?: unknown } | null)?.model_cfg, "model_cfg");
  const vision = section(model.vision_cfg, "model_cfg.vision_cfg");
  const text = section(model.text_cfg, "model_cfg.text_cfg");
  const config: ClipConfig = {
    embedDim: number(model, "embed_dim"),
    activation: model.quick_gelu === true ? "quick_gelu" : "gelu",
    vision: readVision(vision),
    text: {
      contextLength: number(text, "context_length", 77),
      vocabSize: number(text, "vocab_size", openAiVocabulary),
      width: number(text, "width", 512),
      heads: number(text, "heads", 8),
      layers: number(text, "layers", 12),
      mlpRatio: number(text, "mlp_ratio", 4),
    },
  };
  checkFields("text_cfg", text, ["context_length", "vocab_size", "width", "heads", "layers", "mlp_ratio"]);
  return resolveClipConfig(config);
}

function readVision(vision: Record<string, unknown>): ClipConfig["vision"] {
  if (vision.timm_model_name !== undefined) {
    checkFields("vision_cfg", vision, ["image_size", ...timmFields]);
    if (vision.timm_model_name !== swinTiny || (vision.timm_pool ?? "avg") !== "avg") {
      throw new ModelError(
        `open_clip_config.json: vision_cfg.timm_model_name is ${JSON.stringify(vision.timm_model_name)}; of timm's models, ${swinTiny} with timm_pool "avg" is supported.`,
      );
    }
    return { type: "swin", imageSize: number(vision, "image_size", 224) };
  }
  const width = number(vision, "width", 768);
  const headWidth = number(vision, "head_width", 64);
  const imageSize = number(vision, "image_size", 224);
  if (Array.isArray(vision.layers)) {
    checkFields("vision_cfg", vision, ["image_size", "patch_size", "width", "layers", "head_width"]);
    const layers = vision.layers as [number, number, number, number];
    return { type: "resnet", imageSize, width, layers, heads: (width * 32) / headWidth };
  }
  checkFields("vision_cfg", vision, ["image_size", "patch_size", "width", "layers", "head_width", "mlp_ratio"]);
  return {
    imageSize,
    patchSize: number(vision, "patch_size", 16),
    width,
    layers: number(vision, "layers", 12),
    heads: width / headWidth,
    mlpRatio: number(vision, "mlp_ratio", 4),
  };
}

/** Refuses fields that would change the model; those set to nothing (null, false) do not. */
function checkFields(name: string, fields: Record<string, unknown>, read: readonly string[]): void {
  const usual: Record<string, unknown> = {
    pool_type: name === "text_cfg" ? "argmax" : "tok",
    pos_embed_type: "learnable",
  };
  const strange = Object.entries(fields).find(
    ([field, value]) =>
      !read.includes(field) && !harmless.includes(field) && value !== null && value !== false && value !== usual[field],
  );
  if (strange) {
    throw new ModelError(
      `open_clip_config.json: ${name}.${strange[0]} is ${JSON.stringify(strange[1])}, which is not supported.`,
    );
  }
}

function number(from: Record<string, unknown>, field: string, fallback?: number): number {
  return numberAt(`open_clip_config.json: ${field}`, from[field] ?? fallback);
}

function section(value: unknown, name: string): Record<string, unknown> {
  return objectAt(`open_clip_config.json: ${name}`, value);
}
