import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import "@tensorflow/tfjs-backend-cpu";
import {
  createClip,
  encodeSafetensors,
  encodeTexts,
  loadClip,
  loadTextTower,
  packTokens,
  readWeights,
  saveClip,
  type TextConfig,
  type Tokenizer,
  type Weights,
} from "@tesserae/models";
import { afterEach, beforeEach, expect, test } from "vitest";
import { seeded } from "../fixtures/seeded-weights.js";
import { tinyConfig, uniform } from "../fixtures/tiny-clip.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-tower-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bert: TextConfig = { type: "bert", contextLength: 12, vocabSize: 20, width: 8, layers: 1, heads: 2, mlpRatio: 2 };
const bertJson = {
  model_type: "bert",
  hidden_act: "gelu",
  max_position_embeddings: 12,
  vocab_size: 20,
  hidden_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  intermediate_size: 16,
};
const gemma: TextConfig = {
  type: "gemma",
  contextLength: 12,
  vocabSize: 20,
  width: 8,
  layers: 2,
  heads: 4,
  keyHeads: 2,
  headSize: 4,
  hiddenWidth: 12,
  queryScalar: 4,
  attentionCap: 50,
  slidingWindow: 4,
  ropeBase: 10_000,
};
const gemmaJson = {
  model_type: "gemma2",
  hidden_activation: "gelu_pytorch_tanh",
  max_position_embeddings: 12,
  vocab_size: 20,
  hidden_size: 8,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  head_dim: 4,
  intermediate_size: 12,
  query_pre_attn_scalar: 4,
  attn_logit_softcapping: 50,
  sliding_window: 4,
  rope_theta: 10_000,
};
const head = { shape: [1], data: new Float32Array(1) };

/** What a library's files hold besides the tower. */
const headsOf: Readonly<Record<string, readonly string[]>> = {
  bert: ["cls.predictions.bias", "bert.pooler.dense.bias", "bert.embeddings.position_ids"],
  gemma2: ["lm_head.weight"],
};

/** Writes a text tower's weights as the library that trained it would name them. */
async function write(
  config: { readonly model_type: string } & Readonly<Record<string, unknown>>,
  weights: Weights,
  rename: (name: string) => string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  const own = [...weights].filter(([name]) => name.startsWith("text_model."));
  const named = own.map(([name, array]) => [rename(name.replace("text_model.", "")), array] as const);
  const heads = headsOf[config.model_type]?.map((name) => [name, head] as const) ?? [];
  await writeFile(join(folder, "model.safetensors"), encodeSafetensors(new Map([...named, ...heads])));
}

test.each<[string, TextConfig, { readonly model_type: string }, (name: string) => string]>([
  ["bert", bert, bertJson, (name) => `bert.${name.replace(/LayerNorm\.weight/, "LayerNorm.gamma")}`],
  ["gemma", gemma, gemmaJson, (name) => `model.${name}`],
])("a pre-trained %s becomes a text tower; the rest of the model is fresh", async (_, text, json, rename) => {
  const trained = createClip({ ...tinyConfig, text }, { rng: uniform(1) });
  await write(json, await readWeights(trained), rename);
  const tower = await loadTextTower(folder);
  expect(tower.config).toMatchObject(text);
  const clip = createClip({ ...tinyConfig, text: tower.config }, { rng: uniform(2), weights: tower.weights });
  const [found, expected] = [await readWeights(clip), await readWeights(trained)];
  for (const [name, { data }] of expected) {
    if (name.startsWith("text_model.")) expect(found.get(name)!.data, name).toEqual(data);
  }
  expect(found.get("text_projection.weight")!.data).not.toEqual(expected.get("text_projection.weight")!.data);
  expect(encodeTexts(clip, packTokens([[1, 2, 3]])).shape).toEqual([1, 6]);
});

test.each<[string, TextConfig, { readonly model_type: string; readonly vocab_size: number }]>([
  ["bert-uncased", { ...bert, vocabSize: 220 }, { ...bertJson, vocab_size: 220 }],
  ["gemma", { ...gemma, vocabSize: 460 }, { ...gemmaJson, vocab_size: 460 }],
])("brings its own tokenizer, and the model made with it is saved and loaded (%s)", async (name, text, json) => {
  const fixture = JSON.parse(readFileSync(new URL(`../fixtures/tokenizers/${name}.json`, import.meta.url), "utf8"));
  const trained = createClip({ ...tinyConfig, text }, { rng: uniform(1) });
  await write(json, await readWeights(trained), (own) => own);
  await writeFile(join(folder, "tokenizer.json"), JSON.stringify(fixture.tokenizer));
  const tower = await loadTextTower(folder);
  const clip = createClip({ ...tinyConfig, text: tower.config }, { rng: uniform(2), weights: tower.weights });
  const embed = (model: typeof clip, tokenizer: Tokenizer) =>
    encodeTexts(
      model,
      packTokens([tokenizer.encode("two red cats"), tokenizer.encode("a dog in the street")]),
    ).arraySync();
  await saveClip(clip, tower.tokenizer!, join(folder, "clip"));
  const loaded = await loadClip(join(folder, "clip"));
  expect(loaded.tokenizer.encode("two red cats")).toEqual(tower.tokenizer!.encode("two red cats"));
  expect(embed(loaded.clip, loaded.tokenizer)).toEqual(embed(clip, tower.tokenizer!));
});

test("reads a model that transformers saved by torch.save", async () => {
  // tools/oracles/pytorch_files.py
  const tower = await loadTextTower(fileURLToPath(new URL("../fixtures/pytorch/bert", import.meta.url)));
  expect(tower.config).toMatchObject({ type: "bert", vocabSize: 7, width: 4, layers: 1, heads: 2, contextLength: 5 });
  expect(tower.weights.size).toBe(5 + 16);
  for (const [name, { shape, data }] of tower.weights) expect(data, name).toEqual(seeded(name, shape).data);
});

test("names what is not supported, and weights that do not fit", async () => {
  await write({ ...bertJson, hidden_act: "relu" }, new Map(), (name) => name);
  await expect(loadTextTower(folder)).rejects.toThrow('config.json: hidden_act is "relu"; "gelu" is expected.');
  await write({ model_type: "t5" }, new Map(), (name) => name);
  await expect(loadTextTower(folder)).rejects.toThrow(
    `loadTextTower: ${folder}: config.json: model_type is "t5"; "bert" or "gemma2" is expected, or a type that one of \`towers\` reads.`,
  );
  await expect(loadTextTower(join(folder, "none"))).rejects.toThrow(
    `loadTextTower: ${join(folder, "none")}: cannot read config.json (ENOENT)`,
  );
  expect(() => createClip(tinyConfig, { rng: uniform(1), weights: new Map([["text_model.x", head]]) })).toThrow(
    "The weights do not fit the configuration: text_model.x is unknown.",
  );
});
