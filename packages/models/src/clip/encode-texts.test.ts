import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { encodeTexts, packTokens } from "@tesserae/models";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { tinyClip, uniform } from "../fixtures/tiny-clip.js";

beforeAll(registerGradients);

const rng = uniform(2);
const texts = Array.from({ length: 7 }, (_, i) => [
  518,
  ...Array.from({ length: 1 + ((i * 5) % 10) }, () => Math.floor(rng() * 500)),
  519,
]);

function distance(a: tf.Tensor, b: tf.Tensor): number {
  return tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
}

test("ragged texts give the same embeddings, in the same order, as padded ones", () => {
  const clip = tinyClip();
  const padded = encodeTexts(clip, packTokens(texts, { chunks: 1, minimumLengths: [12] }));
  expect(padded.shape).toEqual([7, 6]);
  for (const length of tf.norm(padded, 2, 1).dataSync()) expect(length).toBeCloseTo(1, 5);
  for (const chunks of [2, 3, 7]) {
    expect(distance(encodeTexts(clip, packTokens(texts, { chunks })), padded)).toBeLessThan(1e-5);
  }
  const one = encodeTexts(clip, packTokens([texts[4]!]));
  expect(distance(one, tf.slice(padded, [4, 0], [1, 6]))).toBeLessThan(1e-5);
});

test("ragged texts give the same gradients as padded ones", () => {
  const clip = tinyClip();
  const variables = [...clip.variables].filter(([name]) => name.startsWith("text")).map(([, variable]) => variable);
  const weights = tf.randomNormal([7, 6], 0, 1, "float32", 3);
  const gradients = (chunks: number, length: number) =>
    tf.variableGrads(
      () =>
        tf.sum(
          tf.mul(encodeTexts(clip, packTokens(texts, { chunks, minimumLengths: [length] })), weights),
        ) as tf.Scalar,
      variables,
    ).grads;
  const [ragged, padded] = [gradients(3, 0), gradients(1, 12)];
  for (const { name } of variables) {
    const size = tf.max(tf.abs(padded[name]!)).dataSync()[0]!;
    expect(distance(ragged[name]!, padded[name]!)).toBeLessThan(1e-5 * Math.max(1, size));
  }
});

test("padding and filler change nothing; filler rows come last", () => {
  const clip = tinyClip();
  const plain = encodeTexts(clip, packTokens(texts));
  const padded = encodeTexts(clip, packTokens(texts, { padId: 519, countMultiple: 5 }));
  expect(padded.shape).toEqual([10, 6]);
  expect(distance(tf.slice(padded, [0, 0], [7, 6]), plain)).toBeLessThan(1e-5);
});

test("word order matters", () => {
  const clip = tinyClip();
  const [ab, ba] = tf.unstack(
    encodeTexts(
      clip,
      packTokens([
        [518, 1, 2, 519],
        [518, 2, 1, 519],
      ]),
    ),
  );
  expect(distance(ab!, ba!)).toBeGreaterThan(1e-4);
});

test("a text as long as the context fits, although lengths are rounded up; a longer one is refused", () => {
  const clip = tinyClip();
  const full = Array.from({ length: 12 }, (_, i) => i);
  const rounded = encodeTexts(clip, packTokens([full], { lengthMultiple: 8 }));
  expect(distance(rounded, encodeTexts(clip, packTokens([full], { lengthMultiple: 1 })))).toBeLessThan(1e-6);
  expect(() => encodeTexts(clip, packTokens([[...full, 1]]))).toThrow(
    "encodeTexts: a text has 13 tokens, but the model's context is 12; make the tokenizer with that contextLength.",
  );
  expect(() => encodeTexts(clip, packTokens([[518, 520, 519]]))).toThrow(
    "encodeTexts: token id 520 is outside the model's vocabulary of 520; use the tokenizer that belongs to it.",
  );
});
