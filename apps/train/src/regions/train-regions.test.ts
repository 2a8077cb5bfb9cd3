import * as tf from "@tensorflow/tfjs-core";
import { docMnist, docMnistImageSize, drawnDigits } from "@tesserae/data";
import { createClip, createTokenizer } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { pairsOf } from "./assign-regions.js";
import { embedAllRegions, embedAttributes, encodeRegions, toInput } from "./embed-regions.js";
import { evaluateRegions } from "./evaluate-regions.js";
import { createPixelStore, type PixelStore } from "./pixel-store.js";
import { docMnistRegions } from "./region-sample.js";
import { mappingScoresOf, trainMapping } from "./train-mapping.js";
import { trainOnPairs } from "./train-on-pairs.js";

const digits = drawnDigits({ train: 100, test: 20 });
const data = docMnistRegions(docMnist({ digits, split: "train", complexity: 10, budget: 400 }), docMnistImageSize);
const tokenizer = createTokenizer({
  corpus: data.samples.flatMap(({ sentences }) => sentences),
  vocabSize: 600,
  contextLength: 16,
});
const create = (vision: object) =>
  createClip(
    {
      embedDim: 16,
      vision: vision as never,
      text: { contextLength: 16, vocabSize: tokenizer.vocabSize, width: 16, layers: 1, heads: 2 },
    },
    { rng: seededRng("model", 0) },
  );
const vit = { imageSize: 84, patchSize: 28, width: 16, layers: 1, heads: 2, pool: "mean" };
const resnet = { type: "resnet", imageSize: 96, width: 2, layers: [1, 1, 1, 1], heads: 2 };
let store: PixelStore;

beforeAll(async () => {
  await selectBackend({ backend: "ort" });
  store = await createPixelStore(data, 84);
});

describe("regions of images", () => {
  it("lie in the square that the model sees of an image", () => {
    const wide = { ...data.samples[0]!, width: 200, height: 100 };
    expect(toInput([[50, 0, 100, 100]], wide, 50)).toEqual([[0, 0, 50, 50]]);
  });

  it.each([
    ["vit", vit],
    ["resnet", resnet],
  ])("have embeddings of length one by a %s, and gradients", async (_, vision) => {
    const clip = create(vision);
    const pixels = (
      await createPixelStore({ ...data, samples: data.samples.slice(0, 2) }, clip.towers.image.imageSize)
    ).batch(data.samples.slice(0, 2));
    const boxes = data.samples.slice(0, 2).map((sample) => toInput(sample.boxes, sample, clip.towers.image.imageSize));
    const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(encodeRegions(clip, pixels, boxes))));
    const most = Math.max(...boxes.map(({ length }) => length));
    expect((await value.data())[0]).toBeCloseTo(2 * most, 4);
    expect(Object.keys(grads).length).toBeGreaterThan(10);
    clip.dispose();
  });
});

describe("training on regions", { timeout: 180_000 }, () => {
  it("lowers the losses of both stages, leaks nothing and can be measured", async () => {
    const clip = create(vit);
    const tensors = tf.memory().numTensors;
    const losses: number[] = [];
    const options = { steps: 200, batchSize: 16, learningRate: 3e-3, seed: ["run", 0] };
    const { pairs } = pairsOf(data, "truth", { rng: seededRng("pairs", 0) });
    await trainOnPairs({ clip, tokenizer }, data.samples, pairs, store, {
      ...options,
      onLoss: (_, loss) => void losses.push(loss),
    });
    expect(losses).toHaveLength(20);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    const attributes = embedAttributes(clip, tokenizer, data.attributes, data.prompts);
    const input = { regions: await embedAllRegions(clip, data.samples, store), attributes };
    const mapping: number[] = [];
    const model = await trainMapping(data, input, {
      ...options,
      rng: seededRng("mapping", 0),
      onLoss: (_, loss) => void mapping.push(loss),
    });
    expect(mapping.at(-1)).toBeLessThan(mapping[0]!);
    const scores = mappingScoresOf(model, input);
    expect(scores.map((rows) => rows.length)).toEqual(data.samples.map(({ boxes }) => boxes.length));
    model.dispose();
    attributes.dispose();
    const { regionToText, textToRegion } = await evaluateRegions({ clip, tokenizer }, data, store);
    expect(regionToText.rPrecision).toBeGreaterThan(regionToText.chance);
    expect(textToRegion.queries).toBe(20);
    expect(tf.memory().numTensors).toBe(tensors);
    clip.dispose();
  });

  it("stops when it is told to", async () => {
    const clip = create(vit);
    const { pairs } = pairsOf(data, "image", { rng: seededRng("pairs", 0) });
    const options = {
      steps: 5,
      batchSize: 4,
      learningRate: 1e-3,
      seed: ["run", 0],
      signal: AbortSignal.abort("SIGINT"),
    };
    await expect(trainOnPairs({ clip, tokenizer }, data.samples, pairs, store, options)).rejects.toThrow(
      "stopped at step 1 of 5",
    );
    clip.dispose();
  });
});
