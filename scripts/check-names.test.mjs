import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { checkNames } from "./check-names.mjs";

let root;
afterEach(() => rmSync(root, { recursive: true }));

/** What the check says about an app with one file, beside a miner "shuffle" made by `shuffle()`. */
function check(path, source) {
  root = mkdtempSync(join(tmpdir(), "tesserae-names-"));
  const files = {
    "packages/negatives/src/miners/shuffle.ts":
      'export function shuffle() { return { name: "shuffle", version: "1" }; }\nfunction own() {}\n',
    [path]: source,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return checkNames(root).errors;
}

const branch =
  'import { shuffle } from "@tesserae/negatives";\nexport const pick = (name) => (name === "shuffle" ? shuffle() : own());\n';

it("finds a name and a factory in an app's code", () => {
  const said = "what it is belongs into a recipe, a definition, or the package that makes it";
  expect(check("apps/train/src/steps/pick.ts", branch)).toEqual([
    `apps/train/src/steps/pick.ts:1: names shuffle(); ${said}`,
    `apps/train/src/steps/pick.ts:2: names "shuffle"; ${said}`,
  ]);
});

it("lets recipes, definitions and tests name what they are made of", () => {
  expect(check("apps/train/src/recipes/mine.ts", branch)).toEqual([]);
  expect(check("apps/bench/src/definitions/mine.ts", branch)).toEqual([]);
  expect(check("apps/train/src/steps/pick.test.ts", branch)).toEqual([]);
});

it("lets text for people name anything", () => {
  const help =
    '// shuffle\nimport type { Shuffle } from "@tesserae/negatives";\nexport const help = "a miner such as shuffle";\n';
  expect(check("apps/train/src/steps/pick.ts", help)).toEqual([]);
});
