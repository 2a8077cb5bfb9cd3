import { join } from "node:path";
import { inTower, loadClip, readWeights } from "@tesserae/models";
import { beforeAll, describe, expect, it } from "vitest";
import { exportModel } from "../commands/export-model.js";
import { breaksOffAt, folder, runTiny } from "../fixtures/runs.js";

async function modelOf(run: string) {
  const { clip, tokenizer } = await loadClip(join(run, "checkpoint"));
  const weights = await readWeights(clip);
  const ids = [...tokenizer.encode("a red square left of a blue circle")];
  clip.dispose();
  return { config: clip.config, weights, ids };
}

/** Largest change of a weight, by what `select` says of its name. */
function largestChange(
  before: Awaited<ReturnType<typeof modelOf>>,
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
    pretrained = await folder();
    await runTiny("clip", pretrained);
  }, 60_000);

  /** A run of CLIP that goes on from the first one. */
  const tune = (out: string, more: readonly string[] = [], options = {}) =>
    runTiny("clip", out, [`pretrained=${pretrained}`, "seed=5", "saveFrequency=2", "lr=1e-4", ...more], options);

  it("starts from the given run's model and tokenizer", async () => {
    const out = await folder();
    await tune(out, ["steps=1", "lr=1e-7", "wd=0"]);
    const [before, after] = [await modelOf(pretrained), await modelOf(out)];
    expect(after.config).toEqual(before.config);
    expect(after.ids).toEqual(before.ids);
    const change = largestChange(before, after);
    expect(change).toBeGreaterThan(0);
    expect(change).toBeLessThan(1e-6);
  });

  it.each(["hf", "open_clip"] as const)(
    "goes on from a folder in the layout of %s as from the run itself",
    async (format) => {
      const [base, given, own, other] = [await folder(), join(await folder(), "model"), await folder(), await folder()];
      await runTiny("clip", base, ["model.vision.pool=class", "steps=1"]); // open_clip has no other
      await exportModel(base, format, given);
      for (const [from, out] of [
        [base, own],
        [given, other],
      ] as const) {
        await runTiny("clip", out, [`pretrained=${from}`, "seed=5", "lr=1e-4", "steps=2"]);
      }
      expect(largestChange(await modelOf(own), await modelOf(other))).toBe(0);
    },
  );

  it("leaves the locked tower as it was", async () => {
    const before = await modelOf(pretrained);
    for (const [key, locked, free] of [
      ["lockImage", "image", "text"],
      ["lockText", "text", "image"],
    ] as const) {
      const out = await folder();
      await tune(out, [`${key}=true`, "accumFreq=2"]);
      const after = await modelOf(out);
      expect(largestChange(before, after, inTower(locked))).toBe(0);
      expect(largestChange(before, after, inTower(free))).toBeGreaterThan(0);
    }
  });

  it("trains adapters alone and saves the merged model; broken off and resumed, the same", async () => {
    const [whole, broken] = [await folder(), await folder()];
    const settings = ['lora={"rank":2,"alpha":4}', "lr=1e-2", "layerDecay=0.8", "accumFreq=2"];
    await tune(whole, settings);
    const [before, after] = [await modelOf(pretrained), await modelOf(whole)];
    const isAdapted = (name: string) => /\.[qv]_proj\.weight$/.test(name);
    expect(largestChange(before, after, isAdapted)).toBeGreaterThan(1e-4);
    expect(largestChange(before, after, (name) => !isAdapted(name))).toBe(0);
    await expect(tune(broken, settings, { progress: breaksOffAt(3) })).rejects.toThrow("broken off");
    await tune(broken, settings, { resume: true });
    expect(largestChange(await modelOf(broken), after)).toBe(0);
  });

  it("puts a fresh knowledge encoder beside a model that has none, and keeps it in the checkpoint", async () => {
    const out = await folder();
    await runTiny("structure-clip", out, [`pretrained=${pretrained}`]);
    const { clip } = await loadClip(join(out, "checkpoint"));
    expect(clip.knowledge?.config).toMatchObject({ width: 48, layers: 2, heads: 3 });
    clip.dispose();
    const without = await folder();
    await runTiny("structure-clip", without, [`pretrained=${pretrained}`, "knowledgeWeight=0"]);
    expect((await loadClip(join(without, "checkpoint"))).clip.knowledge).toBeUndefined();
  });
});
