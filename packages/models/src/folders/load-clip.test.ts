import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  type ClipConfig,
  createTokenizer,
  encodeImages,
  encodeTexts,
  loadClip,
  packTokens,
  readWeights,
  saveClip,
} from "@tesserae/models";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tinyClip, tinyConfig } from "../fixtures/tiny-clip.js";

const tokenizer = createTokenizer({ corpus: ["a dog", "a dog"], vocabSize: 520, contextLength: 12 });
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-models-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each([
  ["gelu", "mean"],
  ["quick_gelu", "class"],
] as const)("a saved model comes back bit by bit (%s, %s)", async (activation, pool) => {
  const clip = tinyClip({ activation, vision: { ...tinyConfig.vision, pool } });
  const directory = join(folder, "runs", "model");
  await saveClip(clip, tokenizer, directory);
  expect((await readdir(directory)).sort()).toEqual([
    "config.json",
    "merges.txt",
    "model.safetensors",
    "preprocessor_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.json",
  ]);
  const loaded = await loadClip(directory);
  expect(loaded.clip.config).toEqual(clip.config);
  expect([...(await readWeights(loaded.clip))]).toEqual([...(await readWeights(clip))]);
  const pixels = tf.randomNormal<tf.Rank.R4>([2, 8, 8, 3], 0, 1, "float32", 1);
  expect(encodeImages(loaded.clip, pixels).dataSync()).toEqual(encodeImages(clip, pixels).dataSync());
  const embed = (model: typeof clip, words: typeof tokenizer) =>
    encodeTexts(model, packTokens([words.encode("a dog")])).dataSync();
  expect(embed(loaded.clip, loaded.tokenizer)).toEqual(embed(clip, tokenizer));
});

test("config.json is in Hugging Face's form and carries the activation", async () => {
  await saveClip(tinyClip({ activation: "gelu" }), tokenizer, join(folder, "model"));
  const config = JSON.parse(await readFile(join(folder, "model", "config.json"), "utf8"));
  expect(config).toMatchObject({
    model_type: "clip",
    projection_dim: 6,
    text_config: {
      hidden_act: "gelu",
      hidden_size: 8,
      intermediate_size: 16,
      eos_token_id: tokenizer.endId,
      vocab_size: 520,
    },
    vision_config: { hidden_act: "gelu", image_size: 8, patch_size: 4, num_hidden_layers: 2, num_attention_heads: 2 },
  });
});

test("saving again replaces the model and leaves nothing else behind", async () => {
  const directory = join(folder, "model");
  await saveClip(tinyClip({}, 1), tokenizer, directory);
  const second = tinyClip({}, 2);
  await saveClip(second, tokenizer, directory);
  expect(await readdir(folder)).toEqual(["model"]);
  expect([...(await readWeights((await loadClip(directory)).clip))]).toEqual([...(await readWeights(second))]);
});

test("a folder with other files is left as it is", async () => {
  await writeFile(join(folder, "notes.txt"), "mine");
  await expect(saveClip(tinyClip(), tokenizer, folder)).rejects.toThrow(
    `saveClip: ${folder} also holds notes.txt; a checkpoint is replaced as a whole, so give it a folder of its own.`,
  );
  expect(await readdir(folder)).toEqual(["notes.txt"]);
});

test("a tokenizer with more ids than the model is refused", async () => {
  const large = createTokenizer({ corpus: ["ab cd ef gh ij kl mn op", "ab cd ef gh ij kl mn op"], vocabSize: 530 });
  await expect(saveClip(tinyClip(), large, join(folder, "model"))).rejects.toThrow(
    "saveClip: the tokenizer has 522 ids, the model only 520.",
  );
  expect(await readdir(folder)).toEqual([]);
});

test("refuses a format and a size of shards that do not exist", async () => {
  const save = (options: object) => saveClip(tinyClip(), tokenizer, join(folder, "model"), options);
  await expect(save({ format: "openclip" })).rejects.toThrow(
    'saveClip: format is "openclip"; expected one of hf, open_clip.',
  );
  await expect(save({ maxShardSize: 0 })).rejects.toThrow("saveClip: maxShardSize is 0; expected more than 0 bytes.");
  expect(await readdir(folder)).toEqual([]);
});

