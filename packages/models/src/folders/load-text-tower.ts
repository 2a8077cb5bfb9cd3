import { numberAt, objectAt } from "../check-config.js";
import { locate, ModelError } from "../model-error.js";
import type { BertConfig } from "../towers/bert.js";
import type { GemmaConfig } from "../towers/gemma.js";
import type { WeightArray, Weights } from "../weights/weights.js";
import { type HubOptions, modelFolder } from "./hub-folder.js";
import { openModelFolder } from "./model-folder.js";
import { readWeightFiles } from "./weight-files.js";

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
  const directory = await locate("loadTextTower", () => modelFolder(pathOrHubId, options));
  return locate(`loadTextTower: ${directory}`, () => readTextTower(directory));
}

async function readTextTower(directory: string): Promise<TextTower> {
  const folder = await openModelFolder(directory);
  const json = objectAt("config.json", await folder.json("config.json"));
  const config = towerConfig(json);
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

function towerConfig(json: Record<string, unknown>): BertConfig | GemmaConfig {
  if (json.model_type === "bert") return bertConfig(json);
  if (json.model_type === "gemma2") return gemmaConfig(json);
  throw new ModelError(
    `config.json: model_type is ${JSON.stringify(json.model_type)}; "bert" or "gemma2" is expected.`,
  );
}

function bertConfig(json: Record<string, unknown>): BertConfig {
  const read = reader(json);
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
    ropeBase: numberAt("config.json: rope_theta", json.rope_theta ?? rope.rope_theta),
  };
}

function reader(json: Record<string, unknown>): (field: string) => number {
  return (field) => numberAt(`config.json: ${field}`, json[field]);
}

/** A field that may be left out, but not differ. */
function expectField(json: Record<string, unknown>, field: string, expected: string | number): void {
  const found = json[field] ?? expected;
  if (found === expected) return;
  throw new ModelError(`config.json: ${field} is ${JSON.stringify(found)}; ${JSON.stringify(expected)} is expected.`);
}
