/** A small ResNet, as the reference has a large one: a region's features stay its own. In a small ViT they mix, and nothing falls over complexity. */
export const docmnist = {
  budget: 6_000,
  epochs: 12,
  batchSize: 32,
  lr: 5e-4,
  wd: 0.1,
  model: {
    embedDim: 64,
    vision: { type: "resnet", imageSize: 96, width: 8, layers: [1, 1, 1, 1], heads: 4 },
    text: { contextLength: 12, vocabSize: 700, width: 32, layers: 1, heads: 2 },
  },
} as const;

/** The synthetic world, level `full`: things with colours, sizes and patterns. Minutes. */
export const regionWorld = {
  ...docmnist,
  regions: "world",
  world: { level: "full", seed: 0, train: 1500, validation: 300 },
  epochs: 8,
  mappingSteps: 400,
  model: {
    embedDim: 64,
    vision: { ...docmnist.model.vision, imageSize: 64 },
    text: { contextLength: 48, vocabSize: 1024, width: 48, layers: 2, heads: 3 },
  },
} as const;

/** A few hundred photos with boxes and captions. */
export const regionPhotos = {
  epochs: 60,
  batchSize: 32,
  lr: 5e-4,
  wd: 0.1,
  mappingSteps: 300,
  model: {
    embedDim: 64,
    vision: { imageSize: 96, patchSize: 16, width: 64, layers: 3, heads: 2, pool: "mean" },
    text: { contextLength: 32, vocabSize: 1500, width: 64, layers: 1, heads: 2 },
  },
} as const;

/**
 * COCO: CLIP's ResNet-50, as the reference has it for DocMNIST; the paper's settings for COCO were not found, so these are DocMNIST's of
 * the released code (stage 1: 30 epochs of 48 images at 1e-4; stage 2: 256 images a batch, lr 5e-5, weight decay 0.2). [RECON]
 */
export const regionCoco = {
  photos: "coco",
  pretrained: "timm/resnet50_clip.openai",
  batchSize: 256,
  epochs: 10,
  lr: 5e-5,
  wd: 0.2,
  mappingSteps: 74_000,
  mappingBatchSize: 48,
  mappingLr: 1e-4,
} as const;

/** Seconds, on a few hundred region-attribute pairs: whether it runs at all. */
export const regionSmoke = {
  steps: 10,
  batchSize: 8,
  wd: 0.1,
  budget: 400,
  validationBudget: 200,
  testBudget: 200,
  mappingSteps: 10,
  model: {
    embedDim: 16,
    vision: { imageSize: 84, patchSize: 28, width: 16, layers: 1, heads: 2, pool: "mean" },
    text: { ...docmnist.model.text, width: 16 },
  },
} as const;
