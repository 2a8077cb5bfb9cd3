import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  createClip,
  createKnowledgeEncoder,
  createScorer,
  createTokenizer,
  encodeKnowledge,
  encodeTexts,
  exportOnnx,
  inKnowledge,
  loadClip,
  packTokens,
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

test("at evaluation every candidate caption has its own knowledge: t + 0.2 k, not brought back to length one", async () => {
  const clip = create();
  const options = {
    loadImage: async () => ({ width: 1, height: 1, data: new Uint8Array(3) }),
    name: "k",
    revision: "1",
  };
  expect(() => createScorer(clip, tokenizer, options)).toThrow("the model has a knowledge encoder; give triplesOf");
  const facts = { "a dog": [["a dog", "on", "a mat"]], "a mat": [] } as const;
  const captions = Object.keys(facts) as (keyof typeof facts)[];
  const scorer = createScorer(clip, tokenizer, { ...options, triplesOf: (caption) => facts[caption as "a dog"] });
  expect(scorer.measure).toBe("dot-product");
  const found = await scorer.embedTexts(captions);
  const plain = encodeTexts(clip, packTokens(captions.map((caption) => tokenizer.encode(caption)))).arraySync();
  const known = encodeKnowledge(clip.knowledge!, packTriples(Object.values(facts), tokenizer)).arraySync();
  found.forEach((row, i) => {
    for (const [d, value] of row.entries()) expect(value).toBeCloseTo(plain[i]![d]! + 0.2 * known[i]![d]!, 6);
  });
  const heavy = createClip({ ...tinyConfig, knowledge: { ...knowledge, weight: 1 } }, { rng: uniform(1) });
  const [row] = await createScorer(heavy, tokenizer, { ...options, triplesOf: () => facts["a dog"] }).embedTexts([
    "a dog",
  ]);
  for (const [d, value] of row!.entries()) expect(value).toBeCloseTo(plain[0]![d]! + known[0]![d]!, 6);
});

test("names the field that is wrong", () => {
  expect(() => createClip({ ...tinyConfig, knowledge: { ...knowledge, heads: 3 } }, { rng: uniform(1) })).toThrow(
    "knowledge.width is 8, which 3 heads cannot share evenly.",
  );
});
