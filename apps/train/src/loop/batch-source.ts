import type { Dataset, Sample } from "@tesserae/data";
import type { RgbImage } from "@tesserae/models";
import type { TextLimits } from "@tesserae/negatives";
import { pickIndex, seededRng, shuffled } from "@tesserae/scene-graph/random";
import type { CaptionGraphs } from "../data/caption-graphs.js";
import type { ImageStore } from "../data/image-store.js";
import type { CollateContext, CollatedBatch, Objective, TrainingSample } from "../objective/objective.js";
import { createStopwatch, type Stopwatch } from "./stopwatch.js";

/** One step's input: decoded images of the model's size, and what the objective made of their texts. */
export interface Batch {
  readonly images: readonly RgbImage[];
  readonly collated: CollatedBatch;
}

/** Makes the batch of any step from the seed and the step alone. */
export interface BatchSource {
  /** Images a step; at most those that there are. */
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  batch(step: number): Promise<Batch>;
  /** The texts of a step alone. */
  texts(step: number): Promise<readonly string[]>;
}

/** Options of {@link createBatchSource}. */
export interface BatchSourceOptions {
  readonly dataset: Dataset;
  readonly images: ImageStore;
  readonly graphOf: CaptionGraphs;
  readonly objective: Objective;
  readonly batchSize: number;
  readonly seed: number;
  readonly context: Pick<
    CollateContext,
    "vocabulary" | "tokenizer" | "phraseTokenizer" | "packing" | "parts" | "report"
  >;
  /** Limits of the curriculum's stage that a step is in. Default: none. */
  readonly limits?: (step: number) => Partial<TextLimits> | undefined;
  /** Counts what reading images and making texts take. */
  readonly stopwatch?: Stopwatch;
}

/** Images a step, at most all of them, and steps an epoch; the last, incomplete batch of an epoch is left out. */
export function epochOf({ samples }: Dataset, asked: number): Pick<BatchSource, "batchSize" | "stepsPerEpoch"> {
  const batchSize = Math.min(asked, samples.length);
  return { batchSize, stepsPerEpoch: Math.floor(samples.length / batchSize) };
}

/**
 * Batches over shuffled epochs; the last, incomplete batch of an epoch is left out. An image that cannot be read is
 * replaced by the next readable one, so that order does not depend on what was read before.
 */
export function createBatchSource(options: BatchSourceOptions): BatchSource {
  const { dataset, images, objective, seed, stopwatch = createStopwatch() } = options;
  const { samples } = dataset;
  const epoch = epochOf(dataset, options.batchSize);
  const chosen = sampleOrder(options, epoch);
  const collate = createCollate(options);
  let earlier: { readonly step: number; readonly texts: readonly string[] } | undefined;

  /** The samples of a step with their images; one whose image cannot be read is replaced by the next that can. */
  const read = (step: number) =>
    Promise.all(
      chosen(step).map((index, place) => images.readableFrom(samples, index, seededRng("crop", seed, step, place))),
    );
  const samplesOf = (found: Awaited<ReturnType<typeof read>>) => found.map(({ sample }) => sample);
  /** Texts of a step without those that fill it up: what fills the next one, the same whether the run was resumed or not. */
  const ownTexts = async (step: number): Promise<readonly string[]> => {
    if (earlier?.step === step) return earlier.texts;
    return (await collate(step, samplesOf(await read(step)), { isCounted: false })).texts;
  };

  return {
    ...epoch,
    texts: async (step) =>
      (
        await collate(
          step,
          chosen(step).map((index) => samples[index]!),
        )
      ).texts,
    batch: async (step) => {
      const found = await stopwatch.time("image", () => read(step));
      const collated = await stopwatch.time("text", async () => {
        const before = objective.fillsFromEarlier && step > 0 ? { earlierTexts: await ownTexts(step - 1) } : {};
        const made = await collate(step, samplesOf(found), before);
        earlier = { step, texts: made.texts.slice(0, made.ownTexts) };
        return made;
      });
      return { images: found.map(({ image }) => image), collated };
    },
  };
}

/** Gives the indices of a step's samples, companions after them. */
function sampleOrder(
  { dataset: { samples }, objective, seed }: BatchSourceOptions,
  { batchSize, stepsPerEpoch }: ReturnType<typeof epochOf>,
): (step: number) => readonly number[] {
  let shuffledEpoch: { readonly epoch: number; readonly order: readonly number[] } | undefined;
  return (step) => {
    const epoch = Math.floor(step / stepsPerEpoch);
    if (shuffledEpoch?.epoch !== epoch) {
      shuffledEpoch = { epoch, order: shuffled(seededRng("shuffle", seed, epoch), [...samples.keys()]) };
    }
    const first = (step % stepsPerEpoch) * batchSize;
    const own = shuffledEpoch.order.slice(first, first + batchSize);
    const rng = seededRng("companions", seed, step);
    const companions = own.flatMap((index) => objective.companion?.(samples[index]!, rng) ?? []);
    return [...own, ...companions];
  };
}

interface CollateOptions {
  readonly earlierTexts?: readonly string[];
  /** Whether what miners find counts in the report. Default true. */
  readonly isCounted?: boolean;
}

/** Makes the texts of a step's samples, a caption of each drawn. */
function createCollate({ graphOf, objective, seed, limits, context }: BatchSourceOptions) {
  const { report, ...rest } = context;
  return async (step: number, given: readonly Sample[], { earlierTexts, isCounted = true }: CollateOptions = {}) => {
    const rng = seededRng("texts", seed, step);
    const drawn: TrainingSample[] = [];
    for (const sample of given) {
      drawn.push({ sample, caption: await graphOf(sample, pickIndex(rng, sample.captions.length)) });
    }
    const max = limits?.(step);
    return objective.collate(drawn, {
      ...rest,
      ...(report && isCounted ? { report } : {}),
      rng,
      ...(max ? { max } : {}),
      ...(earlierTexts ? { earlierTexts } : {}),
    });
  };
}
