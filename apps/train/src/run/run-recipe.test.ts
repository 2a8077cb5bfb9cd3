import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { JitCounts } from "@tesserae/tfjs-backend-ort";
import { prepare } from "@tesserae/train";
import { describe, expect, it } from "vitest";
import { breaksOffAt, folder, metricsOf, photoFolder, runTiny, silent, weightsOf } from "../fixtures/runs.js";

const lossesOf = async (out: string) =>
  (await metricsOf(out)).flatMap(({ part, step, loss }) => (loss === undefined ? [] : [[part, step, loss]]));

const recipeNames = ["clip", "negclip", "structure-clip", "mosaiclip", "semantic-guidance"];

describe("runRecipe", () => {
  it.each(recipeNames)("%s: the same bytes twice, and resumed after a break; every step is traced", async (recipe) => {
    const [whole, again, broken] = [await folder(), await folder(), await folder()];
    const settings = ["saveFrequency=2", ...(recipe === "semantic-guidance" ? ["hardNegativeSteps=4"] : [])];
    const record = await runTiny(recipe, whole, settings);
    await runTiny(recipe, again, settings);
    await expect(runTiny(recipe, broken, settings, { progress: breaksOffAt(3) })).rejects.toThrow("broken off");
    const resumed = await runTiny(recipe, broken, settings, { resume: true });
    expect(resumed.loss).toEqual(record.loss);
    expect(resumed.validation).toEqual(record.validation);
    expect((await weightsOf(again)).equals(await weightsOf(whole))).toBe(true);
    expect((await weightsOf(broken)).equals(await weightsOf(whole))).toBe(true);
    expect(await lossesOf(broken)).toEqual(await lossesOf(whole));
    const steps = (await metricsOf(whole)).map(({ step }) => step);
    expect(steps).toEqual(recipe === "semantic-guidance" ? [0, 1, 2, 3, 4, 4, 0, 1, 2, 3, 4, 4] : [0, 1, 2, 3, 4, 4]);
    expect(record).toMatchObject({
      recipe,
      scale: "smoke",
      method: recipe,
      samplesSeen: 16,
      steps: 4,
      model: "checkpoint",
    });
    const traces = record.parts.flatMap((part) => ("traces" in part ? [part.traces as JitCounts] : []));
    expect(traces).toHaveLength(recipe === "semantic-guidance" ? 2 : 1);
    for (const { traced, replayed, fallenBack } of traces) {
      expect(fallenBack).toBe(0);
      expect(traced + replayed).toBe(4);
    }
  });

  it("Semantic Guidance: recaption, train, hard negatives; a step that is done is skipped", async () => {
    const [whole, broken] = [await folder(), await folder()];
    const settings = ["hardNegativeSteps=2"];
    const record = await runTiny("semantic-guidance", whole, settings);
    expect(record.parts.map(({ step }) => step)).toEqual(["recaption", "train", "hard-negatives"]);
    let parts = 0;
    const progress = {
      ...silent,
      step: ({ step, steps }: { step: number; steps: number }) => {
        if (steps === 2 && step === 1) throw new Error("broken off");
        if (step > 0) parts++;
      },
    };
    await expect(runTiny("semantic-guidance", broken, settings, { progress })).rejects.toThrow("broken off");
    const notes: string[] = [];
    const told = { ...silent, note: (line: string) => notes.push(line) };
    await runTiny("semantic-guidance", broken, settings, { progress: told, resume: true });
    expect(notes).toContain("step recaption is done already");
    expect(notes).toContain("step train is done already");
    expect(parts).toBe(4);
    expect((await weightsOf(broken)).equals(await weightsOf(whole))).toBe(true);
  });

  it("NegCLIP: embeds the images for their neighbours, then trains on twice as many", async () => {
    const base = await folder();
    await runTiny("clip", base);
    const record = await runTiny("negclip", await folder(), [`pretrained=${base}`]);
    expect(record.parts.map(({ step }) => step)).toEqual(["embed", "train"]);
    expect(record.parts[0]).toMatchObject({ images: 24, count: 3 });
  });

  it("MosaiCLIP: averages the image tower with the one before, and sweeps alpha", async () => {
    const base = await folder();
    await runTiny("clip", base);
    const out = await folder();
    const record = await runTiny("mosaiclip", out, [`pretrained=${base}`, "lr=0.01"]);
    expect(record.parts.map(({ step }) => step)).toEqual(["train", "wise-ft"]);
    const { decodeSafetensors } = await import("@tesserae/models");
    const read = async (path: string) => decodeSafetensors(await readFile(join(path, "model.safetensors")));
    const model = (record.parts[0]!.artefacts as { model: string }).model;
    const [before, after, mean] = [
      await read(join(base, "checkpoint")),
      await read(join(out, model)),
      await read(join(out, "checkpoint")),
    ];
    for (const [name, { data }] of mean) {
      const [a, b] = [before.get(name)!.data[0]!, after.get(name)!.data[0]!];
      const expected = /^(vision_model|visual_projection)/.test(name) ? (a + b) / 2 : b;
      expect(Math.abs(data[0]! - expected), name).toBeLessThan(1e-6);
    }
  });

  it("MosaiCLIP: the model that it starts from may be named by a relative path", async () => {
    const [base, out] = [await folder(), await folder()];
    await runTiny("clip", base);
    const record = await runTiny("mosaiclip", out, [`pretrained=${relative(process.cwd(), base)}`]);
    expect(record.parts.map(({ step }) => step)).toEqual(["train", "wise-ft"]);
  });

  it.each(recipeNames)("%s: accumFreq gives the same losses in parts", async (recipe) => {
    const [whole, parts] = [await folder(), await folder()];
    const settings = ["steps=2", ...(recipe === "semantic-guidance" ? ["hardNegativeSteps=2"] : [])];
    await runTiny(recipe, whole, settings);
    await runTiny(recipe, parts, [...settings, "accumFreq=2"]);
    const [a, b] = [await lossesOf(whole), await lossesOf(parts)];
    expect(b).toHaveLength(a.length);
    for (const [index, [, , loss]] of a.entries()) expect(b[index]![2]).toBeCloseTo(loss as number, 4);
  });

  it("trains on a prepared folder as it does on captions that it mines itself", async () => {
    const photos = await photoFolder(24);
    const prepared = await folder();
    await prepare({
      captions: photos,
      out: prepared,
      miner: "negclip",
      seed: 0,
      workers: 1,
      format: "jsonl",
      timeLimit: 30,
      progress: silent,
    });
    const images = join(photos, "images");
    const [mined, read, online] = [await folder(), await folder(), await folder()];
    await runTiny("negclip", mined, [`data=${photos}`, "mining=offline"]);
    const record = await runTiny("negclip", read, [`data=${prepared}`, `images=${images}`]);
    expect((await weightsOf(read)).equals(await weightsOf(mined))).toBe(true);
    expect(record.miner?.name).toBe("negclip");
    await runTiny("mosaiclip", online, [`data=${photos}`]);
    const cached = await folder();
    await runTiny("mosaiclip", cached, [`data=${prepared}`, `images=${images}`]);
    expect((await weightsOf(cached)).equals(await weightsOf(online))).toBe(true);

    const wrong = async (recipe: string, settings: readonly string[]) =>
      runTiny(recipe, await folder(), [`data=${prepared}`, ...settings]);
    await expect(wrong("negclip", [])).rejects.toThrow("say where their images are, as in --set images=");
    await expect(wrong("structure-clip", [`images=${images}`])).rejects.toThrow(
      /prepared with miner negclip \d+, not structure-clip/,
    );
    await expect(wrong("negclip", [`images=${prepared}`])).rejects.toThrow("none of its images is in");
  });

  it("takes a share of the data, the same one each time", async () => {
    const record = await runTiny("clip", await folder(), ["dataShare=0.5"]);
    expect(record.parts[0]).toMatchObject({ trainImages: 12 });
    expect(record.dataRevision).toMatch(/share-0\.5-0$/);
  });

  it("names the data, and the model, that is not there", async () => {
    await expect(runTiny("clip", await folder(), ["data=no/such/folder"])).rejects.toThrow("no/such/folder");
    await expect(runTiny("clip", await folder(), ["pretrained=./no-such-model"])).rejects.toThrow("no-such-model");
  });
});
