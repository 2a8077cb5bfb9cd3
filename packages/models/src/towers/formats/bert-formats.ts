import { z } from "zod";
import { numberField } from "../../config/fields.js";
import { parseConfig } from "../../config/parse-config.js";
import type { ConfigSection } from "../tower.js";
import { expectField, sizeFields, sizesOf } from "./format-fields.js";

const section = z.object({
  max_position_embeddings: numberField,
  vocab_size: numberField,
  ...sizeFields,
});

/** A BERT as Hugging Face's BertModel, or a model with a head on one. */
export const bertInHuggingFace = {
  modelType: "bert",
  read(from: ConfigSection, where: string) {
    expectField(from, where, "hidden_act", "gelu");
    expectField(from, where, "layer_norm_eps", 1e-12);
    expectField(from, where, "type_vocab_size", 2);
    const found = parseConfig(section, from, where);
    return {
      contextLength: found.max_position_embeddings,
      vocabSize: found.vocab_size,
      ...sizesOf(found),
    };
  },
  /** The pooler and the heads have no place; the oldest files have TensorFlow's names for gain and bias. */
  parameter(stored: string): string | undefined {
    const bare = stored.replace(/^bert\./, "");
    if (/^(pooler|cls)\.|position_ids$/.test(bare)) return undefined;
    return bare.replace(/\.gamma$/, ".weight").replace(/\.beta$/, ".bias");
  },
};
