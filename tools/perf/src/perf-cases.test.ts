import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { perfCases } from "./perf-cases.js";

test("each case has a name of its own, which the README tells", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const rows = readme.split("\n").filter((line) => line.startsWith("| `"));
  const told = rows.map((line) => /^\| `([a-z-]+)`/.exec(line)![1]);
  expect(told.sort()).toEqual(perfCases.map(({ name }) => name).sort());
});
