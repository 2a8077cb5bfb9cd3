import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadRecipe, recipes } from "@tesserae/train";
import { describe, expect, it } from "vitest";

async function recipeFile(content: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "tesserae-recipe-")), "my-recipe.ts");
  await writeFile(file, content);
  return file;
}

const load = (recipe: string, settings: readonly string[] = [], scale?: string) =>
  loadRecipe({ recipe, settings, ...(scale ? { scale } : {}) });

describe("loadRecipe", () => {
  it("lays scale and settings over a recipe's flags and makes its steps", async () => {
    const { flags, steps, described, scale } = await load("mosaiclip", [
      "batchSize=8",
      "model.text.layers=1",
      "swap=1",
    ]);
    expect(scale).toBe("world");
    expect([flags.batchSize, flags.lr, flags.steps, flags.swap]).toEqual([8, 1e-3, 1200, 1]);
    expect(flags.world.train).toBe(8192); // the scale's; the default is 16,384
    expect(flags.model.text).toMatchObject({ layers: 1, width: 96 });
    expect(steps.map(({ name }) => name)).toEqual(["train"]);
    expect(described.maxNegatives).toBe(6);
    const tuned = await load("mosaiclip", ["pretrained=runs/base"]);
    expect(tuned.steps.map(({ name }) => name)).toEqual(["train", "wise-ft"]);
  });

  it("takes a length in the place of the other one, and unsets with an empty value", async () => {
    expect((await load("clip", ["epochs=2"])).flags).toMatchObject({ epochs: 2 });
    expect((await load("clip", ["epochs=2"])).flags.steps).toBeUndefined();
    expect((await load("clip", ["epochs=2", "steps=5"])).flags.epochs).toBeUndefined();
    expect((await load("clip", ["imagePositionStd="])).flags.imagePositionStd).toBeUndefined();
    expect((await load("clip", ["epochs="])).flags.steps).toBe(800); // unsets what is not set
    expect((await load("clip", ["steps=", "epochs=2"])).flags).toMatchObject({ epochs: 2 });
    await expect(load("clip", ["steps="])).rejects.toThrow('recipe clip: give either "steps" or "epochs"');
  });

  it("reads a recipe from a file with this app's own packages", async () => {
    const file = await recipeFile(`
      import { clipLoss } from "@tesserae/losses";
      import { caption } from "@tesserae/negatives";
      import { defineRecipe, train } from "@tesserae/train";
      export default defineRecipe({
        name: "mine", flags: { smoothing: 0.1 }, scales: { small: { steps: 3 } },
        steps: (flags) => [train({ texts: caption(), loss: clipLoss({ labelSmoothing: flags.smoothing }) })],
      });`);
    const { name, scale, steps } = await load(file, ["smoothing=0.2"]);
    expect([name, scale]).toEqual(["mine", "small"]);
    expect(steps[0]!.options).toMatchObject({ objective: { options: { loss: { options: { labelSmoothing: 0.2 } } } } });
  });

  it.each([
    [["bachSize=3"], 'recipe clip: unknown flag "bachSize"; did you mean "batchSize"?'],
    [["world.sed=3"], 'recipe clip: unknown flag "world.sed"; did you mean "seed"?'],
    [["lr=fast"], 'recipe clip: "lr" is "fast": '],
    [["model.text.widht=3"], 'recipe clip: unknown flag "model.text.widht"; did you mean "width"?'],
    [["model.vison.width=3"], 'recipe clip: unknown flag "model.vison"; did you mean "vision"?'],
    [["model.text=3"], 'recipe clip: "model.text" is 3: '],
    [["world.constructor.x=1"], '--set world.constructor.x=1: "constructor" is no name of a flag'],
    [["a..b=1"], '--set a..b=1: "" is no name of a flag'],
    [["steps=1.5"], 'recipe clip: "steps" is 1.5: '],
    [["batchSize=-1"], 'recipe clip: "batchSize" is -1: '],
    [["labelSmoothing=true"], 'recipe clip: "labelSmoothing" is true; expected a number, such as 0'],
    [["__proto__.x=1"], '--set __proto__.x=1: "__proto__" is no name of a flag'],
    [["lr"], "--set lr: expected key=value, as in --set batchSize=32"],
    [["lockImage=true", "lockText=true"], '"lockImage" and "lockText" together leave nothing to train'],
  ])("refuses %j", async (settings, message) => {
    await expect(load("clip", settings)).rejects.toThrow(message);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it.each([
    ["batchSize: () => 4", '"batchSize" is a function: '],
    ["batchSize: new Date(0)", '"batchSize" is "1970-01-01T00:00:00.000Z"; expected a plain value'],
    ["batchSize: 3n", '"batchSize" is 3: '],
    ["batchSize: Symbol('x')", '"batchSize" is Symbol(x): '],
    ["batchSize: NaN", '"batchSize" is NaN: '],
    ["batchSize: [1]", '"batchSize" is [1]: '],
    ["world: new Map([[1, 2]])", '"world" is a Map; expected a plain value'],
    ["model: null", '"model" is null: '],
    ["bachSize: 4", 'unknown flag "bachSize"; did you mean "batchSize"?'],
    ["['__proto__']: { x: 1 }", 'unknown flag "__proto__"; '],
    ["model: { text: { widht: 4 } }", 'unknown flag "model.text.widht"; did you mean "width"?'],
  ])("names file, key and value of { %s } in a recipe's scale", async (flags, message) => {
    const file = await recipeFile(
      `export default { name: "odd", flags: {}, scales: { world: { steps: 1, ${flags} } }, steps: () => [] };`,
    );
    await expect(load(file)).rejects.toThrow(`${file}: ${message}`);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it("tells a function or a date as a value in words", async () => {
    const file = await recipeFile(
      "export default { name: 'odd', flags: { lr: () => 1, wd: new Date(0) }, scales: { world: { steps: 1 } }, steps: () => [] };",
    );
    await expect(load(file)).rejects.toThrow(/"wd" is "1970-01-01T00:00:00.000Z"; .*\n.*"lr" is a function: /);
  });

  it("names what is not there, with the nearest", async () => {
    await expect(load("mosaclip")).rejects.toThrow('mosaclip: no such recipe or file; did you mean "mosaiclip"?');
    await expect(load("mosaiclip", ["formWeights.foo=1"])).rejects.toThrow(
      'recipe mosaiclip: unknown flag "formWeights"; ',
    );
    await expect(load("clip", [], "wrld")).rejects.toThrow(
      '--scale wrld: recipe clip has no such scale; did you mean "world"?',
    );
    await expect(loadRecipe({ recipe: "clip", miner: "negclip" })).rejects.toThrow(
      '--miner negclip: recipe clip has no flag "miner"',
    );
    await expect(load("negclip", ["miner=neglcip"])).rejects.toThrow("--miner neglcip: unknown miner");
    await expect(load("mosaiclip", ["vocabulary=no/lists"])).rejects.toThrow("--set vocabulary=no/lists: ");
    await expect(load(await recipeFile("export default 7"))).rejects.toThrow("its default export is no recipe");
    await expect(load(await recipeFile("export default {"))).rejects.toThrow("does not load");
  });

  it.each(recipes.flatMap(({ name, scales }) => Object.keys(scales).map((scale) => [name, scale] as const)))(
    "%s has steps at scale %s",
    async (recipe, scale) => {
      const told: string[] = [];
      const loaded = await loadRecipe({ recipe, scale, tellMissing: (line) => told.push(line) });
      expect(loaded.steps.length).toBeGreaterThan(0);
    },
  );
});
