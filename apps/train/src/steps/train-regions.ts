import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { type ClipConfig, createClip, createTokenizer, saveClip } from "@tesserae/models";
import { parseRegionPairs, type RegionPairs } from "@tesserae/region-mapper";
import { seededRng } from "@tesserae/scene-graph/random";
import { writeFileAtomic } from "@tesserae/shared";
import { pairsOf } from "../regions/assign-regions.js";
import { evaluateRegions } from "../regions/evaluate-regions.js";
import { openRegionData, type RegionDataOptions } from "../regions/open-region-data.js";
import { createPixelStore } from "../regions/pixel-store.js";
import type { RegionData } from "../regions/region-sample.js";
import { trainOnPairs } from "../regions/train-on-pairs.js";
import { TrainError } from "../train-error.js";
import type { Step, StepContext, StepResult } from "./step.js";
import { stepSupport } from "./step-support.js";

/** Options of {@link trainRegions}. */
export interface TrainRegionsOptions {
  /** Differs between the steps of a recipe. */
  readonly name: string;
  /** `image`: whole images with whole texts, the one-to-one model. `assigned`: the pairs that `assignRegions` wrote. */
  readonly pairs: "image" | "assigned";
  readonly data: RegionDataOptions;
  readonly multiPositive: boolean;
}

/** ViLLA's stage 2: trains on region-attribute pairs and whole images, then measures retrieval between test regions and attributes. */
export function trainRegions(options: TrainRegionsOptions): Step {
  const { name, ...made } = options;
  return { name, version: "1", options: { ...made, data: { ...made.data } }, run: (context) => run(context, options) };
}

async function run(context: StepContext, options: TrainRegionsOptions): Promise<StepResult> {
  const { flags, folder, progress } = context;
  const data = await openRegionData(options.data, "train");
  const pairs =
    options.pairs === "image"
      ? pairsOf(data, "image", { rng: seededRng("pairs", flags.seed) }).pairs
      : await readPairs(context, data);
  const model = createModel(context, data);
  const { imageSize } = model.clip.towers.image;
  try {
    const length = { steps: stepsOf(context, data.samples.length), batchSize: flags.batchSize };
    const traces = await trainOnPairs(model, data.samples, pairs, await createPixelStore(data, imageSize), {
      ...length,
      learningRate: flags.lr,
      warmup: flags.warmup,
      weightDecay: flags.wd,
      multiPositive: options.multiPositive,
      seed: ["batches", flags.seed, options.name],
      ...(await stepSupport(context, options.name, length)),
    });
    const { complexity, testComplexity } = options.data;
    const measured = [];
    for (const target of new Set([testComplexity, complexity])) {
      const test = await openRegionData(options.data, "test", target);
      const scores = await evaluateRegions(model, test, await createPixelStore(test, imageSize));
      measured.push({ complexity: target, images: test.samples.length, ...scores });
      progress.note(`${options.name}: test images of complexity ${target}: ${describe(scores)}`);
    }
    await writeFileAtomic(join(folder, "retrieval.json"), `${JSON.stringify(measured)}\n`);
    const path = join(folder, "model");
    await saveClip(model.clip, model.tokenizer, path);
    return {
      artefacts: { model: relative(context.run, path) },
      record: {
        images: data.samples.length,
        ...length,
        traces,
        dataRevision: data.revision,
        retrieval: measured.map(({ complexity, textToRegion, regionToText }) => ({
          complexity,
          textToRegion: textToRegion.rPrecision,
          regionToText: regionToText.rPrecision,
          chance: textToRegion.chance,
        })),
      },
    };
  } finally {
    model.clip.dispose();
  }
}

function describe({ textToRegion, regionToText }: Awaited<ReturnType<typeof evaluateRegions>>): string {
  const percent = (value: number): string => (100 * value).toFixed(1);
  return `R-Precision text to region ${percent(textToRegion.rPrecision)}, region to text ${percent(regionToText.rPrecision)}, chance ${percent(textToRegion.chance)}`;
}

function createModel({ flags }: StepContext, data: RegionData) {
  const { text } = flags.model as unknown as {
    readonly text: { readonly vocabSize: number; readonly contextLength?: number };
  };
  const tokenizer = createTokenizer({
    corpus: data.attributes.flatMap((attribute) => data.prompts(attribute)),
    vocabSize: text.vocabSize,
    contextLength: text.contextLength ?? 16,
  });
  const config = { ...flags.model, text: { ...text, vocabSize: tokenizer.vocabSize } } as unknown as ClipConfig;
  const start = flags.imagePositionStd === undefined ? {} : { imagePositionStd: flags.imagePositionStd };
  return { tokenizer, clip: createClip(config, { rng: seededRng("weights", flags.seed), ...start }) };
}

function stepsOf({ flags }: StepContext, images: number): number {
  return flags.steps ?? Math.max(1, Math.round((flags.epochs! * images) / Math.min(flags.batchSize, images)));
}

async function readPairs({ artefacts, run }: StepContext, data: RegionData): Promise<readonly RegionPairs[]> {
  if (artefacts.pairs === undefined) {
    throw new TrainError("train: there are no region-attribute pairs; put assignRegions() before it");
  }
  const path = join(run, artefacts.pairs);
  const lines = (await readFile(path, "utf8")).split("\n").filter(Boolean);
  const pairs = lines.map((line, index) => parseRegionPairs(line, `${path}:${index + 1}`));
  const wrong = data.samples.findIndex(({ image }, index) => pairs[index]?.image !== image);
  if (wrong >= 0 || pairs.length !== data.samples.length) {
    throw new TrainError(`${path}: is of other images than the data; run the steps before it again (--overwrite)`);
  }
  return pairs;
}
