import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { perfSubjects } from "./subjects.js";

test("each subject has a name of its own, which the README tells", async () => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const row = readme.split("\n").find((line) => line.startsWith("| `perf <subject>`"))!;
  const told = [...row.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
  expect(told.sort()).toEqual(perfSubjects.map(({ name }) => name).sort());
});
