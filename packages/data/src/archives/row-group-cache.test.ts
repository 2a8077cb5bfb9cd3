import { expect, test } from "vitest";
import { createRowGroupCache } from "./row-group-cache.js";

/** A file of three groups of two rows; the image of a row is ten bytes of its number. Notes what is read. */
function file(indexed: readonly string[]) {
  const reads: (readonly [number, number])[] = [];
  return {
    reads,
    groups: [0, 2, 4].map((start) => ({ start, rows: 2, indexed: new Set(indexed) })),
    readImages: async (_: unknown, start: number, end: number) => {
      reads.push([start, end]);
      return Array.from({ length: end - start }, (_, index) => new Uint8Array(10).fill(start + index));
    },
  };
}

test("reads a row alone where its pages have an index", async () => {
  const { reads, ...parquet } = file(["image"]);
  const { image } = createRowGroupCache(parquet, { name: "image" });
  expect([(await image(3))![0], (await image(0))![0]]).toEqual([3, 0]);
  expect(reads).toEqual([
    [3, 4],
    [0, 1],
  ]);
});

test("reads a row with its group, once, and keeps the groups used last up to a limit", async () => {
  const { reads, ...parquet } = file(["caption"]);
  const { image } = createRowGroupCache(parquet, { name: "image" }, 40);
  const rows = await Promise.all([1, 0].map((row) => image(row)));
  expect(rows.map((bytes) => bytes![0])).toEqual([1, 0]);
  expect(reads).toEqual([[0, 2]]);
  for (const row of [2, 1, 4]) expect((await image(row))![0]).toBe(row); // now the group of 2 goes: 0 was used after it
  expect((await image(0))![0]).toBe(0);
  expect((await image(3))![0]).toBe(3);
  expect(reads).toEqual([
    [0, 2],
    [2, 4],
    [4, 6],
    [2, 4],
  ]);
  expect(await image(9)).toBeUndefined();
});
