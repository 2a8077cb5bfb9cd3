import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProgress, loadRecipe, runRecipe } from "@tesserae/train";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const progress = { ...createProgress("none"), note: () => {} };
const tiny = ["steps=2", "batchSize=4", "world.train=24", "world.validation=4"];

async function run(scale: string, settings: readonly string[], example = "compare.ts") {
  const file = fileURLToPath(new URL(example, import.meta.url));
  const recipe = await loadRecipe({ recipe: file, scale, settings: [...tiny, ...settings] });
  const out = await mkdtemp(join(tmpdir(), "tesserae-compare-"));
  return runRecipe(recipe, { out, progress, backend: "ort", threads: 1 });
}

describe("the parts of compare.ts", () => {
  it.each([
    ["vit", "siglip", "crepe"],
    ["resnet", "ce-clip", "svlc"],
    ["swin", "fsc-clip", "clove"],
    ["bert", "triplet", "sugarcrepe"],
    ["gemma", "hinge", "aro-order"],
    ["vit", "clip", "ngram-shuffle"],
    ["vit", "clip", "replace"],
    ["vit", "clip", "both"],
    ["vit", "clip", "masked-lm"],
    ["vit", "clip", "rewrite"],
  ])("%s with the loss %s and the negatives of %s train, every step traced", async (scale, loss, negatives) => {
    const record = await run(scale, [`loss=${loss}`, `negatives=${negatives}`]);
    expect(record.parts[0]).toMatchObject({ steps: 2, traces: { fallenBack: 0 } });
    expect(Number.isFinite(record.loss!.last)).toBe(true);
  });
});

it("FSC-CLIP's local loss trains beside its global one, every step traced", async () => {
  const record = await run("world", [], "fsc-clip.ts");
  expect(record.parts[0]).toMatchObject({ steps: 2, traces: { fallenBack: 0 } });
  expect(Number.isFinite(record.loss!.last)).toBe(true);
});

/** The text of all sources in a folder, tests and fixtures left out. */
async function sources(folder: string): Promise<string> {
  const files = await readdir(join(root, folder), { recursive: true });
  const own = files.filter((file) => file.endsWith(".ts") && !/\.test\.ts$|fixtures/.test(file));
  return (await Promise.all(own.map((file) => readFile(join(root, folder, file), "utf8")))).join("\n");
}

/** Names of the functions of a package's index whose declared result is of a type. */
async function factories(folder: string, type: string): Promise<readonly string[]> {
  const [index, all] = [await readFile(join(root, folder, "index.ts"), "utf8"), await sources(folder)];
  const made = [...all.matchAll(/export function (\w+)(?:<[^>]*>)?\(/g)].flatMap(({ 1: name, index: start }) => {
    const head = all.slice(start, all.indexOf(" {\n", all.indexOf(")", start) - 1) + 1);
    return new RegExp(`\\): ${type}(<[^{]*)? $`).test(head) ? [name!] : [];
  });
  return made.filter((name) => new RegExp(`\\b${name}\\b`).test(index));
}

it.each([
  ["packages/losses/src", "Loss", 10],
  ["packages/negatives/src", "NegativeMiner", 12],
  ["packages/negatives/src", "TextSource", 4],
  ["packages/augment/src", "TextSource|SentenceSampling", 1],
  ["apps/train/src", "Step|TrainStep", 4],
])("every exported factory in %s of a %s is used by a recipe or an example", async (folder, type, fewest) => {
  const names = await factories(folder, `(?:${type})`);
  expect(names.length).toBeGreaterThanOrEqual(fewest);
  const used = [
    await sources("apps/train/src/recipes"),
    await sources("apps/train/src/regions"),
    await sources("docs/examples"),
    await readFile(join(root, "docs/guide/fine-tune.md"), "utf8"),
  ].join("\n");
  expect(names.filter((name) => !new RegExp(`\\b${name}\\(`).test(used))).toEqual([]);
});

it("every tower is used by a recipe or an example", async () => {
  const used = `${await sources("apps/train/src/recipes")}\n${await sources("docs/examples")}`;
  for (const type of ["resnet", "swin", "bert", "gemma"]) expect(used).toContain(`type: "${type}"`);
});
