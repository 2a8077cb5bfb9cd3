import type { TrainConfigInput } from "@tesserae/train";

/** What all runs of `npm run demo` have in common: the same images in the same order, and the same number of steps. */
export const shared = {
  data: "world",
  world: { level: "simple", seed: 0, train: 8_192, validation: 256 },
  seed: 0,
  steps: 600,
  batchSize: 64,
  lr: 1.5e-3,
  wd: 0.1,
  warmup: 50,
  imagePositionStd: 1.5,
  model: {
    embedDim: 96,
    vision: { imageSize: 32, patchSize: 8, width: 96, layers: 3, heads: 3, pool: "none" },
    text: { contextLength: 48, vocabSize: 1024, width: 96, layers: 2, heads: 3 },
  },
} satisfies Partial<TrainConfigInput>;
