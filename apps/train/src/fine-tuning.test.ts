import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inTower, loadClip, readWeights } from "@tesserae/models";
import { createProgress, type Progress, parseConfig, train } from "@tesserae/train";
import { beforeAll, describe, expect, it } from "vitest";

const settings = {
  method: "clip",
  world: { seed: 1, train: 16, validation: 4 },
  batchSize: 8,
  warmup: 0,
  saveFrequency: 2,
} as const;
const tower = { width: 16, layers: 1, heads: 2 };
const silent: Progress = { ...createProgress("none"), note: () => {} };
const breaksOff: Progress = {
  ...silent,
  step: () => {
    throw new Error("broken off");
  },
};
const options = { progress: silent, backend: "ort", threads: 1 };
const folder = () => mkdtemp(join(tmpdir(), "tesserae-fine-tuning-"));

async function weightsOf(run: string) {
  const { clip, tokenizer } = await loadClip(join(run, "checkpoint"));
  const weights = await readWeights(clip);
  const ids = [...tokenizer.encode("a red square left of a blue circle")];
  clip.dispose();
  return { config: clip.config, weights, ids };
}

/** Largest change of a weight, by what `select` says of its name. */
function largestChange(
  before: Awaited<ReturnType<typeof weightsOf>>,
  after: typeof before,
  select = (_: string) => true,
) {
  let largest = 0;
  for (const [name, { data }] of before.weights) {
    const now = after.weights.get(name)!.data;
    if (select(name)) for (const [i, value] of data.entries()) largest = Math.max(largest, Math.abs(value - now[i]!));
  }
  return largest;
}

describe("fine-tuning", () => {
  let pretrained: string;
  beforeAll(async () => {
    const run = await folder();
    const model = { embedDim: 16, vision: { ...tower, imageSize: 16, patchSize: 8 }, text: tower };
    await train(parseConfig({ ...settings, name: "first", steps: 2, model }, "test"), { ...options, out: run });
    pretrained = join(run, "checkpoint");
  }, 60_000);

  const tune = (more: object, name = "tuned") =>
    parseConfig({ ...settings, name, pretrained, seed: 5, steps: 4, lr: 1e-4, ...more }, "test");

  it("starts from the given model and tokenizer", async () => {
    const out = await folder();
    await train(tune({ steps: 1, lr: 1e-7, wd: 0 }), { ...options, out });
    const [before, after] = [await weightsOf(join(pretrained, "..")), await weightsOf(out)];
    expect(after.config).toEqual(before.config);
    expect(after.ids).toEqual(before.ids);
    const change = largestChange(before, after);
    expect(change).toBeGreaterThan(0);
    expect(change).toBeLessThan(1e-6);
  });

  it("gives the same weights when it was broken off and resumed", async () => {
    const [whole, broken] = [await folder(), await folder()];
    await train(tune({}), { ...options, out: whole });
    const config = tune({ logEveryNSteps: 3 });
    await expect(train(config, { ...options, out: broken, progress: breaksOff })).rejects.toThrow("broken off");
    await train(config, { ...options, out: broken, resume: true });
    expect(largestChange(await weightsOf(whole), await weightsOf(broken))).toBe(0);
  });

  it("leaves the locked tower as it was", async () => {
    const before = await weightsOf(join(pretrained, ".."));
    for (const [key, locked, free] of [
      ["lockImage", "image", "text"],
      ["lockText", "text", "image"],
    ] as const) {
      const out = await folder();
      await train(tune({ [key]: true, accumFreq: 2 }), { ...options, out });
      const after = await weightsOf(out);
      expect(largestChange(before, after, inTower(locked))).toBe(0);
      expect(largestChange(before, after, inTower(free))).toBeGreaterThan(0);
    }
  });

  it("trains adapters alone and saves the merged model; broken off and resumed, the same", async () => {
    const [whole, broken] = [await folder(), await folder()];
    const config = tune({ lora: { rank: 2, alpha: 4 }, lr: 1e-2, layerDecay: 0.8, accumFreq: 2, logEveryNSteps: 3 });
    await train(config, { ...options, out: whole });
    const [before, after] = [await weightsOf(join(pretrained, "..")), await weightsOf(whole)];
    const isAdapted = (name: string) => /\.[qv]_proj\.weight$/.test(name);
    expect(largestChange(before, after, isAdapted)).toBeGreaterThan(1e-4);
    expect(largestChange(before, after, (name) => !isAdapted(name))).toBe(0);

    const failed = train(config, { ...options, out: broken, progress: breaksOff });
    await expect(failed).rejects.toThrow("broken off");
    await train(config, { ...options, out: broken, resume: true });
    expect(largestChange(await weightsOf(broken), after)).toBe(0);
  });

  it("names the model that is not there", async () => {
    const run = train(tune({ pretrained: "./no-such-model" }), { ...options, out: await folder() });
    await expect(run).rejects.toThrow("no-such-model");
  });
});
