import { relative } from "node:path";
import type { Sample } from "@tesserae/data";
import type { Clip, LoraClip, Tokenizer } from "@tesserae/models";
import { buildVocabulary, type MiningReport, mergeReports, type Vocabulary } from "@tesserae/negatives";
import { pairwiseComplexity } from "@tesserae/region-mapper";
import type { SceneGraph } from "@tesserae/scene-graph";
import type { CaptionGraphs } from "../data/caption-graphs.js";
import { createImageStore, type ImageStore } from "../data/image-store.js";
import type { TrainingData } from "../data/open-data.js";
import { meanCosine } from "../loop/mean-cosine.js";
import type { KnowledgeOptions } from "../loop/start-knowledge.js";
import { modelFolder, type StartedModel, startModel } from "../loop/start-model.js";
import { createStopwatch, type Stopwatch } from "../loop/stopwatch.js";
import { readTrainState, restoreAdapters, type TrainState } from "../loop/train-state.js";
import { heldOutScorer, validateRetrieval } from "../loop/validate-retrieval.js";
import { developmentTasks, validateSwaps } from "../loop/validate-swaps.js";
import { checkRoom } from "../run/check-room.js";
import { hearSignals } from "../run/interruption.js";
import { TrainError } from "../train-error.js";
import { openTrainingData } from "./open-training-data.js";
import type { StepContext } from "./step.js";

/** Everything that is there before the first step of a training, checked. */
export interface TrainingSetup {
  readonly data: TrainingData;
  readonly images: ImageStore;
  readonly unreadable: () => readonly string[];
  readonly clip: Clip | LoraClip;
  readonly tokenizer: Tokenizer;
  /** What reads the phrases of a knowledge encoder; absent: the tokenizer. */
  readonly phraseTokenizer?: Tokenizer;
  readonly vocabulary: Vocabulary;
  readonly graphOf: CaptionGraphs;
  readonly stopwatch: Stopwatch;
  readonly reports: MiningReports;
  /** Of the checkpoint that it goes on from. */
  readonly state?: TrainState;
  /** What the training began with, where that is a stored model: for WiSE-FT. */
  readonly start?: string;
  readonly heldOut: number;
  /** Mean number of region-attribute pairs an image (ViLLA), by the graphs of the first captions. */
  readonly pairwiseComplexity: number;
  /** Held-out retrieval, by metric, and the tasks that `valTasks` names. */
  validate(): Promise<Readonly<Record<string, { readonly value: number }>>>;
  /** Mean cosine of different held-out images, and of their texts. */
  similarity(): Promise<{ readonly image: number; readonly text: number }>;
  /** Share of the training captions that also stand at another image. */
  readonly duplicateCaptions: number;
}

/** What miners found, added up by miner. */
export interface MiningReports {
  add(report: MiningReport): void;
  clear(): void;
  all(): readonly MiningReport[];
}

/** Samples that are gone through before signals are heard again. */
const samplesBetweenSignals = 32;
const notBegun = "stopped while the data was read; steps that were saved before are kept";

/** Held-out samples whose embeddings are compared with one another. */
const comparedSamples = 32;

/** Captions that are looked through for problems and examples beforehand. */
const checkedImages = 8;

/**
 * Opens data and model and checks what can be checked: images that can be read on both sides, room on the disk.
 *
 * @param checkpoint folder of the checkpoint that the training goes on from
 * @throws TrainError naming what is missing
 */
export async function setUpTraining(
  context: StepContext,
  checkpoint: string | undefined,
  knowledge: KnowledgeOptions | undefined,
): Promise<TrainingSetup> {
  const { flags, artefacts, run, progress, signal } = context;
  const tasks = developmentTasks(flags);
  const { data, graphOf } = await openTrainingData(flags, artefacts, run);
  const { train } = data;
  await context.confirm("data", { train: train.revision, validation: data.validation.revision });
  reportProblems(data.train.problems, progress.note);
  progress.note(
    `data ${train.name}: ${train.samples.length} images to train on, ${data.validation.samples.length} held out`,
  );
  const graphs = await graphsOf(train.samples, graphOf, signal);
  const vocabulary = buildVocabulary(graphs);

  const state = checkpoint === undefined ? undefined : await readTrainState(checkpoint);
  const earlier = artefacts.model === undefined ? undefined : `${run}/${artefacts.model}`;
  const captions = train.samples.flatMap((sample) => sample.captions);
  const model = await openModel(context, { captions, checkpoint, earlier, knowledge });

  const { imageSize } = model.clip.config.vision;
  const images = createImageStore(train, imageSize, { cropScale: flags.cropScale });
  const heldOutImages = createImageStore(data.validation, imageSize);
  const heldOut = await readable(data.validation, heldOutImages, progress.note, signal);
  await images.readableFrom(train.samples, 0);
  for (const { image } of train.samples.slice(0, checkedImages)) await images.read(image);
  const start = earlier ?? (flags.pretrained === undefined ? undefined : await modelFolder(flags.pretrained));
  return {
    data,
    images,
    unreadable: () => [...images.unreadable.values(), ...heldOutImages.unreadable.values()],
    ...model,
    vocabulary,
    graphOf,
    stopwatch: createStopwatch(),
    reports: miningReports(),
    ...(state ? { state } : {}),
    ...(start ? { start: earlier === undefined ? start : relative(run, start) } : {}),
    heldOut: heldOut.samples.length,
    pairwiseComplexity: pairwiseComplexity(graphs.slice(0, 1000)).mean,
    ...heldOutMeasures(model, heldOut, heldOutImages, tasks),
    duplicateCaptions: duplicateShare(train.samples),
  };
}

