import type { BertConfig } from "./bert.js";
import { ModelError } from "./errors.js";
import type { GemmaConfig } from "./gemma.js";
import { type HubOptions, modelFolder } from "./hub-folder.js";
import { openModelFolder } from "./model-folder.js";
import { readWeightFiles } from "./weight-files.js";
import type { WeightArray, Weights } from "./weights.js";

/** A pre-trained text tower: its configuration for `createClip`, and its weights by the names that they have there. */
export interface TextTower {
  readonly config: BertConfig | GemmaConfig;
  readonly weights: Weights;
}

/**
 * Reads a pre-trained BERT or Gemma 2 (a Hugging Face folder or a model of the hub) to be a text tower:
 *
 * `createClip({ embedDim, vision, text: { ...tower.config, trainableLayers: 4 } }, { rng, weights: tower.weights })`
 *
 * Heads that a tower does not have (`pooler`, `cls`, `lm_head`) are left out.
 *
 * @throws ModelError naming the file that is missing or cut, or the field of `config.json` that is not supported.
 */
export async function loadTextTower(pathOrHubId: string, options: HubOptions = {}): Promise<TextTower> {
  const folder = await openModelFolder(await modelFolder(pathOrHubId, options));
  const json = (await folder.json("config.json")) as Record<string, unknown> | null;
  const config = json?.model_type === "gemma2" ? gemmaConfig(json) : bertConfig(json ?? {});
  const stored = await readWeightFiles(folder, "model");
  const weights = new Map<string, WeightArray>();
  for (const [name, array] of stored) {
    const own = ownName(name);
    if (own !== undefined) weights.set(own, array);
  }
  return { config, weights };
}

/** The name in a tower; undefined for what has no place in one. */
function ownName(name: string): string | undefined {
  const bare = name.replace(/^(bert|model)\./, "");
  if (/^(pooler|cls|lm_head)\.|position_ids$/.test(bare)) return undefined;
  // The oldest BERT files have TensorFlow's names for gain and bias.
  return `text_model.${bare.replace(/\.gamma$/, ".weight").replace(/\.beta$/, ".bias")}`;
}

function bertConfig(json: Record<string, unknown>): BertConfig {
  const read = reader(json);
  expectField(json, "model_type", "bert");
  expectField(json, "hidden_act", "gelu");
  expectField(json, "layer_norm_eps", 1e-12);
  expectField(json, "type_vocab_size", 2);
  const width = read("hidden_size");
  return {
    type: "bert",
    contextLength: read("max_position_embeddings"),
    vocabSize: read("vocab_size"),
    width,
    layers: read("num_hidden_layers"),
    heads: read("num_attention_heads"),
    mlpRatio: read("intermediate_size") / width,
  };
}

function gemmaConfig(json: Record<string, unknown>): GemmaConfig {
  const read = reader(json);
  expectField(json, "hidden_activation", "gelu_pytorch_tanh");
  expectField(json, "rms_norm_eps", 1e-6);
  const rope = (json.rope_parameters ?? {}) as { rope_theta?: unknown };
  return {
    type: "gemma",
    contextLength: read("max_position_embeddings"),
    vocabSize: read("vocab_size"),
    width: read("hidden_size"),
    layers: read("num_hidden_layers"),
    heads: read("num_attention_heads"),
    keyHeads: read("num_key_value_heads"),
    headSize: read("head_dim"),
    hiddenWidth: read("intermediate_size"),
    queryScalar: read("query_pre_attn_scalar"),
    attentionCap: read("attn_logit_softcapping"),
    slidingWindow: read("sliding_window"),
    ropeBase: reader({ rope_theta: json.rope_theta ?? rope.rope_theta })("rope_theta"),
  };
}

function reader(json: Record<string, unknown>): (field: string) => number {
  return (field) => {
    const value = json[field];
    if (typeof value !== "number") {
      throw new ModelError(`config.json: ${field} is ${JSON.stringify(value)}; a number is expected.`);
    }
    return value;
  };
}

/** A field that may be left out, but not differ. */
function expectField(json: Record<string, unknown>, field: string, expected: string | number): void {
  if (field === "model_type" ? json[field] === expected : (json[field] ?? expected) === expected) return;
  const known = field === "model_type" ? '"bert" or "gemma2"' : JSON.stringify(expected);
  throw new ModelError(`config.json: ${field} is ${JSON.stringify(json[field])}; ${known} is expected.`);
}
