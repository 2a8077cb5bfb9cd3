import { z } from "zod";
import type { TransformerSizes } from "../../config/fields.js";
import { parseConfig } from "../../config/parse-config.js";
import type { ConfigSection } from "../tower.js";
import { huggingFaceSizes, numberOr, openClipName, rejectUnsupported, sizesOf } from "./format-fields.js";

interface ClipTextOptions extends TransformerSizes {
  readonly contextLength: number;
  readonly vocabSize: number;
}

// OpenAI's own files leave out fields that equal the defaults of Hugging Face's CLIPTextConfig.
const huggingFaceSection = z.object({
  hidden_size: numberOr(512),
  max_position_embeddings: numberOr(77),
  vocab_size: numberOr(49_408),
  num_hidden_layers: numberOr(12),
  num_attention_heads: numberOr(8),
  intermediate_size: numberOr(2048),
});

/** CLIP's text tower as Hugging Face's CLIPTextModel. */
export const clipTextInHuggingFace = {
  modelType: "clip_text_model",
  read(section: ConfigSection, where: string) {
    const found = parseConfig(huggingFaceSection, section, where);
    return {
      contextLength: found.max_position_embeddings,
      vocabSize: found.vocab_size,
      ...sizesOf(found),
    };
  },
  write: ({ contextLength, vocabSize, ...sizes }: ClipTextOptions): ConfigSection => ({
    ...huggingFaceSizes(sizes),
    max_position_embeddings: contextLength,
    vocab_size: vocabSize,
  }),
};

const openClipSection = z.object({
  context_length: numberOr(77),
  vocab_size: numberOr(49_408),
  width: numberOr(512),
  heads: numberOr(8),
  layers: numberOr(12),
  mlp_ratio: numberOr(4),
});

const openClipTensors: Readonly<Record<string, string>> = {
  "embeddings.token_embedding.weight": "token_embedding.weight",
  "embeddings.position_embedding.weight": "positional_embedding",
};

/** CLIP's text tower as open_clip's TextTransformer, which stands in a model without a name of its own. */
export const clipTextInOpenClip = {
  matches: (section: ConfigSection) => section.hf_model_name === undefined,
  read(section: ConfigSection, where: string) {
    rejectUnsupported(section, where, Object.keys(openClipSection.shape), { pool_type: "argmax" });
    const found = parseConfig(openClipSection, section, where);
    return {
      contextLength: found.context_length,
      vocabSize: found.vocab_size,
      width: found.width,
      layers: found.layers,
      heads: found.heads,
      mlpRatio: found.mlp_ratio,
    };
  },
  write: ({ contextLength, vocabSize, width, layers, heads, mlpRatio }: ClipTextOptions): ConfigSection => ({
    context_length: contextLength,
    vocab_size: vocabSize,
    width,
    heads,
    layers,
    mlp_ratio: mlpRatio,
  }),
  tensor: (parameter: string) => ({ name: openClipTensors[parameter] ?? openClipName(parameter) }),
  projection: { name: "text_projection", transposed: true },
};
