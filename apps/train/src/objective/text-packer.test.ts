import { expect, it } from "vitest";
import { createTextPacker } from "./text-packer.js";

const texts = (...lengths: number[]) => lengths.map((length) => new Array<number>(length).fill(1));

it("fills the number of texts up to a multiple of 32 and keeps the shapes of the examples", () => {
  const short = new Array<number>(40).fill(4);
  const shape = (examples: number[][], ...lengths: number[]) =>
    createTextPacker(examples.map((example) => texts(...example)))(texts(...lengths)).chunks.map((chunk) => [
      chunk.count,
      chunk.length,
    ]);
  expect(shape([], ...short)).toEqual([
    [1, 4],
    [2, 4],
    [4, 4],
    [8, 4],
    [16, 4],
    [33, 4],
  ]);
  expect(shape([[19, ...short], short], ...short)[0]).toEqual([1, 20]);
  expect(shape([short], 25, ...short)[0]).toEqual([1, 26]);
});
