import { createTokenizer, packTexts, packTokens } from "@tesserae/models";
import { expect, test } from "vitest";

const texts = [
  [8, 1, 9],
  [8, 1, 2, 3, 4, 9],
  [8, 9],
  [8, 1, 2, 9],
  [8, 1, 2, 3, 9],
];

test("cuts the sorted texts into chunks of doubling size and pads each to its longest", () => {
  const batch = packTokens(texts, { chunks: 2, lengthMultiple: 2 });
  expect(batch.order).toEqual(Int32Array.of(1, 4, 3, 0, 2));
  expect(batch.restore).toEqual(Int32Array.of(3, 0, 4, 2, 1));
  expect(batch.chunks).toEqual([
    { ids: Int32Array.of(8, 1, 2, 3, 4, 9, 8, 1, 2, 3, 9, 0), ends: Int32Array.of(5, 4), count: 2, length: 6 },
    { ids: Int32Array.of(8, 1, 2, 9, 8, 1, 9, 0, 8, 9, 0, 0), ends: Int32Array.of(3, 2, 1), count: 3, length: 4 },
  ]);
});

test("makes no empty chunk", () => {
  const batch = packTokens(texts.slice(0, 2), { chunks: 6 });
  expect(batch.chunks.map(({ count }) => count)).toEqual([1, 1]);
});

test("by default three chunks, lengths in steps of four, no filler", () => {
  const batch = packTokens(texts);
  expect(batch.chunks.map(({ count, length }) => [count, length])).toEqual([
    [1, 8],
    [1, 8],
    [3, 4],
  ]);
  expect([batch.rows, batch.count]).toEqual([5, 5]);
});

test("fills up with copies of the shortest text", () => {
  const batch = packTokens(texts, { chunks: 2, countMultiple: 4, lengthMultiple: 1, padId: 7 });
  expect([batch.rows, batch.count]).toEqual([8, 5]);
  expect(batch.chunks.map(({ count }) => count)).toEqual([3, 5]);
  expect(batch.chunks[1]!.ids).toEqual(Int32Array.of(8, 1, 9, 8, 9, 7, 8, 9, 7, 8, 9, 7, 8, 9, 7));
  expect(batch.order.slice(4)).toEqual(Int32Array.of(2, 5, 6, 7));
});

test("counts filler as texts where it is kept", () => {
  const { rows, count } = packTokens(texts, { countMultiple: 4, keepFiller: true });
  expect([rows, count]).toEqual([8, 8]);
});

test("packs texts as a tokenizer reads them", () => {
  const tokenizer = createTokenizer({ corpus: [], vocabSize: 514 });
  const { chunks } = packTexts(tokenizer, ["z", ""], { chunks: 1, lengthMultiple: 1 });
  expect(chunks).toEqual([
    { ids: Int32Array.of(512, 256 + 89, 513, 512, 513, 0), ends: Int32Array.of(2, 1), count: 2, length: 3 },
  ]);
});

test("keeps the lengths that it is given", () => {
  const batch = packTokens(texts, { chunks: 2, minimumLengths: [12, 4] });
  expect(batch.chunks.map(({ length }) => length)).toEqual([12, 4]);
});

test("refuses no texts and texts without tokens", () => {
  expect(() => packTokens([])).toThrow("packTokens: no texts were given.");
  expect(() => packTokens([[1]], { chunks: 0 })).toThrow(
    "packTokens: chunks is 0; a positive whole number is expected.",
  );
  expect(() => packTokens([[1], []])).toThrow(
    "packTokens: text 1 has no tokens; a tokenizer gives at least start and end.",
  );
});
