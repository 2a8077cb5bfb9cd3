import { readFile } from "node:fs/promises";
import { trainConfigSchema } from "@tesserae/train";
import { expect, it } from "vitest";

it("has exactly the keys that the README's table explains", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const table = readme.slice(readme.indexOf("| key | default |"), readme.indexOf("**Fine-tuning.**"));
  const explained = table.split("\n").flatMap((line) => {
    const first = line.split("|")[1] ?? "";
    return [...first.matchAll(/`([\w]+)[\w.]*`/g)].map(([, key]) => key!);
  });
  expect([...new Set(explained)].sort()).toEqual(Object.keys(trainConfigSchema.shape).sort());
});
