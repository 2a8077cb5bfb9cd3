import * as tf from "@tensorflow/tfjs-core";
import { type BenchmarkResult, type ImageRef, imageName } from "@tesserae/benchmarks";
import type { Dataset, Sample } from "@tesserae/data";
import { createScorer, layerDecay, type Tokenizer } from "@tesserae/models";
import { buildVocabulary } from "@tesserae/negatives";
import { pairwiseComplexity } from "@tesserae/region-mapper";
import { parse, type SceneGraph } from "@tesserae/scene-graph";
import { machine, type Progress, versions } from "@tesserae/shared";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { createAdamW } from "../adamw.js";
import { appFolder } from "../app-folder.js";
import { type BatchSource, createBatchSource } from "../objective/collate.js";
import type { TrainConfig } from "../recipe/common-flags.js";
import { cosineLr } from "../cosine-lr.js";
import { cut } from "../loop/chunk.js";
import { createImageStore, type ImageStore } from "../data/image-store.js";
import { inspect, type MinerCoverage } from "../inspect/inspect.js";
import { createMethod } from "../method.js";
import { openData } from "../data/open-data.js";
import { cleanCaption } from "../prepare/clean-caption.js";
import { openRunFiles, resumeFrom } from "../run/run-folder.js";
import { startModel } from "../loop/start-model.js";
import { createStopwatch } from "../loop/stopwatch.js";
import { createTextPacker, type Sequences, type TextPacker } from "../objective/text-packer.js";
import { TrainError } from "../train-error.js";
import { type StepValues, trainingStep } from "../loop/training-step.js";
import { validateRetrieval } from "../loop/validate-retrieval.js";

/** How a run is carried out, apart from what it is. */
export interface TrainOptions {
  /** Folder that receives `run.json`, `metrics.jsonl` and `checkpoint/`. */
  readonly out: string;
  readonly progress: Progress;
  readonly backend?: string;
  readonly threads?: number;
  /** Go on from the checkpoint in `out`. */
  readonly resume?: boolean;
}

/** What was run and what came out of it: the content of `run.json`. */
export interface RunRecord {
  readonly name: string;
  readonly method: string;
  readonly miner: { readonly name: string; readonly version: string } | null;
  readonly config: TrainConfig;
  readonly seed: number;
  readonly steps: number;
  readonly samplesSeen: number;
  readonly trainImages: number;
  readonly validationImages: number;
  /** Mean number of region-attribute pairs an image (ViLLA), by the parsed captions. */
  readonly pairwiseComplexity: number;
  readonly data: string;
  readonly dataRevision: string;
  readonly problems: readonly string[];
  readonly unreadableImages: readonly string[];
  readonly loss: { readonly first: number; readonly last: number };
  readonly validation: BenchmarkResult["metrics"];
  readonly coverage: readonly MinerCoverage[];
  readonly backend: { readonly name: string; readonly reason: string };
  readonly seconds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: string;
}

/**
 * Trains one configuration from beginning to end and writes its folder.
 * The same configuration on the same backend gives the same bytes, resumed or not.
 * @throws TrainError for what the user can mend (no data, an unknown miner, a loss that is not a number)
 */
