import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  createClip,
  createKnowledgeEncoder,
  createTokenizer,
  encodeKnowledge,
  exportOnnx,
  inKnowledge,
  loadClip,
  packTriples,
  readWeights,
  saveClip,
} from "@tesserae/models";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { tinyConfig, uniform } from "../fixtures/tiny-clip.js";

beforeAll(registerGradients);

const tokenizer = createTokenizer({ corpus: ["a dog", "a dog"], vocabSize: 520, contextLength: 12 });
const knowledge = { vocabSize: 520, contextLength: 8, width: 8, layers: 2, heads: 2 };
const create = () => createClip({ ...tinyConfig, knowledge }, { rng: uniform(1) });
const triples = packTriples([[["a dog", "on", "a mat"]], []], tokenizer);

test("its variables are the model's, after those of the towers, and are trained with them", () => {
  const clip = create();
  const names = [...clip.variables.keys()];
  const own = names.filter(inKnowledge);
  expect(names.slice(-own.length)).toEqual(own);
  expect(own).toHaveLength(5 + 2 * 16 + 2);
  expect(own.at(-1)).toBe("knowledge_encoder.linear.bias");
  const { grads } = tf.variableGrads(() => tf.sum(encodeKnowledge(clip.knowledge!, triples)) as tf.Scalar);
  expect(own.filter((name) => grads[clip.variables.get(name)!.name] === undefined)).toEqual([]);
});

test("embeds as a knowledge encoder of its own does", async () => {
  const clip = create();
  const alone = createKnowledgeEncoder({ ...knowledge, embedDim: 6 }, { rng: uniform(2) });
  for (const [name, variable] of clip.knowledge!.variables) alone.variables.get(name)!.assign(variable);
  expect(encodeKnowledge(clip.knowledge!, triples).arraySync()).toEqual(encodeKnowledge(alone, triples).arraySync());
});

test("is saved and loaded with the model; formats without a place for it say so", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tesserae-knowledge-"));
  const clip = create();
  const phrases = createTokenizer({ corpus: ["a mat", "a mat"], vocabSize: 518, contextLength: 12 });
  await saveClip(clip, tokenizer, join(folder, "model"), { phraseTokenizer: phrases });
  const loaded = await loadClip(join(folder, "model"));
  expect(loaded.clip.config).toEqual(clip.config);
  expect([...(await readWeights(loaded.clip))]).toEqual([...(await readWeights(clip))]);
  expect(loaded.phraseTokenizer!.encode("a mat")).toEqual(phrases.encode("a mat"));
  expect(loaded.tokenizer.encode("a mat")).toEqual(tokenizer.encode("a mat"));

  await saveClip(clip, tokenizer, join(folder, "model"));
  expect((await loadClip(join(folder, "model"))).phraseTokenizer).toBeUndefined();

  await expect(saveClip(clip, tokenizer, join(folder, "other"), { format: "open_clip" })).rejects.toThrow(
    'open_clip has no place for a knowledge encoder; write the model in the "hf" format.',
  );
  const toOnnx = async () => new Uint8Array();
  await expect(exportOnnx(clip, tokenizer, join(folder, "other"), { toOnnx })).rejects.toThrow(
    "exportOnnx: the model has a knowledge encoder, which takes triples; ONNX holds its towers only.",
  );
  await rm(folder, { recursive: true });
});

test("names the field that is wrong", () => {
  expect(() => createClip({ ...tinyConfig, knowledge: { ...knowledge, heads: 3 } }, { rng: uniform(1) })).toThrow(
    "knowledge.width is 8, which 3 heads cannot share evenly.",
  );
});
