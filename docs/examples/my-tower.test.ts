import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  addLora,
  createClip,
  createTokenizer,
  encodeTexts,
  layerDecay,
  loadClip,
  packTokens,
  saveClip,
} from "@tesserae/models";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { expect, it } from "vitest";
import averaging from "./my-tower.js";

registerGradients();

const tokenizer = createTokenizer({ corpus: ["a red dog and a blue cat"], vocabSize: 540, contextLength: 32 });
const { vocabSize } = tokenizer;
const create = () =>
  createClip(
    {
      embedDim: 4,
      vision: { imageSize: 8, patchSize: 4, width: 8, layers: 1, heads: 2 },
      text: averaging({ contextLength: 32, vocabSize, width: 8 }),
    },
    { rng: seeded(1) },
  );
const embed = (clip: ReturnType<typeof create>, ...captions: string[]) =>
  encodeTexts(clip, packTokens(captions.map((caption) => tokenizer.encode(caption)))).arraySync();

/** Numbers in [0, 1) that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

it("embeds texts without their order", () => {
  const [one, other, third] = embed(create(), "a red dog and a blue cat", "a blue dog and a red cat", "a red cat");
  one!.forEach((value, d) => {
    expect(value).toBeCloseTo(other![d]!, 6);
  });
  expect(Math.hypot(...one!.map((value, d) => value - third![d]!))).toBeGreaterThan(1e-3);
});

it("is trained, decayed by layer and adapted like any other tower", () => {
  const clip = create();
  const tokens = packTokens([tokenizer.encode("a red dog")]);
  const { grads } = tf.variableGrads(() => tf.sum(encodeTexts(clip, tokens)) as tf.Scalar);
  expect(grads[clip.variables.get("text_model.words.weight")!.name]).toBeDefined();
  const factor = layerDecay(clip, 0.5);
  const names = ["words.weight", "layers.0.weight", "layers.1.bias"].map((name) => `text_model.${name}`);
  expect([...names, "text_projection.weight"].map(factor)).toEqual([0.125, 0.25, 0.5, 1]);
  const select = (name: string) => name.startsWith("text_model.layers.1.") && name.endsWith("weight");
  expect([...addLora(clip, { rank: 2, select, rng: seeded(2) }).adapters.keys()]).toEqual([
    "text_model.layers.1.lora_A.weight",
    "text_model.layers.1.lora_B.weight",
  ]);
});

it("is saved and loaded with the model", async () => {
  const clip = create();
  const folder = await mkdtemp(join(tmpdir(), "my-tower-"));
  await saveClip(clip, tokenizer, join(folder, "model"));
  const loaded = await loadClip(join(folder, "model"), { towers: [averaging] });
  expect(embed(loaded.clip, "a red dog")).toEqual(embed(clip, "a red dog"));
  await expect(loadClip(join(folder, "model"))).rejects.toThrow(
    'text.type is "averaging"; expected one of clip, bert,',
  );
  await rm(folder, { recursive: true });
});
