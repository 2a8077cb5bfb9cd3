import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { captionPaths, tracedRecipes } from "./caption-path.mjs";

const page = readFileSync(new URL("../docs/guide/from-caption-to-batch.md", import.meta.url), "utf8");
const beforeParse = ["apps/train/src/data/caption-graphs.ts", "apps/train/src/prepare/clean-caption.ts"];
const rows = [...page.matchAll(/^\| \d+ \| `([^`]+)`/gm)].map(([, file]) => file);

it("a caption passes through at most ten files from parse to a batch, and comes back to none; the page lists them", async () => {
  const paths = await captionPaths(tracedRecipes);
  const filesOf = (recipe) => paths[recipe].path.map(({ file }) => file).filter((file) => !beforeParse.includes(file));
  for (const recipe of tracedRecipes) {
    expect(filesOf(recipe).length, recipe).toBeLessThanOrEqual(10);
    expect(paths[recipe].again, recipe).toEqual([]);
  }
  expect(filesOf("negclip")).toEqual(rows);
  expect(filesOf("structure-clip")).toEqual(rows);
  expect(filesOf("clip")).toEqual(rows.filter((file) => !file.endsWith("/combine-texts.ts")));
  expect(filesOf("mosaiclip")).toEqual(rows.map((file) => file.replace("combine-texts.ts", "sub-graph-pairs.ts")));
  expect(filesOf("semantic-guidance")).toContain("packages/augment/src/sentences/sentence-sampling.ts");
}, 120_000);
