import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { mosaiclipPairs } from "@tesserae/negatives";
import { decompose, parse } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";
import { registerGradients } from "@tesserae/tfjs-backend-ort";
import { loadRecipe } from "@tesserae/train";
import { beforeAll, describe, expect, it } from "vitest";
import { batchOf, dataOf } from "../fixtures/recipe-batch.js";
import { at, loss, scaleOf, texts } from "../fixtures/scale-of.js";

beforeAll(async () => {
  registerGradients();
  await tf.setBackend("cpu");
});

describe("MosaiCLIP", () => {
  it("graphs: any graph is taken, the texts come from it and not from the caption", async () => {
    const caption = "untold";
    const graph = { ...parse("a red dog left of a blue cat"), caption };
    const data = dataOf([{ captions: [caption], graph }, { captions: ["a bird"] }]);
    const { texts } = await batchOf("mosaiclip", ["batchSize=2", "curriculum=0"], { data });
    const own = texts.find(({ positives }) => positives[0] === caption)!;
    expect(own.positives.slice(1).sort()).toEqual(["blue cat", "red dog", "red dog left of blue cat"]);
  });

  it("sub-graphs: those of `decompose`, one and the same everywhere", () => {
    const graph = parse("a small red dog sits on an old box behind a fence");
    const vocabulary = { objects: [], attributes: [], relations: [] };
    const found = mosaiclipPairs(graph, { vocabulary, maxPositives: 99, maxNegatives: 0 }, seededRng(1)).positives;
    const all = decompose(graph).map(({ caption }) => caption);
    for (const { caption } of found) expect(all).toContain(caption);
    expect(found.map(({ caption }) => caption)).toContain("small red dog sit on old box");
  });

  it("at most 3 positives and 6 negatives, and the NegCLIP swap is counted besides", async () => {
    expect((await batchOf("mosaiclip")).places).toEqual([4 * (1 + 3), 4 * 6]);
    const { places, texts } = await batchOf("mosaiclip", ["swap=1", "curriculum=0"]);
    expect(places).toEqual([4 * (1 + 3), 4 * (6 + 1)]);
    expect(Math.max(...texts.map(({ negatives }) => negatives.length))).toBe(7);
  });

  it.each([
    ["coco", 0, 0.5],
    ["cc-ft", 0, 0.5],
    ["yfcc-ft", 0, 0.5],
    ["cc3m", 0, 0.5],
    ["cc12m", 1, 0],
    ["yfcc", 1, 0],
  ])("%s: the swap in pre-training only, the curriculum in fine-tuning only", async (scale, swaps, curriculum) => {
    const { first, flags } = await scaleOf("mosaiclip", scale);
    const added = [{ name: "caption" }, ...(swaps === 1 ? [{ name: "negclip", options: { max: 1 } }] : [])];
    expect(at(first, `${texts}.with`)).toMatchObject(added);
    const stages = [{ share: curriculum, max: { positives: 1, negatives: 1 } }, { share: 1 - curriculum }];
    expect(at(first, "stages")).toEqual(curriculum > 0 ? stages : []);
    expect(flags).toMatchObject({ swap: swaps, curriculum });
  });

  it("f_obj, f_rel, f_attr: at the paper's scales nothing is filtered, not even what says the same", async () => {
    expect(at((await scaleOf("mosaiclip", "coco")).first, texts)).toMatchObject({
      trueNegatives: "keep",
      formWeights: {},
    });
    const data = dataOf([{ captions: ["a dog beside a cat"] }, { captions: ["a bird on a box"] }]);
    const settings = ["batchSize=2", "curriculum=0", "maxNegatives=20"];
    const kept = (await batchOf("mosaiclip", [...settings, "checked=false"], { data })).texts.flatMap(
      (t) => t.negatives,
    );
    const dropped = (await batchOf("mosaiclip", settings, { data })).texts.flatMap((t) => t.negatives);
    expect(kept).toContain("cat beside dog");
    expect(dropped).not.toContain("cat beside dog");
  });

  it("vocabulary: Visual Genome's lists by their folder, at the paper's scales", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tesserae-words-"));
    await writeFile(join(folder, "objects_vocab.txt"), "zebra,zebras\nviolin\n");
    await writeFile(join(folder, "attributes_vocab.txt"), "glossy\nwoollen\n");
    await writeFile(join(folder, "relations_vocab.txt"), "beneath\n");
    const { texts: of } = await batchOf("mosaiclip", [`vocabulary=${folder}`, "checked=false", "curriculum=0"]);
    const words = new Set(of.flatMap(({ negatives }) => negatives).flatMap((text) => text.split(" ")));
    for (const word of ["glossy", "beneath"]) expect(words).toContain(word);
    expect([...words].some((word) => word === "zebra" || word === "violin")).toBe(true);
    for (const scale of ["coco", "cc3m", "cc12m", "yfcc"]) {
      const missing: string[] = [];
      await loadRecipe({ recipe: "mosaiclip", scale, tellMissing: (line) => missing.push(line) });
      expect(missing.join(), scale).toContain("vocabulary visual-genome-vocabulary");
    }
  });

  it("ragged batches: texts of the batch before fill the empty places, as negatives of nobody", async () => {
    const filled = await batchOf("mosaiclip", ["curriculum=0.5"]);
    expect(filled.fillers).toBeGreaterThan(0);
    expect((await batchOf("mosaiclip", ["fillFromEarlier=false"])).fillers).toBe(0);
    expect((await batchOf("mosaiclip", [], { step: 0 })).fillers).toBe(0); // there is none before
  });

  it("L_i2t: the sum as printed can be had, and negatives that are true of an image stay in its denominator", async () => {
    const [{ first }, sum] = [await scaleOf("mosaiclip", "coco"), await batchOf("mosaiclip", ["reduction=sum"])];
    expect(at(first, loss)).toMatchObject({ name: "mosaiclip", options: { trueNegatives: "keep" } });
    const mean = await batchOf("mosaiclip");
    expect(sum.terms.imageToText! / mean.terms.imageToText!).toBeCloseTo(4, 2); // images
    expect(sum.terms.textToImage! / mean.terms.textToImage!).toBeCloseTo(8, 1); // positive texts
  });

  it("P(i) by graph together with a single p(j)", async () => {
    const { first } = await scaleOf("mosaiclip", "coco");
    expect([at(first, `${texts}.positivesOf`), at(first, `${loss}.options.textTargets`)]).toEqual(["graph", "own"]);
    const shared = await batchOf("mosaiclip", ["curriculum=0"]);
    const own = await batchOf("mosaiclip", ["curriculum=0", "positivesOf=own"]);
    expect(shared.positivePairs).toBeGreaterThan(own.positivePairs);
    expect(shared.terms.textToImage).toBe(own.terms.textToImage); // p(j) is one image either way
    expect(shared.terms.imageToText).not.toBe(own.terms.imageToText);
  });

  it("curriculum: one positive and one negative sub-graph, then 3 and 6", async () => {
    const most = async (step: number) => {
      const { texts: of } = await batchOf("mosaiclip", [], { step }); // of 10 steps
      return [
        Math.max(...of.map(({ positives }) => positives.length - 1)), // but for the caption
        Math.max(...of.map(({ negatives }) => negatives.length)),
      ];
    };
    expect(await most(4)).toEqual([1, 1]);
    expect(await most(5)).toEqual([3, 6]);
  });

  it("p1 = 0.15 in pre-training, p2 = p3", async () => {
    expect(at((await scaleOf("mosaiclip", "cc12m")).first, `${texts}.objectPairs`)).toBe(0.15);
  });

  it("WiSE-FT averages the image tower, after fine-tuning only", async () => {
    const { second, names } = await scaleOf("mosaiclip", "coco");
    expect(names).toEqual(["train", "wise-ft"]);
    expect(second).toMatchObject({ tower: "image", alpha: 0.5 });
    expect((await scaleOf("mosaiclip", "cc12m")).names).toEqual(["train"]);
  });

  it("set-ups: fine-tuning 5 epochs of 256 at 1e-5 after 50 steps; pre-training 32 of 4,096 at 1e-3 after 5,000; random crops", async () => {
    const fineTuning = { epochs: 5, batchSize: 256, lr: 1e-5, warmup: 50, schedule: "cosine" };
    for (const scale of ["coco", "cc-ft", "yfcc-ft", "cc3m"]) {
      const { flags } = await scaleOf("mosaiclip", scale);
      expect(flags, scale).toMatchObject({ ...fineTuning, pretrained: "openai/clip-vit-base-patch32" });
      expect(flags.cropScale).toBeLessThan(1);
    }
    for (const scale of ["cc12m", "yfcc"]) {
      const { flags } = await scaleOf("mosaiclip", scale);
      expect(flags, scale).toMatchObject({ epochs: 32, batchSize: 4096, lr: 1e-3, warmup: 5000, wd: 0.1 });
      expect(at(flags, "model.vision")).toMatchObject({
        type: "swin",
        patchSize: 4,
        windowSize: 7,
        layers: [2, 2, 6, 2],
      });
      expect(at(flags, "model.text")).toMatchObject({ layers: 12, heads: 8, width: 512 });
      expect(flags.pretrained).toBeUndefined();
    }
  });

  it.each([
    ["resnet", '{"type":"resnet","imageSize":32,"width":8,"layers":[1,1,1,1],"heads":4}'],
    ["swin", '{"type":"swin","imageSize":32,"patchSize":4,"width":8,"layers":[1,1],"heads":[2,2],"windowSize":4}'],
  ])("the trainer takes %s as the image tower", async (_, vision) => {
    const { terms, variables } = await batchOf("mosaiclip", [`model.vision=`, `model.vision=${vision}`]);
    expect(terms.objective).toBeGreaterThan(0);
    expect(variables).not.toBe((await batchOf("mosaiclip")).variables);
  });
});
