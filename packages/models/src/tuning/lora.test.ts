import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  addLora,
  type Clip,
  createTokenizer,
  encodeImages,
  encodeTexts,
  mergeLora,
  packPrefixes,
  packTokens,
  readWeights,
  saveClip,
} from "@tesserae/models";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { tinyClip, uniform } from "../fixtures/tiny-clip.js";

beforeAll(registerGradients);

const sequences = [
  [518, 7, 519],
  [518, 9, 8, 7, 519],
];
const pixels = tf.randomNormal<tf.Rank.R4>([2, 8, 8, 3], 0, 1, "float32", 6);

function outputs(clip: Clip): number[] {
  return tf.tidy(() => [
    ...encodeImages(clip, pixels).dataSync(),
    ...encodeTexts(clip, packTokens(sequences)).dataSync(),
    ...encodeTexts(clip, packPrefixes(sequences)).dataSync(),
  ]);
}

const largest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

/** An adapted model whose B are no longer 0, as after training. */
function trained() {
  const clip = addLora(tinyClip(), { rank: 2, alpha: 6, rng: uniform(3) });
  for (const [name, adapter] of clip.adapters) {
    if (name.endsWith("lora_B.weight")) adapter.assign(tf.randomNormal(adapter.shape, 0, 0.3, "float32", 4));
  }
  return clip;
}

test("an adapted model starts as the model that it was made of, and adds alpha/rank · B·A", async () => {
  const plain = tinyClip();
  expect(outputs(addLora(tinyClip(), { rank: 2, rng: uniform(3) }))).toEqual(outputs(plain));

  const clip = trained();
  expect(largest(outputs(clip), outputs(plain))).toBeGreaterThan(1e-3);
  const name = "vision_model.encoder.layers.1.self_attn.q_proj";
  const expected = (await readWeights(plain)).get(`${name}.weight`)!.data.slice();
  const a = clip.adapters.get(`${name}.lora_A.weight`)!.dataSync();
  const b = clip.adapters.get(`${name}.lora_B.weight`)!.dataSync();
  for (let row = 0; row < 8; row++) {
    for (let column = 0; column < 8; column++) {
      for (let k = 0; k < 2; k++) expected[row * 8 + column]! += 3 * b[row * 2 + k]! * a[k * 8 + column]!;
    }
  }
  const read = tf.tidy(() => [...clip.read(`${name}.weight`).dataSync()]);
  expect(largest(read, [...expected])).toBeLessThan(1e-6);
});

test("merged, it is a plain model with the same outputs", async () => {
  const clip = trained();
  const names = [...tinyClip().variables.keys()];
  const before = tf.memory().numTensors;
  const merged = await mergeLora(clip);
  expect([...merged.variables.keys()]).toEqual(names);
  expect(largest(outputs(merged), outputs(clip))).toBeLessThan(1e-6);
  merged.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test("only the adapters get gradients, and those are the slopes", () => {
  const clip = trained();
  const loss = () =>
    tf.sum(tf.matMul(encodeImages(clip, pixels), encodeTexts(clip, packTokens(sequences)), false, true)) as tf.Scalar;
  const { grads } = tf.variableGrads(loss, [...clip.variables.values()]);
  const withGradient = [...clip.variables].filter(([, { name }]) => grads[name]).map(([name]) => name);
  expect(withGradient).toEqual([...clip.adapters.keys()]);
  expect(clip.adapters.size).toBe(2 * 2 * 2 * 2); // A and B of queries and values in two layers of two towers

  for (const adapter of clip.adapters.values()) {
    const values = adapter.dataSync().slice();
    const at = (offset: number) => {
      adapter.assign(
        tf.tensor(
          values.map((value, i) => (i === 1 ? value + offset : value)),
          adapter.shape,
        ),
      );
      return loss().dataSync()[0]!;
    };
    const slope = (at(1e-2) - at(-1e-2)) / 2e-2;
    at(0);
    expect(Math.abs(grads[adapter.name]!.dataSync()[1]! - slope)).toBeLessThan(2e-3);
  }
});

test("refuses what cannot be adapted, and to save what is not merged", async () => {
  const lora = (select: (name: string) => boolean) => () => addLora(tinyClip(), { rank: 2, select, rng: uniform(1) });
  expect(lora((name) => name === "nothing")).toThrow("addLora: no variable was selected; such weights are called like");
  expect(lora((name) => name.includes("token_embedding"))).toThrow(
    "addLora: text_model.embeddings.token_embedding.weight is not the weight of a linear layer",
  );
  expect(() => addLora(tinyClip(), { rank: 0, rng: uniform(1) })).toThrow("addLora: rank is 0; expected 1 or more.");
  const tokenizer = createTokenizer({ corpus: ["a dog"], vocabSize: 515, contextLength: 12 });
  await expect(saveClip(trained(), tokenizer, "nowhere")).rejects.toThrow("mergeLora");
});
