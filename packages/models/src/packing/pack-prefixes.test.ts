import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { encodeTexts, packPrefixes, packTokens } from "@tesserae/models";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { tinyClip } from "../fixtures/tiny-clip.js";

beforeAll(registerGradients);

/** A caption, two that share its beginning, one that is the beginning of another, an equal one, and one of its own. */
const texts = [
  [518, 1, 2, 3, 4, 5, 519],
  [518, 1, 2, 3, 9, 5, 519],
  [518, 7, 8, 519],
  [518, 1, 2, 519],
  [518, 1, 2, 3, 4, 5, 519],
  [518, 7, 8, 519, 519],
];

test("a shared beginning stands once, in the order of the tokens", () => {
  const { rows, length, ids, positions, parents, ends, endsPerRow, count, ...others } = packPrefixes(texts, {
    length: 16,
  });
  expect([rows, length, endsPerRow, count]).toEqual([1, 16, 5, 6]);
  expect([...ids]).toEqual([518, 1, 2, 3, 4, 5, 519, 9, 5, 519, 519, 7, 8, 519, 519, 0]);
  expect([...positions]).toEqual([0, 1, 2, 3, 4, 5, 6, 4, 5, 6, 3, 1, 2, 3, 4, 0]);
  expect([...parents]).toEqual([-1, 0, 1, 2, 3, 4, 5, 3, 7, 8, 2, 0, 11, 12, 13, -1]);
  expect([...ends]).toEqual([6, 9, 13, 10, 6, 14]);
  expect([...others.lasts]).toEqual([14, 10, 10, 9, 6, 6, 6, 9, 9, 9, 10, 14, 14, 14, 14, 15]);
  expect([...others.endColumns]).toEqual([6, 9, 13, 10, 14]);
  expect([...others.slots]).toEqual([0, 1, 2, 3, 0, 4]);
});

test("a row that is full gives way to the next, which begins anew", () => {
  const { rows, length, ids, ends } = packPrefixes(texts, { length: 8 });
  expect([rows, length]).toEqual([3, 8]);
  expect([...ids.subarray(0, 8)]).toEqual([518, 1, 2, 3, 4, 5, 519, 0]);
  expect([...ids.subarray(8, 16)]).toEqual([518, 1, 2, 3, 9, 5, 519, 519]);
  expect([...ends]).toEqual([6, 14, 19, 15, 6, 20]);
  expect(packPrefixes(texts, { length: 3 }).length).toBe(7);
});

test("shapes are rounded up and kept", () => {
  const shape = ({ rows, length, endsPerRow }: ReturnType<typeof packPrefixes>) => [rows, length, endsPerRow];
  expect(shape(packPrefixes(texts, { length: 8, rowMultiple: 4, endMultiple: 8 }))).toEqual([4, 8, 8]);
  const minimum = { rows: 6, length: 10, endsPerRow: 3 };
  expect(shape(packPrefixes(texts, { length: 8, minimum }))).toEqual([6, 10, 3]);
});

test.each([{ length: 48 }, { length: 8 }, { length: 8, rowMultiple: 4, endMultiple: 4 }])(
  "gives the embeddings and gradients of padded texts within 1e-5 (%j)",
  (options) => {
    const clip = tinyClip();
    const weights = tf.randomNormal([6, 6], 0, 1, "float32", 3);
    const text = [...clip.variables].filter(([name]) => name.startsWith("text")).map(([, variable]) => variable);
    const padded = packTokens(texts, { chunks: 1, minimumLengths: [12] });
    const shared = packPrefixes(texts, options);
    const largest = (x: tf.Tensor) => tf.max(tf.abs(x)).dataSync()[0]!;
    expect(largest(tf.sub(encodeTexts(clip, shared), encodeTexts(clip, padded)))).toBeLessThan(1e-5);
    const gradients = (tokens: typeof padded | typeof shared) =>
      tf.variableGrads(() => tf.sum(tf.mul(encodeTexts(clip, tokens), weights)) as tf.Scalar, text).grads;
    const [found, expected] = [gradients(shared), gradients(padded)];
    for (const { name } of text) {
      const size = Math.max(1, largest(expected[name]!));
      expect(largest(tf.sub(found[name]!, expected[name]!))).toBeLessThan(1e-5 * size);
    }
  },
);

test("refuses texts beyond the model's context or vocabulary, and other towers", () => {
  const clip = tinyClip();
  const long = Array.from({ length: 13 }, (_, i) => i);
  expect(() => encodeTexts(clip, packPrefixes([long]))).toThrow("encodeTexts: a text has 13 tokens");
  expect(() => encodeTexts(clip, packPrefixes([[518, 520]]))).toThrow("encodeTexts: token id 520 is outside");
  const bert = { type: "bert", contextLength: 12, vocabSize: 520, width: 8, layers: 1, heads: 2 } as const;
  expect(() => encodeTexts(tinyClip({ text: bert }), packPrefixes(texts))).toThrow(
    `packPrefixes is for causal towers such as CLIP's; this model's text tower is "bert", so use packTokens.`,
  );
  expect(() => packPrefixes([])).toThrow("packPrefixes: no texts were given.");
  expect(() => packPrefixes([[1]], { rowMultiple: 0 })).toThrow("packPrefixes: rowMultiple is 0;");
  expect(() => packPrefixes([[1], []])).toThrow("packPrefixes: text 1 has no tokens");
});

test("leaks no tensors", () => {
  const clip = tinyClip();
  const before = tf.memory().numTensors;
  encodeTexts(clip, packPrefixes(texts)).dispose();
  expect(tf.memory().numTensors).toBe(before);
});
