import { z } from "zod";
import { numberField } from "../../config/fields.js";
import { parseConfig } from "../../config/parse-config.js";
import type { ConfigSection } from "../tower.js";
import { expectField, sizeFields } from "./format-fields.js";

const section = z.object({
  max_position_embeddings: numberField,
  vocab_size: numberField,
  ...sizeFields,
  num_key_value_heads: numberField,
  head_dim: numberField,
  query_pre_attn_scalar: numberField,
  attn_logit_softcapping: numberField,
  sliding_window: numberField,
  rope_theta: numberField,
});

/** A Gemma 2 as Hugging Face's Gemma2Model, or a language model on one. */
export const gemmaInHuggingFace = {
  modelType: "gemma2",
  read(from: ConfigSection, where: string) {
    expectField(from, where, "hidden_activation", "gelu_pytorch_tanh");
    expectField(from, where, "rms_norm_eps", 1e-6);
    const rope = (from.rope_parameters ?? {}) as ConfigSection; // where newer versions keep it
    const found = parseConfig(section, { ...from, rope_theta: from.rope_theta ?? rope.rope_theta }, where);
    return {
      contextLength: found.max_position_embeddings,
      vocabSize: found.vocab_size,
      width: found.hidden_size,
      layers: found.num_hidden_layers,
      heads: found.num_attention_heads,
      keyHeads: found.num_key_value_heads,
      headSize: found.head_dim,
      hiddenWidth: found.intermediate_size,
      queryScalar: found.query_pre_attn_scalar,
      attentionCap: found.attn_logit_softcapping,
      slidingWindow: found.sliding_window,
      ropeBase: found.rope_theta,
    };
  },
  /** The head over the vocabulary has no place. */
  parameter: (stored: string) => (stored.startsWith("lm_head.") ? undefined : stored.replace(/^model\./, "")),
};
