import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { mosaiclipLoss } from "@tesserae/losses";
import { type Clip, createClip, createTokenizer, freeze, inTower, readWeights } from "@tesserae/models";
import { buildVocabulary, caption, subGraphPairs } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";
import { ortReport, registerGradients, resetOrtReport, selectBackend } from "@tesserae/tfjs-backend-ort";
import { commonFlagsSchema, contrastive } from "@tesserae/train";
import { beforeAll, describe, expect, it } from "vitest";
import type { Objective } from "../objective/objective.js";
import { findPacking, type TextPacking } from "../objective/text-packing.js";
import { createOptimizer } from "./optimizer.js";
import { createTrainingStep } from "./training-step.js";

beforeAll(async () => {
  registerGradients();
  await tf.setBackend("cpu");
});

const size = 8;
const captions = [
  "a red dog left of a blue cat",
  "a dog",
  "a cat on a mat",
  "two birds above a tree",
  "a mat under a cat",
];
const graphs = captions.map((text) => parse(text));
const tokenizer = createTokenizer({ corpus: captions, vocabSize: 520, contextLength: 16 });
const image = (seed: number) => {
  const rng = seededRng("image", seed);
  return { width: size, height: size, data: Uint8Array.from({ length: size * size * 3 }, () => 256 * rng()) };
};

function model(): Clip {
  const tower = { width: 8, layers: 2, heads: 2 };
  const text = { ...tower, contextLength: 16, vocabSize: tokenizer.vocabSize };
  const config = { embedDim: 8, vision: { ...tower, imageSize: size, patchSize: 4 }, text };
  return createClip(config, { rng: seededRng("weights", 1) });
}

/** One step: its values, weights before and after, and how many tensors it leaves. */
async function oneStep(accumFreq: number, locked?: "image" | "text") {
  const clip = model();
  if (locked) freeze(clip, inTower(locked));
  const start = await readWeights(clip);
  const objective = contrastive({ texts: subGraphPairs(), loss: mosaiclipLoss() }) as unknown as Objective;
  const optimizer = createOptimizer(clip, commonFlagsSchema.parse({ steps: 1, wd: 0 }));
  const step = createTrainingStep({ clip, objective, optimizer, accumFreq });
  const samples = graphs.map((caption, id) => ({
    sample: { id: `${id}`, image: `${id}`, captions: [captions[id]!] },
    caption,
  }));
  const context = { rng: seededRng("texts", 3), tokenizer, vocabulary: buildVocabulary(graphs), parts: accumFreq };
  const batch = await objective.collate(samples, context);
  const images = [1, 2, 3, 4, 5].map(image);
  const before = tf.memory().numTensors;
  const values = await step.run(images, batch, 0, 1e-3);
  const kept = tf.memory().numTensors - before;
  const end = await readWeights(clip);
  optimizer.dispose();
  clip.dispose();
  return { values, kept, start, end };
}

describe("a training step", () => {
  it.each([2, 4])("gives the loss and the update of the whole batch in %i parts", async (accumFreq) => {
    const whole = await oneStep(1);
    const parts = await oneStep(accumFreq);
    expect(Object.keys(whole.values)).toEqual(["loss", "imageToText", "textToImage", "logitScale", "gradientNorm"]);
    for (const [name, value] of Object.entries(whole.values)) expect(parts.values[name], name).toBeCloseTo(value, 4);
    for (const [name, { data }] of whole.end) {
      const found = parts.end.get(name)!.data;
      if (!name.endsWith("k_proj.bias"))
        for (const [i, value] of data.entries()) expect(Math.abs(value - found[i]!), name).toBeLessThan(2e-5);
    }
    expect([whole.kept, parts.kept]).toEqual([0, 0]);
  });

  it.each(["image", "text"] as const)("leaves a locked %s tower as it is, in parts too", async (locked) => {
    for (const accumFreq of [1, 2]) {
      const { start, end, kept } = await oneStep(accumFreq, locked);
      for (const [name, { data }] of start) {
        const changed = end.get(name)!.data.some((value, i) => value !== data[i]);
        if (inTower(locked)(name)) expect(changed, name).toBe(false);
        else if (!name.endsWith("k_proj.bias")) expect(changed, name).toBe(true);
      }
      expect(kept).toBe(0);
    }
  });

  it("in parts compiles fewer sessions than are kept, and none at the second step", async () => {
    await selectBackend({ backend: "ort", threads: 1, keepMemory: false });
    const texts = ["a dog", "a cat", "a bird", "a mat", "a tree", "a boat", "a cup", "a box"];
    const compiled = async (parts: number): Promise<readonly number[]> => {
      const clip = model();
      const objective = contrastive({ texts: caption() }) as unknown as Objective;
      const optimizer = createOptimizer(clip, commonFlagsSchema.parse({ steps: 1 }));
      const step = createTrainingStep({ clip, objective, optimizer, accumFreq: parts });
      const samples = texts.map((text) => ({
        sample: { id: text, image: text, captions: [text] },
        caption: parse(text),
      }));
      const vocabulary = buildVocabulary(samples.map((sample) => sample.caption));
      const packing = findPacking([texts], tokenizer, { parts });
      const batch = await objective.collate(samples, { rng: () => 0.5, tokenizer, vocabulary, packing, parts });
      const counts: number[] = [];
      for (const time of [0, 1]) {
        resetOrtReport();
        await step.run([1, 2, 3, 4, 5, 6, 7, 8].map(image), batch, time, 1e-3);
        counts.push(ortReport().compiles);
      }
      optimizer.dispose();
      clip.dispose();
      return counts;
    };
    const four = await compiled(4);
    expect(four[0]).toBeLessThan(16);
    expect(four[1]).toBe(0);
    expect((await compiled(8))[1]).toBe(0);
    await tf.setBackend("cpu");
  });

  it("gives the same losses with shared beginnings as without, every call traced", async () => {
    await selectBackend({ backend: "ort", threads: 1 });
    const losses = async (packing: TextPacking) => {
      const clip = model();
      const objective = contrastive({ texts: subGraphPairs(), loss: mosaiclipLoss() }) as unknown as Objective;
      const optimizer = createOptimizer(clip, commonFlagsSchema.parse({ steps: 6, lr: 1e-3 }));
      const step = createTrainingStep({ clip, objective, optimizer, accumFreq: 1 });
      const values: Readonly<Record<string, number>>[] = [];
      for (let time = 0; time < 6; time++) {
        const samples = graphs.map((caption, id) => ({
          sample: { id: `${id}`, image: `${id}`, captions: [captions[id]!] },
          caption,
        }));
        const context = { rng: seededRng("texts", time), tokenizer, vocabulary: buildVocabulary(graphs), packing };
        const batch = await objective.collate(samples, context);
        values.push(await step.run([1, 2, 3, 4, 5].map(image), batch, time, 1e-3));
      }
      const { counts } = step;
      step.dispose();
      optimizer.dispose();
      clip.dispose();
      return { values, counts };
    };
    const ragged = await losses({ lengths: [16, 16, 16, 16, 16, 16] });
    const shared = await losses({ lengths: [], prefixes: { rows: 12, length: 24, endsPerRow: 8 } });
    for (const [time, values] of ragged.values.entries()) {
      for (const [name, value] of Object.entries(values)) {
        const tolerance = 1e-5 * (1 + Math.abs(value));
        expect(Math.abs(shared.values[time]![name]! - value), `${name} at step ${time}`).toBeLessThan(tolerance);
      }
    }
    expect(shared.counts.fallenBack).toBe(0);
    expect(shared.counts.replayed).toBeGreaterThan(0);
    await tf.setBackend("cpu");
  });
});
