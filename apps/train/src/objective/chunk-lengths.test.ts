import { createTokenizer, packTexts } from "@tesserae/models";
import { expect, it } from "vitest";
import { chunkLengths, packOptions } from "./chunk-lengths.js";

const tokenizer = createTokenizer({ corpus: ["a dog"], vocabSize: 520, contextLength: 48 });
/** Start and end stand around the words; every letter here is a token. */
const text = (tokens: number) => "z ".repeat(tokens - 2).trim();
const short = new Array<string>(40).fill(text(4));

it("fills the number of texts up to a multiple of 32 and keeps the lengths of the examples", () => {
  const shape = (examples: readonly (readonly string[])[], texts: readonly string[]) =>
    packTexts(tokenizer, texts, packOptions(chunkLengths(examples, tokenizer))).chunks.map(({ count, length }) => [
      count,
      length,
    ]);
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