test("every file that is missing, cut or of another model is named", async () => {
  const directory = join(folder, "model");
  await expect(loadClip(directory)).rejects.toThrow(
    `loadClip: ${directory}: cannot read config.json (ENOENT); a model folder holds config.json and model.safetensors, or open_clip_config.json and open_clip_model.safetensors, and tokenizer.json.`,
  );
  const save = () => saveClip(tinyClip(), tokenizer, directory);
  const damage = async (file: string, change: (content: Buffer) => Buffer | string) => {
    await save();
    await writeFile(join(directory, file), change(await readFile(join(directory, file))));
    return expect(loadClip(directory)).rejects;
  };
  await (await damage("config.json", (content) => content.subarray(0, 50))).toThrow(
    `loadClip: ${directory}: config.json is no JSON`,
  );
  await (await damage("config.json", () => '{"model_type": "bert"}')).toThrow(
    'config.json: model_type is "bert"; "clip" is expected.',
  );
  await (await damage("config.json", () => "[]")).toThrow("config.json is []; an object is expected.");
  await (
    await damage("config.json", (content) => `${content}`.replace('"hidden_size": 8', '"hidden_size": 12'))
  ).toThrow(`loadClip: ${directory}: The weights do not fit the configuration`);
  await (await damage("tokenizer.json", () => "{}")).toThrow("tokenizer.json: a model with its type and vocab");
  await (await damage("tokenizer.json", (content) => content.subarray(0, content.length / 2))).toThrow(
    `loadClip: ${directory}: tokenizer.json is no JSON`,
  );
  await (await damage("model.safetensors", (content) => content.subarray(0, -4))).toThrow(
    `loadClip: ${directory}: model.safetensors is no valid safetensors file: its tensors take`,
  );
  await (
    await damage("model.safetensors", (content) => {
      content.writeFloatLE(Number.NaN, content.length - 4);
      return content;
    })
  ).toThrow("text_projection.weight[47] in model.safetensors is NaN; a finite number is expected.");
});

test("a pointer of Git LFS in the place of a file is named", async () => {
  const directory = join(folder, "model");
  await saveClip(tinyClip(), tokenizer, directory);
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 605157884\n";
  for (const name of ["model.safetensors", "tokenizer.json"]) {
    const content = await readFile(join(directory, name));
    await writeFile(join(directory, name), pointer);
    await expect(loadClip(directory)).rejects.toThrow(
      `loadClip: ${directory}: ${name} is a pointer of Git LFS, not the file itself; run \`git lfs pull\` in its repository, or download the file.`,
    );
    await writeFile(join(directory, name), content);
  }
});

test("a tensor of doubles is refused by its name", async () => {
  const directory = join(folder, "model");
  await saveClip(tinyClip(), tokenizer, directory);
  const header = JSON.stringify({ logit_scale: { dtype: "F64", shape: [], data_offsets: [0, 8] } });
  const bytes = Buffer.alloc(8 + header.length + 8);
  bytes.writeBigUInt64LE(BigInt(header.length));
  bytes.write(header, 8);
  await writeFile(join(directory, "model.safetensors"), bytes);
  await expect(loadClip(directory)).rejects.toThrow(
    `loadClip: ${directory}: model.safetensors: logit_scale holds numbers of the type "F64"; F32, F16, BF16, I64 are read, so save it as one of those`,
  );
});

test.each([3, 512])("a tokenizer saved with its texts cut at %i gives texts of the model's context", async (length) => {
  const directory = join(folder, "model");
  await saveClip(tinyClip(), tokenizer, directory);
  const path = join(directory, "tokenizer.json");
  const json = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...json, truncation: { ...json.truncation, max_length: length } }));
  const { tokenizer: loaded } = await loadClip(directory);
  expect(loaded.encode("a dog a dog")).toEqual(tokenizer.encode("a dog a dog"));
  expect(loaded.encode("a dog ".repeat(20))).toHaveLength(12);
});

test("large weights are cut into shards with an index, and a shard that is not there is named", async () => {
  const clip = tinyClip();
  const directory = join(folder, "model");
  await saveClip(clip, tokenizer, directory, { maxShardSize: 10_000 });
  const shards = (await readdir(directory)).filter((name) => name.endsWith(".safetensors"));
  expect(shards.sort()).toEqual([
    "model-00001-of-00003.safetensors",
    "model-00002-of-00003.safetensors",
    "model-00003-of-00003.safetensors",
  ]);
  const index = JSON.parse(await readFile(join(directory, "model.safetensors.index.json"), "utf8"));
  expect(index.weight_map["text_model.embeddings.token_embedding.weight"]).toBe("model-00002-of-00003.safetensors");
  expect([...(await readWeights((await loadClip(directory)).clip))]).toEqual([...(await readWeights(clip))]);
  await rm(join(directory, "model-00002-of-00003.safetensors"));
  await expect(loadClip(directory)).rejects.toThrow(
    `loadClip: ${directory}: cannot read model-00002-of-00003.safetensors (ENOENT)`,
  );
  index.weight_map.logit_scale = "../elsewhere.safetensors";
  await writeFile(join(directory, "model.safetensors.index.json"), JSON.stringify(index));
  await expect(loadClip(directory)).rejects.toThrow('names "../elsewhere.safetensors", no file of the folder.');
});