export async function train(config: TrainConfig, options: TrainOptions): Promise<RunRecord> {
  const { progress } = options;
  const started = performance.now();
  const backend = await selectBackend(options);
  progress.note(`backend ${backend.name}: ${backend.reason}`);

  const resumed = options.resume ? await resumeFrom(options.out, config) : undefined;
  const data = await openData(config);
  reportProblems(data.train, progress);
  progress.note(
    `data ${data.train.name}: ${data.train.samples.length} images to train on, ${data.validation.samples.length} held out`,
  );

  const captions = captionsOf(data.train);
  const parseOnce = memoise(parseCaption);
  const needsGraphs = config.inspect > 0 || (config.method !== "clip" && data.prepared === undefined);
  const graphs = needsGraphs ? captions.map(parseOnce) : [];
  // Mined once, the texts are those that `prepare` writes: its vocabulary is that of all captions.
  const heldOutGraphs = needsGraphs && config.negatives === "once" ? captionsOf(data.validation).map(parseOnce) : [];
  const vocabulary = buildVocabulary([...graphs, ...heldOutGraphs]);
  const method = await createMethod(config, vocabulary, data.prepared);
  if (method.miner !== null) progress.note(`miner ${method.miner.name} ${method.miner.version}`);

  const { clip, tokenizer } = await startModel(config, captions, resumed);
  const lrFactor = config.layerDecay === 1 ? undefined : layerDecay(clip, config.layerDecay);
  const optimizer = createAdamW(clip.variables, { ...config, lrFactor });
  if (resumed !== undefined) {
    const size = resumed.moments.length / 2;
    optimizer.state.moment.assign(tf.tensor1d(resumed.moments.subarray(0, size)));
    optimizer.state.velocity.assign(tf.tensor1d(resumed.moments.subarray(size)));
    optimizer.state.updates = resumed.step;
  }

  const images = createImageStore(data.train, clip.config.vision.imageSize);
  const stopwatch = createStopwatch();
  const source = createBatchSource({ ...config, dataset: data.train, images, parse: parseOnce, method, stopwatch });
  const steps = config.steps ?? Math.max(1, Math.round(config.epochs! * source.stepsPerEpoch));
  const batchSize = Math.min(config.batchSize, data.train.samples.length);
  const firstStep = resumed?.step ?? 0;
  if (firstStep >= steps) {
    throw new TrainError(`--resume: ${options.out} has all of its ${steps} steps; start anew without --resume`);
  }
  const files = await openRunFiles(options.out, config, firstStep);
  const heldOutImages = createImageStore(data.validation, clip.config.vision.imageSize);
  const heldOut = await readableOnly(data.validation, heldOutImages, progress);
  const scorer = createScorer(clip, tokenizer, {
    loadImage: async (image: ImageRef) => (await heldOutImages.read(imageName(image)))!,
    batchSize: 64,
    name: config.name,
    revision: `seed ${config.seed}`,
  });
  const validate = () => validateRetrieval(scorer, heldOut);

  const { accumFreq } = config;
  const pack = await createPacker(source, tokenizer, accumFreq);
  const parts = { clip, tokenizer, loss: method.loss, optimizer, pack, accumFreq };
  const losses: number[] = [...(resumed?.losses ?? [])];
  let validation: BenchmarkResult["metrics"] = {};
  const loopStarted = performance.now();
  stopwatch.lap(); // the packer's examples are no steps
  for (let step = firstStep; step < steps; step++) {
    const lr = cosineLr(step, { lr: config.lr, warmup: config.warmup, steps });
    const batch = await source.batch(step);
    const values = await stopwatch.time("engine", () => trainingStep(parts, batch, lr));
    checkFinite(values, step);
    losses.push(values.loss!);

    const done = step + 1;
    const last = done === steps;
    if (last || done % config.logEveryNSteps === 0) {
      const seconds = (performance.now() - loopStarted) / 1000;
      const rate = (done - firstStep) / seconds;
      const samplesPerSecond = rate * batchSize;
      await files.metric({ step: done, ...values, learningRate: lr, samplesPerSecond, seconds, ...stopwatch.lap() });
      progress.step({
        run: config.name,
        step: done,
        steps,
        loss: values.loss!,
        samplesPerSecond,
        secondsLeft: (steps - done) / rate,
      });
    }
    if (last || (config.valFrequency !== undefined && done % config.valFrequency === 0)) {
      validation = (await validate()).metrics;
      const numbers = Object.entries(validation).map(([name, metric]) => [name, metric.value]);
      await files.metric({ step: done, validation: Object.fromEntries(numbers) });
    }
    if (last || (config.saveFrequency !== undefined && done % config.saveFrequency === 0)) {
      await files.save(clip, tokenizer, optimizer, losses);
    }
  }
  progress.stop();

  const tenth = Math.max(1, Math.floor(losses.length / 10));
  const record: RunRecord = {
    name: config.name,
    method: config.method,
    miner: method.miner && { name: method.miner.name, version: method.miner.version },
    config,
    seed: config.seed,
    steps,
    samplesSeen: steps * batchSize,
    trainImages: data.train.samples.length,
    validationImages: heldOut.samples.length,
    pairwiseComplexity: estimatedComplexity(data.train, parseOnce),
    data: data.train.name,
    dataRevision: data.train.revision,
    problems: data.train.problems,
    unreadableImages: [...images.unreadable.values(), ...heldOutImages.unreadable.values()],
    loss: { first: mean(losses.slice(0, tenth)), last: mean(losses.slice(-tenth)) },
    validation,
    coverage: config.inspect === 0 ? [] : await inspect(config, graphs, vocabulary, progress.note),
    backend,
    seconds: (performance.now() - started) / 1000,
    versions: versions(appFolder),
    machine: machine(),
  };
  await files.finish(record);
  await method.dispose();
  optimizer.dispose();
  clip.dispose();
  return record;
}

