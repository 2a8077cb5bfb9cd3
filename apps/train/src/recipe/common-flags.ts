import { mosaiclipForms } from "@tesserae/negatives";
import { worldLevelNames } from "@tesserae/world";
import { z } from "zod";

const positiveInteger = z.int().positive();

/** Width, depth and heads of a transformer; the defaults train from scratch in minutes on two cores. */
const tower = {
  width: positiveInteger.default(96),
  layers: positiveInteger.default(3),
  heads: positiveInteger.default(3),
  mlpRatio: z.number().positive().exactOptional(),
};

const modelSchema = z.strictObject({
  embedDim: positiveInteger.default(96),
  activation: z.enum(["gelu", "quick_gelu"]).default("gelu"),
  vision: z
    .strictObject({
      ...tower,
      imageSize: positiveInteger.default(32),
      patchSize: positiveInteger.default(8),
      pool: z.enum(["class", "mean", "none"]).exactOptional(),
    })
    .prefault({}),
  text: z
    .strictObject({
      ...tower,
      contextLength: positiveInteger.default(48),
      /** Most tokens of the tokenizer, which is trained on the captions; a small corpus gives fewer. */
      vocabSize: positiveInteger.default(1024),
    })
    .prefault({}),
});

/**
 * Everything that decides a training run, in one flat record. Names are those of open_clip's flags where it has them
 * (`lr`, `wd`, `warmup`, `batchSize`, `gradClipNorm`, …), in camel case.
 */
export const trainConfigSchema = z.strictObject({
  /** Name of the run: the folder under `runs/` and the row of a table. */
  name: z.string().min(1),
  /** Which texts a sample has and which loss is minimised. */
  method: z.enum(["clip", "negclip", "structure-clip", "mosaiclip"]),
  /** A built-in miner, a module or a file whose default export is one. Default: the miner of the method. */
  miner: z.string().min(1).optional(),
  /** `world`, or a folder or file that `@tesserae/data` can open. */
  data: z.string().min(1).default("world"),
  /** Folder of the images, where `data` is a prepared folder or a file of captions that only names them. */
  images: z.string().min(1).optional(),
  /** Size and seed of the synthetic world; used when `data` is `world`. */
  world: z
    .strictObject({
      seed: z.int().default(0),
      train: positiveInteger.default(16_384),
      validation: positiveInteger.default(512),
      /** How hard it is. */
      level: z.enum(worldLevelNames).default("simple"),
    })
    .prefault({}),
  /** Share of the images held out for validation when the data has no split of its own. */
  validationFraction: z.number().gt(0).lt(1).default(0.2),
  seed: z.int().default(0),
  /** Optimizer steps; or give `epochs`. */
  steps: positiveInteger.optional(),
  epochs: z.number().positive().optional(),
  batchSize: positiveInteger.default(64),
  /** Parts that a step's images and texts are embedded in, one after the other: less memory, the same gradients. */
  accumFreq: positiveInteger.default(1),
  lr: z.number().positive().default(1e-3),
  wd: z.number().nonnegative().default(0.1),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.98),
  eps: z.number().positive().default(1e-6),
  /** Steps of linear warm-up before the cosine decay. */
  warmup: z.int().nonnegative().default(50),
  gradClipNorm: z.number().positive().optional(),
  model: modelSchema.prefault({}),
  /** Folder or hub name of the model to fine-tune, tokenizer included; `model` is then that model's and is left out. */
  pretrained: z.string().min(1).optional(),
  /** Leave the image or the text tower as it starts (open_clip's `--lock-image`, `--lock-text`). */
  lockImage: z.boolean().default(false),
  lockText: z.boolean().default(false),
  /** Factor of the learning rate from each block of a tower to the one before it; 1: the same for all. */
  layerDecay: z.number().gt(0).max(1).default(1),
  /** Train low-rank adapters of queries and values on the frozen model; checkpoints hold their sum. */
  lora: z.strictObject({ rank: positiveInteger, alpha: z.number().positive().exactOptional() }).optional(),
  /** Standard deviation of the starting image position embeddings (default: width^-0.5, as OpenAI's CLIP). */
  imagePositionStd: z.number().positive().exactOptional(),
  /**
   * Whether negatives are mined `anew` at every step, or `once` for each caption, as `prepare` does, and then drawn from.
   * The texts of a prepared folder are always those that it holds.
   */
  negatives: z.enum(["anew", "once"]).default("anew"),
  /** Most negatives of one image in a batch (NegCLIP and Structure-CLIP: 1; MosaiCLIP: 6). */
  maxNegatives: positiveInteger.optional(),
  /** MosaiCLIP: most positive sub-graphs of one image in a batch, besides the caption. */
  maxPositives: positiveInteger.default(3),
  /**
   * MosaiCLIP: whose positive a text is. "graph": of every image of the batch whose caption says it, the paper's P(i);
   * "own": only of the image that it was made for, so that "a dog" is a negative of other images with a dog.
   */
  matching: z.enum(["graph", "own"]).default("graph"),
  /** MosaiCLIP: sampling probability of object, relation and attribute pairs (paper, App. H.1: 0.15 for objects). */
  probabilities: z
    .strictObject({ object: z.number().min(0), relation: z.number().min(0), attribute: z.number().min(0) })
    .prefault({ object: 0.15, relation: 0.425, attribute: 0.425 }),
  /** MosaiCLIP: how early each form of a relation's or attribute's change comes up within a caption, 0 for never; default 1 each. */
  formWeights: z.partialRecord(z.enum(mosaiclipForms), z.number().min(0)).prefault({}),
  /** Structure-CLIP: loss of the paper or of the released code. */
  variant: z.enum(["paper", "code"]).default("paper"),
  logEveryNSteps: positiveInteger.default(10),
  /** Steps between two validations; the last step is always validated. */
  valFrequency: positiveInteger.optional(),
  /** Steps between two checkpoints that `--resume` can go on from; the last step is always saved. */
  saveFrequency: positiveInteger.optional(),
  /** Captions printed at the end with their graph, sub-graphs and negatives; if any, the coverage of the methods' miners and of `miner` is counted too. */
  inspect: z.int().nonnegative().default(0),
});

/** A complete configuration: every default filled in. */
export type TrainConfig = z.output<typeof trainConfigSchema>;
/** What a configuration file exports: only `name` and `method` are needed. */
export type TrainConfigInput = z.input<typeof trainConfigSchema>;
