import { z } from "zod";
import type { TransformerSizes } from "../../config/fields.js";
import { parseConfig } from "../../config/parse-config.js";
import { ModelError } from "../../model-error.js";
import type { ConfigSection } from "../tower.js";
import { huggingFaceSizes, numberOr, openClipName, rejectUnsupported, sizesOf } from "./format-fields.js";

interface VitOptions extends TransformerSizes {
  readonly imageSize: number;
  readonly patchSize: number;
  readonly pool: "class" | "mean" | "none";
}

// OpenAI's own files leave out fields that equal the defaults of Hugging Face's CLIPVisionConfig.
const huggingFaceSection = z.object({
  hidden_size: numberOr(768),
  image_size: numberOr(224),
  patch_size: numberOr(32),
  num_hidden_layers: numberOr(12),
  num_attention_heads: numberOr(12),
  intermediate_size: numberOr(3072),
});

/** A vision transformer read at its class token, as Hugging Face's CLIPVisionModel. */
export const vitInHuggingFace = {
  modelType: "clip_vision_model",
  read(section: ConfigSection, where: string) {
    const found = parseConfig(huggingFaceSection, section, where);
    return {
      imageSize: found.image_size,
      patchSize: found.patch_size,
      ...sizesOf(found),
    };
  },
  write({ imageSize, patchSize, pool, ...sizes }: VitOptions): ConfigSection | undefined {
    if (pool !== "class") return undefined;
    return {
      ...huggingFaceSizes(sizes),
      image_size: imageSize,
      patch_size: patchSize,
      num_channels: 3,
    };
  },
};

const openClipSection = z.object({
  image_size: numberOr(224),
  patch_size: numberOr(16),
  width: numberOr(768),
  layers: numberOr(12),
  head_width: numberOr(64),
  mlp_ratio: numberOr(4),
});

const openClipTensors: Readonly<Record<string, string>> = {
  "embeddings.class_embedding": "visual.class_embedding",
  "embeddings.patch_embedding.weight": "visual.conv1.weight",
  "embeddings.position_embedding.weight": "visual.positional_embedding",
};

/** A vision transformer as open_clip's VisionTransformer. */
export const vitInOpenClip = {
  matches: (section: ConfigSection) => section.timm_model_name === undefined && !Array.isArray(section.layers),
  read(section: ConfigSection, where: string) {
    rejectUnsupported(section, where, Object.keys(openClipSection.shape), { pool_type: "tok" });
    const found = parseConfig(openClipSection, section, where);
    return {
      imageSize: found.image_size,
      patchSize: found.patch_size,
      width: found.width,
      layers: found.layers,
      heads: found.width / found.head_width,
      mlpRatio: found.mlp_ratio,
    };
  },
  write({ imageSize, patchSize, width, layers, heads, mlpRatio, pool }: VitOptions): ConfigSection {
    if (pool !== "class") {
      throw new ModelError(
        `open_clip has no place for pool "${pool}", a tower without a class token; write the model in the "hf" format.`,
      );
    }
    return {
      image_size: imageSize,
      patch_size: patchSize,
      width,
      layers,
      head_width: width / heads,
      mlp_ratio: mlpRatio,
    };
  },
  tensor: (parameter: string) => ({ name: openClipTensors[parameter] ?? `visual.${openClipName(parameter)}` }),
  projection: { name: "visual.proj", transposed: true },
};
