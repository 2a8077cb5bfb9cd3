import { z } from "zod";

const positiveInteger = z.int().positive();

/** Any configuration that `createClip` takes; what is left out trains from scratch in minutes on two cores. */
const modelSchema = z.looseObject({
  embedDim: positiveInteger.default(96),
  activation: z.enum(["gelu", "quick_gelu"]).default("gelu"),
  vision: z
    .looseObject({})
    .transform((vision) =>
      vision.type === undefined || vision.type === "vit"
        ? { width: 96, layers: 3, heads: 3, imageSize: 32, patchSize: 8, ...vision }
        : vision,
    )
    .prefault({}),
  text: z
    .looseObject({ vocabSize: positiveInteger.default(1024) })
    .transform((text) =>
      text.type === undefined || text.type === "clip"
        ? { width: 96, layers: 3, heads: 3, contextLength: 48, ...text }
        : text,
    )
    .prefault({}),
});

/**
 * The flags that every recipe has, beside its own. Names are those of open_clip's where it has them (`lr`, `wd`, `warmup`,
 * `batchSize`, `gradClipNorm`, …), in camel case.
 */
export const commonFlagsSchema = z.strictObject({
  /** `world`, or a folder or file that `@tesserae/data` can open. */
  data: z.string().min(1).default("world"),
  /** Folder of the images, where `data` is a prepared folder or a file of captions that only names them. */
  images: z.string().min(1).optional(),
  /** The synthetic world, used when `data` is `world`: level, seed, images to train on and held out, captions an image. */
  world: z
    .strictObject({
      level: z.enum(["simple", "full", "long"]).default("simple"),
      seed: z.int().default(0),
      train: positiveInteger.default(16_384),
      validation: positiveInteger.default(256),
      captions: positiveInteger.exactOptional(),
    })
    .prefault({}),
  /** Share of the images to train on, in (0, 1]: the papers' data efficiency. */
  dataShare: z.number().gt(0).max(1).default(1),
  /** Share of the images held out for validation when the data has no split of its own. */
  validationFraction: z.number().gt(0).lt(1).default(0.2),
  /** Graphs of the captions: `parsed`, or the data's `gold` ones where it has them. */
  graphs: z.enum(["parsed", "gold"]).default("parsed"),
  /** Whether a miner works anew at every step (`online`) or once for each caption, as `prepare` does (`offline`). */
  mining: z.enum(["online", "offline"]).default("online"),
  seed: z.int().default(0),
  /** Optimizer steps; or give `epochs`. */
  steps: positiveInteger.optional(),
  epochs: z.number().positive().optional(),
  batchSize: positiveInteger.default(64),
  /** Parts that a step's images and texts are embedded in, one after the other: less memory, the same gradients. */
  accumFreq: positiveInteger.default(1),
  lr: z.number().positive().default(1e-3),
  /** Course of the learning rate after the warm-up. */
  schedule: z.enum(["cosine", "constant"]).default("cosine"),
  /** Steps of linear warm-up. */
  warmup: z.int().nonnegative().default(50),
  wd: z.number().nonnegative().default(0.1),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.98),
  eps: z.number().positive().default(1e-6),
  gradClipNorm: z.number().positive().optional(),
  /** Random crop: smallest share of the image's area that is kept; 1: no crop. Applied while training only. */
  cropScale: z.number().gt(0).max(1).default(1),
  model: modelSchema.prefault({}),
  /** Folder, run or hub name of the model to fine-tune, tokenizer included; `model` is then that model's. */
  pretrained: z.string().min(1).optional(),
  /** Folder of a pre-trained text tower with its tokenizer, such as a Gemma, put in place of `model.text`. */
  textTower: z.string().min(1).optional(),
  /** Of the text tower, only this many last layers are trained, reading in both directions where the tower can. 0: all layers. */
  textLayersTrained: z.int().nonnegative().default(0),
  /** Leave the image or the text tower as it starts (open_clip's `--lock-image`, `--lock-text`). */
  lockImage: z.boolean().default(false),
  lockText: z.boolean().default(false),
  /** Factor of the learning rate from each block of a tower to the one before it; 1: the same for all. */
  layerDecay: z.number().gt(0).max(1).default(1),
  /** Train low-rank adapters of queries and values on the frozen model; checkpoints hold their sum. */
  lora: z.strictObject({ rank: positiveInteger, alpha: z.number().positive().exactOptional() }).optional(),
  /** Standard deviation of the starting image position embeddings (default: width^-0.5, as OpenAI's CLIP). */
  imagePositionStd: z.number().positive().exactOptional(),
  logEveryNSteps: positiveInteger.default(10),
  /** Steps between two validations; the last step is always validated. */
  valFrequency: positiveInteger.optional(),
  /** With `data: "world"`: tasks measured beside retrieval, on scenes of their own, such as ["relation-swap", "attribute-swap"]. */
  valTasks: z.array(z.string()).default([]),
  /** Steps between two checkpoints that `--resume` can go on from; the last step is always saved. */
  saveFrequency: positiveInteger.optional(),
  /** Checkpoints kept, the newest ones; the best by held-out retrieval is kept besides. */
  keep: positiveInteger.default(2),
  /** Captions printed before training with their graph, sub-graphs and negatives. */
  inspect: z.int().nonnegative().default(0),
});

/** The flags of every recipe, every default filled in. */
export type CommonFlags = z.output<typeof commonFlagsSchema>;
/** What a recipe or a scale says of them. */
export type CommonFlagsInput = z.input<typeof commonFlagsSchema>;
