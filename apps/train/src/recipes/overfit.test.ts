import { join } from "node:path";
import { loadClip } from "@tesserae/models";
import { buildVocabulary } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";
import { loadRecipe, runRecipe, type TrainStep } from "@tesserae/train";
import { describe, expect, it } from "vitest";
import { createImageStore } from "../data/image-store.js";
import { openData } from "../data/open-data.js";
import { folder, silent } from "../fixtures/runs.js";
import { heldOutScorer, validateRetrieval } from "../loop/validate-retrieval.js";
import type { TextBatch } from "../objective/collate.js";

/** 16 scenes again and again, with a model that can hold them. */
const settings = [
  ...["world.train=16", "world.validation=4", "batchSize=16", "steps=150", "lr=3e-3", "warmup=10", "logEveryNSteps=50"],
  ...["model.embedDim=48", "model.vision.width=48", "model.vision.layers=2", "model.text.width=48"],
];

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe("overfits 16 scenes of the world: R@1 of at least 90 %, and its own negatives below its positives", () => {
  it.each([
    ["clip", []],
    ["negclip", []],
    ["structure-clip", ["model.text.layers=2"]],
    ["mosaiclip", ["model.text.layers=2"]],
    [
      "semantic-guidance",
      [
        "world.level=simple",
        "world.captions=2",
        "world.seed=1",
        "hardNegativeSteps=100",
        "hardNegativeRate=1e-3",
        "model.text.layers=2",
      ],
    ],
  ] as const)(
    "%s",
    async (name, more) => {
      const out = await folder();
      const recipe = await loadRecipe({ recipe: name, scale: "smoke", settings: [...settings, ...more] });
      await runRecipe(recipe, { out, progress: silent, backend: "ort", threads: 1 });
      const loaded = await loadClip(join(out, "checkpoint"));
      const { train } = await openData(recipe.flags);
      const images = createImageStore(train, 32);
      const metrics = await validateRetrieval(loaded, train, images);
      expect(metrics["imageToText@1"]!.value).toBeGreaterThanOrEqual(0.9);
      expect(metrics["textToImage@1"]!.value).toBeGreaterThanOrEqual(0.9);

      const { objective } = recipe.steps.findLast((step): step is TrainStep => "objective" in step)!;
      const samples = train.samples.map((sample) => ({ sample, caption: parse(sample.captions[0]!) }));
      const batch = (await objective.collate(samples, {
        rng: seededRng("other draws than those of training"),
        vocabulary: buildVocabulary(samples.map(({ caption }) => caption)),
        tokenizer: loaded.tokenizer,
      })) as TextBatch;
      const scorer = heldOutScorer(loaded, images);
      const shown = await scorer.embedImages(train.samples.map(({ image }) => ({ path: image })));
      const texts = await scorer.embedTexts(batch.texts);
      const scoresOf = (image: number, owner: Int32Array, first: number) =>
        [...owner.keys()].flatMap((place) =>
          owner[place] === image && batch.textMask[first + place] === 1
            ? [dot(shown[image]!, texts[batch.textRow[first + place]!]!)]
            : [],
        );
      const right = samples.flatMap((_, image) => {
        const positives = scoresOf(image, batch.positiveImage, 0);
        const negatives = scoresOf(image, batch.negativeImage, batch.positiveImage.length);
        return negatives.flatMap((negative) => positives.map((positive) => Number(positive > negative)));
      });
      console.log(
        name,
        right.length,
        right.reduce((sum, is) => sum + is, 0) / right.length,
        metrics["imageToText@1"]!.value,
        metrics["textToImage@1"]!.value,
      );
      if (name === "clip") expect(right).toEqual([]);
      else expect(right.reduce((sum, is) => sum + is, 0) / right.length).toBeGreaterThanOrEqual(0.9);
      loaded.clip.dispose();
    },
    120_000,
  );
});