/** The graph of every caption. */
async function graphsOf(
  samples: readonly Sample[],
  graphOf: CaptionGraphs,
  signal: AbortSignal,
): Promise<readonly SceneGraph[]> {
  const graphs: SceneGraph[] = [];
  for (const [place, sample] of samples.entries()) {
    if (place % samplesBetweenSignals === 0) await hearSignals(signal, notBegun);
    for (const index of sample.captions.keys()) graphs.push(await graphOf(sample, index));
  }
  return graphs;
}

/** What a model is started with. */
interface ModelOptions {
  /** Captions that a tokenizer is trained on where the model brings none. */
  readonly captions: readonly string[];
  readonly checkpoint: string | undefined;
  /** Folder of the model that an earlier step of the run left. */
  readonly earlier: string | undefined;
  readonly knowledge: KnowledgeOptions | undefined;
}

/** The model that the training begins with or goes on from, where the disk has room for what is saved of it. */
async function openModel(
  { flags, folder }: StepContext,
  { captions, checkpoint, earlier, knowledge }: ModelOptions,
): Promise<StartedModel> {
  const from = checkpoint !== undefined && flags.lora === undefined ? checkpoint : earlier;
  const model = await startModel(flags, {
    captions,
    ...(from ? { from } : {}),
    ...(knowledge ? { knowledge } : {}),
  });
  const { clip } = model;
  if (checkpoint !== undefined && "adapters" in clip) await restoreAdapters(checkpoint, clip);
  await checkRoom(
    folder,
    [...clip.variables.values()].reduce((sum, { size }) => sum + size, 0),
  );
  return model;
}

/** What is measured on the held-out images. */
function heldOutMeasures(
  model: StartedModel,
  heldOut: TrainingData["validation"],
  images: ImageStore,
  tasks: ReturnType<typeof developmentTasks>,
): Pick<TrainingSetup, "validate" | "similarity"> {
  return {
    validate: async () => ({
      ...(await validateRetrieval(model, heldOut, images)),
      ...(await validateSwaps(model, images, tasks)),
    }),
    similarity: async () => {
      const some = heldOut.samples.slice(0, comparedSamples);
      const scorer = heldOutScorer(model, images);
      return {
        image: meanCosine(await scorer.embedImages(some.map(({ image }) => ({ path: image })))),
        text: meanCosine(await scorer.embedTexts([...new Set(some.map(({ captions: [first] }) => first!))])),
      };
    },
  };
}

/** Share of the captions that also stand at another image. */
function duplicateShare(samples: readonly Sample[]): number {
  const images = new Map<string, number>();
  const texts = samples.flatMap(({ captions }) => [...new Set(captions)]);
  for (const text of texts) images.set(text, (images.get(text) ?? 0) + 1);
  return texts.length === 0 ? 0 : texts.filter((text) => images.get(text)! > 1).length / texts.length;
}

function reportProblems(problems: readonly string[], tell: (line: string) => void): void {
  if (problems.length === 0) return;
  tell(`${problems.length} ${problems.length === 1 ? "record" : "records"} of the data left out:`);
  for (const problem of problems.slice(0, 5)) tell(`  ${problem}`);
  if (problems.length > 5) tell(`  and ${problems.length - 5} more (all are listed in run.json)`);
}

/** The held-out samples whose image can be read; the others are told. @throws TrainError when fewer than two are left */
async function readable(
  dataset: TrainingData["validation"],
  images: ImageStore,
  tell: (line: string) => void,
  signal: AbortSignal,
) {
  const samples: Sample[] = [];
  for (const [place, sample] of dataset.samples.entries()) {
    if (place % samplesBetweenSignals === 0) await hearSignals(signal, notBegun);
    if ((await images.read(sample.image)) !== undefined) samples.push(sample);
  }
  for (const reason of images.unreadable.values()) tell(`held-out image left out: ${reason}`);
  if (samples.length < 2) {
    throw new TrainError(
      `${dataset.name}: ${samples.length} of ${dataset.samples.length} held-out images can be read; at least 2 are needed to validate with`,
    );
  }
  return { ...dataset, samples };
}

function miningReports(): MiningReports {
  const byMiner = new Map<string, MiningReport>();
  return {
    add: (report) => {
      const key = `${report.miner} ${report.version}`;
      const before = byMiner.get(key);
      byMiner.set(key, before ? mergeReports([before, report]) : report);
    },
    clear: () => byMiner.clear(),
    all: () => [...byMiner.values()],
  };
}
