import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  createKnowledgeEncoder,
  encodeKnowledge,
  fuseKnowledge,
  packTriples,
  type Triple,
  wordPieceTokenizer,
} from "@tesserae/models";
import { expect, test } from "vitest";
import { uniform } from "../fixtures/tiny-clip.js";

// Numbers are held against the released code's in parity.test.ts.

/** Start 1, end 2, padding 0; a word is the number it says. */
const tokenizer = {
  encode: (text: string) => [1, ...text.split(" ").filter(Boolean).map(Number), 2],
  padId: 0,
};
const config = { embedDim: 4, vocabSize: 30, contextLength: 8, width: 8, layers: 2, heads: 2, mlpRatio: 2 };
const create = (variant: "code" | "paper") => createKnowledgeEncoder({ ...config, variant }, { rng: uniform(3) });
const embed = (triples: readonly (readonly Triple[])[], variant: "code" | "paper" = "code") =>
  encodeKnowledge(create(variant), packTriples(triples, tokenizer));

function distance(a: tf.Tensor, b: tf.Tensor): number {
  return tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
}

test("packs six triples of five tokens, keeps the end of a cut phrase and counts what finds no place", () => {
  const triple: Triple = ["5", "6 7 8 9 10", ""];
  const batch = packTriples([[triple], Array.from({ length: 8 }, () => triple)], tokenizer);
  expect(batch.ids.length).toBe(2 * 6 * 3 * 5);
  expect(Array.from(batch.ids.subarray(0, 20))).toEqual([1, 5, 2, 0, 0, 1, 6, 7, 8, 2, 1, 2, 0, 0, 0, 1, 2, 0, 0, 0]);
  expect(Array.from(batch.lengths.subarray(0, 4))).toEqual([3, 5, 2, 2]);
  expect(Array.from(batch.counts)).toEqual([1, 6]);
  expect(batch.dropped).toBe(2);
});

test("phrases are tokenised by BERT's WordPiece, as in the released code", () => {
  // tools/oracles/tokenizer_layouts.py: [CLS] 2, [SEP] 3, [PAD] 0.
  const path = new URL("../fixtures/tokenizers/bert-uncased.json", import.meta.url);
  const { vocab } = JSON.parse(readFileSync(path, "utf8")).tokenizer.model as { vocab: Record<string, number> };
  const words = Object.keys(vocab).sort((a, b) => vocab[a]! - vocab[b]!);
  const batch = packTriples([[["a red dog", "unbelievably", ""]]], wordPieceTokenizer(words.join("\n")), {
    maxTriples: 1,
  });
  expect(Array.from(batch.ids)).toEqual([2, 7, 68, 86, 3, 2, 143, 101, 36, 3, 2, 3, 0, 0, 0]);
  expect(Array.from(batch.lengths)).toEqual([5, 5, 2]);
});

test.each(["code", "paper"] as const)("head and tail are told apart, rows have length one (%s)", (variant) => {
  const [there, back] = tf.split(embed([[["5", "6", "7"]], [["7", "6", "5"]]], variant), 2);
  expect(there!.shape).toEqual([1, 4]);
  for (const row of [there!, back!]) expect(tf.norm(row).dataSync()[0]).toBeCloseTo(1, 5);
  expect(distance(there!, back!)).toBeGreaterThan(1e-3);
});

test("a caption's row depends on its own triples only, and on all of them", () => {
  const one: Triple = ["5", "6", "7"];
  const two: Triple = ["8", "9", "10 11"];
  const alone = embed([[one]]);
  expect(distance(tf.slice(embed([[one], [two, one]]), [0, 0], [1, 4]), alone)).toBeLessThan(1e-6);
  expect(distance(embed([[one, two]]), alone)).toBeGreaterThan(1e-4);
});

test("without triples there is no knowledge in the paper's variant", () => {
  expect(
    Array.from(
      embed([[], [["5", "6", "7"]]], "paper")
        .dataSync()
        .subarray(0, 4),
    ),
  ).toEqual([0, 0, 0, 0]);
});

test("fusion adds a fifth of the knowledge and does not normalise", () => {
  const fused = fuseKnowledge(tf.tensor2d([[1, 0]]), tf.tensor2d([[0, 1]]));
  expect(fused.dataSync()[0]).toBe(1);
  expect(fused.dataSync()[1]).toBeCloseTo(0.2, 6);
});

test("leaks no tensors and refuses strangers", () => {
  const before = tf.memory().numTensors;
  const encoder = create("code");
  const batch = packTriples([[["5", "6", "7"]]], tokenizer);
  encodeKnowledge(encoder, batch).dispose();
  expect(() => encodeKnowledge(encoder, packTriples([[["30", "6", "7"]]], tokenizer))).toThrow(
    "encodeKnowledge: token id 30 is outside the model's vocabulary of 30; use the tokenizer that belongs to it.",
  );
  encoder.dispose();
  expect(tf.memory().numTensors).toBe(before);
  expect(() => packTriples([[]], tokenizer, { maxTokens: 2 })).toThrow("packTriples: maxTokens is 2; at least 3");
  expect(() => createKnowledgeEncoder({ ...config, heads: 3 }, { rng: uniform(1) })).toThrow(
    "knowledge.width is 8, which 3 heads cannot share evenly.",
  );
});
