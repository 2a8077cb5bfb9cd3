import { mkdtemp, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resultSchema } from "@tesserae/benchmarks";
import { parseRegionPairs } from "@tesserae/region-mapper";
import { loadRecipe, runRecipe } from "@tesserae/train";
import { describe, expect, it } from "vitest";

const silent = { step: () => {}, count: () => {}, note: () => {}, stop: () => {} };

async function runVilla(
  settings: readonly string[],
): Promise<{ readonly out: string; readonly record: Awaited<ReturnType<typeof runRecipe>> }> {
  const out = await mkdtemp(join(tmpdir(), "villa-"));
  const recipe = await loadRecipe({ recipe: "villa", scale: "smoke", settings });
  return { out, record: await runRecipe(recipe, { out, progress: silent }) };
}

describe("villa", { timeout: 300_000 }, () => {
  it("trains one-to-one, maps, assigns and trains on regions; every step leaves what the next one reads", async () => {
    const { out, record } = await runVilla([]);
    expect(record.parts.map(({ step }) => step)).toEqual(["one-to-one", "mapping", "assign", "train"]);
    const assign = record.parts[2] as { readonly artefacts: { readonly pairs: string }; readonly epsilon: number };
    const lines = (await readFile(join(out, assign.artefacts.pairs), "utf8")).trim().split("\n");
    const pairs = lines.map((line, index) => parseRegionPairs(line, `pairs:${index + 1}`));
    expect(pairs.every(({ regions }) => regions.at(-1)!.whole === true)).toBe(true);
    expect(assign.epsilon).toBeGreaterThan(0);
    const page = await readFile(join(out, assign.artefacts.pairs.replace("pairs.jsonl", "pairs.html")), "utf8");
    expect(page.match(/<figure>/g)).toHaveLength(Math.min(24, lines.length));
    const last = record.parts[3] as { readonly retrieval: readonly Record<string, number>[] };
    expect(last.retrieval.map(({ complexity }) => complexity)).toEqual([16]);
    for (const name of ["textToRegion", "regionToText", "chance"]) {
      expect(last.retrieval[0]![name]).toBeGreaterThan(0);
      expect(last.retrieval[0]![name]).toBeLessThanOrEqual(1);
    }
    const result = JSON.parse(await readFile(join(out, "results", "docmnist-region-retrieval-16.json"), "utf8"));
    expect(resultSchema.parse(result).metrics.textToRegion!.value).toBeCloseTo(last.retrieval[0]!.textToRegion!, 12);
    const { weights } = JSON.parse(await readFile(join(out, "run.json"), "utf8"));
    expect(result.model.revision).toBe(weights); // else tables leave the result out
    expect((await stat(join(out, record.model, "model.safetensors"))).size).toBeGreaterThan(1000);
  });

  it.each([
    ["image", ["one-to-one"]],
    ["truth", ["assign", "train"]],
    ["random", ["assign", "train"]],
  ])("has %s as a baseline", async (source, steps) => {
    const recipe = await loadRecipe({ recipe: "villa", scale: "smoke", settings: [`source=${source}`] });
    expect(recipe.steps.map(({ name }) => name)).toEqual(steps);
  });

  it("takes the things of the synthetic world as regions", async () => {
    const { record } = await runVilla(["regions=world", "world.train=40", "world.validation=20", "world.level=full"]);
    expect(record.parts.map(({ step }) => step)).toEqual(["one-to-one", "mapping", "assign", "train"]);
    const { retrieval } = record.parts[3] as unknown as { readonly retrieval: readonly object[] };
    expect(Object.keys(retrieval[0]!)).toEqual(["textToRegion", "regionToText", "chance"]);
    const named = loadRecipe({ recipe: "villa", scale: "smoke", settings: ["regions=mnist"] });
    await expect(named).rejects.toThrow('villa: regions is "mnist"; expected docmnist, world');
  });

  it("says what is missing for COCO", async () => {
    const recipe = await loadRecipe({ recipe: "villa", scale: "coco", settings: ["photos=/nowhere/coco"] });
    const plan = await recipe.steps[0]!.plan!({ flags: recipe.flags, artefacts: {} });
    expect(plan.lines).toEqual([
      "one-to-one: whole images with whole texts, 10 epochs of 256 images, lr 0.00005",
      "one-to-one: equal texts of a batch count as right for a region; starts from timm/resnet50_clip.openai",
    ]);
    expect(plan.missing).toEqual([
      expect.stringContaining("photos /nowhere/coco: no such folder; COCO 2017 as its site gives it"),
    ]);
    expect(plan.fetched).toEqual([
      expect.stringContaining(
        "pretrained timm/resnet50_clip.openai: not here; it is fetched from the hub by that name",
      ),
    ]);
  });

  it("says which sources there are", async () => {
    await expect(loadRecipe({ recipe: "villa", scale: "smoke", settings: ["source=gold"] })).rejects.toThrow(
      'villa: source is "gold"; expected image, mapping, truth, random, whole-text',
    );
  });
});
