import type { TrainConfigInput } from "@tesserae/train";

/**
 * MosaiCLIP on real photos with their captions, 80 / 20 split by photo:
 *
 *     pnpm train run configs/photos.ts --set data=<folder with annotations.jsonl and images/>
 *
 * A few hundred photos teach a model from scratch little beyond themselves; this shows the whole path on real input.
 */
export default {
  name: "photos",
  method: "mosaiclip",
  data: "photos",
  epochs: 12,
  batchSize: 32,
  lr: 1e-3,
  warmup: 10,
  model: {
    embedDim: 96,
    vision: { imageSize: 64, patchSize: 8, width: 96, layers: 3, heads: 3 },
    text: { contextLength: 64, vocabSize: 2048, width: 96, layers: 3, heads: 3 },
  },
  inspect: 5,
} satisfies TrainConfigInput;
