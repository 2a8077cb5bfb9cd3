import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { registerGradients } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { batchOf } from "../fixtures/recipe-batch.js";
import { at, scaleOf } from "../fixtures/scale-of.js";

beforeAll(async () => {
  registerGradients();
  await tf.setBackend("cpu");
});

describe("Semantic Guidance", () => {
  const name = "semantic-guidance";

  it("recaption, train on sampled sentences, 500 steps on hard negatives", async () => {
    const { names, second, flags } = await scaleOf(name, "photos");
    expect(names).toEqual(["recaption", "train", "hard-negatives"]);
    expect(at(flags, "model.text.type")).toBe("gemma");
    expect(at(second, "objective.options.texts.name")).toBe("sentence-sampling");
    const web = await scaleOf(name, "web");
    expect(at(web.last, "flags.steps")).toBe(500);
    expect(web.flags).toMatchObject({
      textTower: "google/gemma-2-2b",
      textLayersTrained: 4,
      steps: 150_000,
      batchSize: 65_536,
    });
    expect(at(web.flags, "model.vision")).toMatchObject({ width: 768, layers: 12, heads: 12 });
  });

  it("the hard-negative stage has one swap a caption, in the image's softmax only", async () => {
    const { places, texts } = await batchOf(name, [], { part: 1 });
    expect(places).toEqual([4, 4]);
    for (const { negatives } of texts) expect(negatives).toHaveLength(1);
  });
});