/** Steps whose texts show the run's shapes beforehand. */
const exampleSteps = 12;

async function createPacker(source: BatchSource, tokenizer: Tokenizer, accumFreq: number): Promise<TextPacker> {
  const examples: Sequences[] = [];
  for (let step = 0; step < exampleSteps; step++) {
    const { texts } = await source.batch(step);
    for (const part of cut(texts, accumFreq)) examples.push(part.map((text) => tokenizer.encode(text)));
  }
  return createTextPacker(examples);
}

function reportProblems(dataset: Dataset, progress: Progress): void {
  const { problems } = dataset;
  if (problems.length === 0) return;
  progress.note(`${problems.length} ${problems.length === 1 ? "record" : "records"} of the data left out:`);
  for (const problem of problems.slice(0, 5)) progress.note(`  ${problem}`);
  if (problems.length > 5) progress.note(`  and ${problems.length - 5} more (all are listed in run.json)`);
}

/** The held-out samples whose image can be read; the others are told. */
async function readableOnly(dataset: Dataset, images: ImageStore, progress: Progress): Promise<Dataset> {
  const samples: Sample[] = [];
  for (const sample of dataset.samples) if ((await images.read(sample.image)) !== undefined) samples.push(sample);
  for (const reason of images.unreadable.values()) progress.note(`held-out image left out: ${reason}`);
  return { ...dataset, samples };
}

/** A loss that is not a number ends the run: every later step would only spread it. */
function checkFinite(values: StepValues, step: number): void {
  const wrong = Object.entries(values).filter(([, value]) => !Number.isFinite(value));
  if (wrong.length === 0) return;
  const named = wrong.map(([name, value]) => `${name} = ${value}`).join(", ");
  throw new TrainError(
    `step ${step + 1}: ${named}; lower lr, raise warmup or set gradClipNorm (checkpoints of earlier steps are kept)`,
  );
}

/** Mean number of region-attribute pairs of an image, counted on the parsed first caption (an estimate; ViLLA counts gold regions). */
function estimatedComplexity(dataset: Dataset, parseCaption: (caption: string) => SceneGraph): number {
  const samples = dataset.samples.slice(0, 1000).map((sample) => sample.graph ?? parseCaption(sample.captions[0]!));
  return pairwiseComplexity(samples).mean;
}

function captionsOf(dataset: Dataset): string[] {
  return dataset.samples.flatMap((sample) => sample.captions);
}

/** The graph of a caption as `prepare` reads it: without control characters. */
function parseCaption(caption: string): SceneGraph {
  const clean = cleanCaption(caption);
  return parse("problem" in clean ? caption : clean.caption);
}

function memoise<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key)!;
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
