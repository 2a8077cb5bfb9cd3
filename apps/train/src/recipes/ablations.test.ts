import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { registerGradients } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { batchOf, type RecipeBatch } from "../fixtures/recipe-batch.js";

beforeAll(async () => {
  registerGradients();
  await tf.setBackend("cpu");
});

/** Each flag of a recipe that takes a part away or exchanges it, and what of a batch it may change. */
const ablations: [
  recipe: string,
  settings: readonly string[],
  changes: readonly (keyof RecipeBatch)[],
  base?: readonly string[],
][] = [
  ["clip", ["labelSmoothing=0.1"], ["terms"]],
  ["negclip", ["hardImages=false"], ["images", "places", "texts", "positivePairs", "terms"]],
  ["negclip", ["maxNegatives=0"], ["texts", "places", "terms"]],
  ["structure-clip", ["knowledgeWeight=0"], ["terms", "variables"]],
  ["structure-clip", ["semanticNegatives=false"], ["texts", "places", "terms"]],
  ["structure-clip", ["variant=code"], ["terms"]],
  ["mosaiclip", ["relations=false"], ["texts", "terms", "positivePairs", "fillers"]],
  ["mosaiclip", ["attributes=false"], ["texts", "terms", "positivePairs", "fillers"]],
  ["mosaiclip", ["relations=false", "attributes=false"], ["texts", "terms", "positivePairs", "fillers"]],
  ["mosaiclip", ["objectPairs=1"], ["texts", "terms", "positivePairs", "fillers"]],
  ["mosaiclip", ["curriculum=0"], ["stages", "texts", "terms", "positivePairs", "fillers"]],
  ["mosaiclip", ["swap=1"], ["texts", "places", "terms", "positivePairs", "fillers"]],
  ["mosaiclip", ["fillFromEarlier=false"], ["terms", "fillers"]],
  ["mosaiclip", ["positivesOf=own"], ["positivePairs", "terms"], ["curriculum=0"]],
  ["mosaiclip", ["reduction=sum"], ["terms"]],
  ["mosaiclip", ["checked=false"], ["texts", "terms", "positivePairs", "fillers"]],
  ["semantic-guidance", ["recaption=none"], ["steps"]],
  ["semantic-guidance", ["sampling=false"], ["texts", "terms"]],
  ["semantic-guidance", ["hardNegativeSteps=0"], ["steps"]],
];

describe("what a flag of an ablation changes in a batch", () => {
  it.each(ablations)("%s %j", async (recipe, settings, may, base: readonly string[] = []) => {
    const [before, after] = [await batchOf(recipe, base), await batchOf(recipe, [...base, ...settings])];
    const changed = (Object.keys(before) as (keyof RecipeBatch)[]).filter(
      (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    );
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((key) => !may.includes(key))).toEqual([]);
    expect(changed).toContain(may[0]);
    const only = (batch: RecipeBatch) => Object.fromEntries(changed.map((key) => [key, batch[key]]));
    await expect(`${JSON.stringify({ before: only(before), after: only(after) }, null, 1)}\n`).toMatchFileSnapshot(
      `../fixtures/ablations/${recipe}-${settings.join("-").replaceAll("=", "-")}.json`,
    );
  });

  it("WiSE-FT is a step of a run that fine-tunes, and may be left out", async () => {
    const { loadRecipe } = await import("@tesserae/train");
    const stepsOf = async (...settings: string[]) =>
      (await loadRecipe({ recipe: "mosaiclip", scale: "smoke", settings })).steps.map(({ name }) => name);
    expect(await stepsOf()).toEqual(["train"]);
    expect(await stepsOf("pretrained=a/model")).toEqual(["train", "wise-ft"]);
    expect(await stepsOf("pretrained=a/model", "wiseFt=0")).toEqual(["train"]);
  });
});
