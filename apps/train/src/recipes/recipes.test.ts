import { readdir, readFile } from "node:fs/promises";
import { recipes } from "@tesserae/train";
import { expect, it } from "vitest";

const source = (path: string) => readFile(new URL(path, import.meta.url), "utf8");

it("every recipe is a page: its header, which says paper, command and numbers, and at most 80 lines; the loop is under 100", async () => {
  const files = (await readdir(new URL(".", import.meta.url))).filter((name) => !/test|scales|recipes/.test(name));
  expect(files).toHaveLength(recipes.length);
  for (const file of files) {
    const text = await source(file);
    const header = /^\/\*\*[\s\S]*?\*\/\n/.exec(text)?.[0] ?? "";
    expect(header, file).toMatch(/train run [a-z-]+/);
    expect(header, file).toContain("Expected");
    expect(text.slice(header.length).trim().split("\n").length, file).toBeLessThanOrEqual(80);
  }
  expect((await source("../loop/training-loop.ts")).split("\n").length).toBeLessThan(100);
});

it("every recipe runs in seconds; those of image-text pairs on the world and on photos too", () => {
  for (const { name, scales } of recipes) {
    const expected = name === "villa" ? ["smoke", "docmnist"] : ["smoke", "world", "photos"];
    expect(Object.keys(scales), name).toEqual(expect.arrayContaining(expected));
  }
});