test("vocab.json and merges.txt stand in for tokenizer.json", async () => {
  const directory = join(folder, "model");
  await saveClip(tinyClip(), tokenizer, directory);
  await rm(join(directory, "tokenizer.json"));
  const loaded = (await loadClip(directory)).tokenizer;
  expect(Array.from(loaded.encode("a dog and a dog"))).toEqual(Array.from(tokenizer.encode("a dog and a dog")));
  expect(loaded.contextLength).toBe(12); // the model's

  const vocabulary = await readFile(join(directory, "vocab.json"));
  await writeFile(join(directory, "vocab.json"), vocabulary.subarray(0, 1000));
  await expect(loadClip(directory)).rejects.toThrow(`loadClip: ${directory}: vocab.json is no JSON`);
  await writeFile(join(directory, "vocab.json"), vocabulary);
  const merges = (await readFile(join(directory, "merges.txt"), "utf8")).split("\n");
  await writeFile(join(directory, "merges.txt"), merges.join("\r\n"));
  expect((await loadClip(directory)).tokenizer.encode("a dog")).toEqual(tokenizer.encode("a dog"));
  await writeFile(join(directory, "merges.txt"), merges.slice(0, 1).join("\n"));
  await expect(loadClip(directory)).rejects.toThrow(/the vocabulary has \d+ tokens that no merge makes, the first is/);
});

test.each<[string, Partial<ClipConfig>]>([
  ["vision transformer", { activation: "gelu" }],
  ["ResNet", { vision: { type: "resnet", imageSize: 32, width: 2, layers: [1, 1, 1, 1], heads: 2 } }],
])("open_clip's layout comes back bit by bit (%s)", async (_, config) => {
  const clip = tinyClip(config);
  const directory = join(folder, "model");
  await saveClip(clip, tokenizer, directory, { format: "open_clip" });
  const files = await readdir(directory);
  expect(files).toContain("open_clip_model.safetensors");
  expect(files).not.toContain("config.json");
  const loaded = await loadClip(directory);
  expect(loaded.clip.config).toEqual(clip.config);
  expect(new Map(await readWeights(loaded.clip))).toEqual(new Map(await readWeights(clip)));
});

test("open_clip's layout names what it cannot hold and what is not supported", async () => {
  const directory = join(folder, "model");
  const mean = tinyClip({ vision: { ...tinyConfig.vision, pool: "mean" } });
  await expect(saveClip(mean, tokenizer, directory, { format: "open_clip" })).rejects.toThrow(
    'open_clip has no place for pool "mean", a tower without a class token; write the model in the "hf" format.',
  );
  await saveClip(tinyClip(), tokenizer, directory, { format: "open_clip" });
  const path = join(directory, "open_clip_config.json");
  const config = JSON.parse(await readFile(path, "utf8"));
  config.model_cfg.vision_cfg.attentional_pool = true;
  await writeFile(path, JSON.stringify(config));
  await expect(loadClip(directory)).rejects.toThrow(
    "open_clip_config.json: vision_cfg.attentional_pool is true, which is not supported.",
  );
});

test("towers that Hugging Face's CLIPModel lacks are kept under an own model type", async () => {
  const clip = tinyClip({
    vision: { type: "swin", imageSize: 16, patchSize: 2, width: 4, layers: [1, 1], heads: [1, 2], windowSize: 4 },
    text: { type: "bert", contextLength: 12, vocabSize: 520, width: 8, layers: 1, heads: 2, pool: "mean" },
  });
  const directory = join(folder, "model");
  await saveClip(clip, tokenizer, directory);
  expect(JSON.parse(await readFile(join(directory, "config.json"), "utf8")).model_type).toBe("tesserae_clip");
  const loaded = await loadClip(directory);
  expect(loaded.clip.config).toEqual(clip.config);
  expect([...(await readWeights(loaded.clip))]).toEqual([...(await readWeights(clip))]);

  const config = JSON.parse(await readFile(join(directory, "config.json"), "utf8"));
  const misspelt = { ...config, text: { ...config.text, pooling: "class" } };
  await writeFile(join(directory, "config.json"), JSON.stringify(misspelt));
  await expect(loadClip(directory)).rejects.toThrow(
    `loadClip: ${directory}: text.pooling is unknown; the fields of text are type, contextLength,`,
  );
});

test.each([
  ["F16", 0x3000, 1024],
  ["BF16", 0x3e00, 128],
])("weights in half the bytes (%s) are read as the float32 numbers they stand for", async (dtype, eighth, steps) => {
  const clip = tinyClip();
  const directory = join(folder, "model");
  await saveClip(clip, tokenizer, directory);
  const header: Record<string, unknown> = {};
  let count = 0;
  for (const [name, { shape, size }] of clip.variables) {
    header[name] = { dtype, shape, data_offsets: [2 * count, 2 * (count + size)] };
    count += size;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new DataView(new ArrayBuffer(8 + text.length + 2 * count));
  bytes.setBigUint64(0, BigInt(text.length), true);
  new Uint8Array(bytes.buffer).set(text, 8);
  // Numbers from 1/8 to 1/4: one exponent, every fraction.
  for (let i = 0; i < count; i++) bytes.setUint16(8 + text.length + 2 * i, eighth + (i % steps), true);
  await writeFile(join(directory, "model.safetensors"), new Uint8Array(bytes.buffer));

  const weights = await readWeights((await loadClip(directory)).clip);
  const numbers = [...weights.values()].flatMap(({ data }) => [...data]);
  expect(numbers).toEqual(Array.from({ length: count }, (_, i) => (1 + (i % steps) / steps) / 8));
});
