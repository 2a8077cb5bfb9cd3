import { createTokenizer, packTexts } from "@tesserae/models";
import { expect, it } from "vitest";
import { findPacking, packShared, raggedOptions } from "./text-packing.js";

const tokenizer = createTokenizer({ corpus: ["a dog"], vocabSize: 520, contextLength: 48 });
/** Start and end stand around the words; every letter here is a token. */
const text = (tokens: number) => "z ".repeat(tokens - 2).trim();
const short = new Array<string>(40).fill(text(4));

it("fills the number of texts up to a multiple of 32 and keeps the lengths of the examples", () => {
  const shape = (examples: readonly (readonly string[])[], texts: readonly string[]) => {
    const { lengths } = findPacking(examples, tokenizer);
    return packTexts(tokenizer, texts, raggedOptions(lengths)).chunks.map(({ count, length }) => [count, length]);
  };
  expect(shape([], short)).toEqual([
    [1, 4],
    [2, 4],
    [4, 4],
    [8, 4],
    [16, 4],
    [33, 4],
  ]);
  expect(shape([[text(19), ...short], short], short)[0]).toEqual([1, 20]);
  expect(shape([short], [text(25), ...short])[0]).toEqual([1, 26]);
});

it("shares beginnings where the tower can and the examples share much, and fills up to their rows", () => {
  const alike = Array.from({ length: 40 }, (_, index) => `a dog and a cat ${"z".repeat(index % 7)}`);
  const apart = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(97 + index)} z z z`);
  expect(findPacking([apart], tokenizer, { sharesPrefixes: true }).prefixes).toBeUndefined();
  expect(findPacking([alike], tokenizer).prefixes).toBeUndefined();
  const packing = findPacking([alike], tokenizer, { sharesPrefixes: true });
  expect(packing.prefixes).toEqual({ rows: 4, length: 24, endsPerRow: 4 });
  const two = ["a dog", "a cat"].map((text) => tokenizer.encode(text));
  expect(packShared(two, packing.prefixes)).toMatchObject({ rows: 4, length: 24, count: 32 });
});
