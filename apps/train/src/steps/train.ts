import { join, relative } from "node:path";
import { caption } from "@tesserae/negatives";
import { constantSchedule, cosineSchedule, type Schedule } from "@tesserae/optim";
import { seededRng } from "@tesserae/scene-graph/random";
import { type BatchSource, epochOf } from "../loop/batch-source.js";
import { createOptimizer } from "../loop/optimizer.js";
import type { KnowledgeOptions } from "../loop/start-knowledge.js";
import { restoreMoments } from "../loop/train-state.js";
import { trainingLoop } from "../loop/training-loop.js";
import { createTrainingStep } from "../loop/training-step.js";
import { contrastive } from "../objective/contrastive.js";
import { describeSample } from "../objective/describe-sample.js";
import type { Objective } from "../objective/objective.js";
import { findPacking, type TextPacking } from "../objective/text-packing.js";
import type { CommonFlags, CommonFlagsInput } from "../recipe/common-flags.js";
import { openCheckpoints } from "../run/checkpoints.js";
import { Interruption, type InterruptSignal } from "../run/interruption.js";
import { TrainError } from "../train-error.js";
import { planTraining } from "./plan-training.js";
import type { Stage } from "./stages.js";
import type { StepContext, StepResult } from "./step.js";
import { type Closable, threadedSource } from "./threaded-source.js";
import type { TrainStep, TrainStepOptions } from "./train-options.js";
import { createTrainingLog } from "./training-log.js";
import { setUpTraining, type TrainingSetup } from "./training-setup.js";
import { type TrainingSourceOptions, trainingSource } from "./training-source.js";

/** Steps whose texts show a training's shapes beforehand, and images that are enough for that. */
const exampleSteps = 12;
const exampleImages = 1536;

/** The step that trains: on the data, the model and for the length that the flags name. */
export function train(options: TrainStepOptions): TrainStep {
  const { name = "train", stages = [], flags: other = {}, knowledge } = options;
  const total = stages.reduce((sum, { share }) => sum + share, 0);
  if (stages.length > 0 && Math.abs(total - 1) > 1e-9) {
    throw new TrainError(`train: the shares of its ${stages.length} stages add up to ${total}; they must add up to 1`);
  }
  const objective = options.objective ?? objectiveOf(options);
  const withOwn = (flags: CommonFlags): CommonFlags => ({ ...flags, ...lengthOf(other), ...other }) as CommonFlags;
  return {
    name,
    version: "1",
    objective,
    stages,
    flagsOf: withOwn,
    options: {
      objective: { name: objective.name, version: objective.version, options: objective.options },
      stages,
      ...(knowledge ? { knowledge } : {}),
      ...(Object.keys(other).length > 0 ? { flags: other } : {}),
    },
    plan: ({ flags, artefacts }) => planTraining(withOwn(flags), artefacts, objective, options),
    run: (context) => runTraining({ ...context, flags: withOwn(context.flags) }, objective, name, stages, knowledge),
  };
}

function objectiveOf({ texts = caption(), loss, hardImages, fillFromEarlier, knowledge }: TrainStepOptions): Objective {
  return contrastive({
    texts,
    ...(loss ? { loss } : {}),
    hardImages: hardImages ?? false,
    fillFromEarlier: fillFromEarlier ?? false,
    knowledgeWeight: knowledge?.weight ?? 0,
  }) as unknown as Objective;
}

/** A step's own length takes the place of the run's, whichever of the two it is given in. */
function lengthOf({ steps, epochs }: Partial<CommonFlagsInput>): object {
  return steps === undefined && epochs === undefined ? {} : { steps: undefined, epochs: undefined };
}

async function runTraining(
  context: StepContext,
  objective: Objective,
  name: string,
  stages: readonly Stage[],
  knowledge: KnowledgeOptions | undefined,
): Promise<StepResult> {
  const { flags, folder, run, progress, signal } = context;
  const checkpoints = await openCheckpoints(join(folder, "checkpoints"), flags.keep);
  const newest = await checkpoints.newest(progress.note);
  const setup = await setUpTraining(context, newest?.folder, knowledge);
  const { clip, data, state } = setup;
  const optimizer = createOptimizer(clip, flags);
  const update = createTrainingStep({ clip, objective, optimizer, accumFreq: flags.accumFreq });
  let source: Closable<BatchSource> | undefined;
  try {
    if (newest) await restoreMoments(newest.folder, optimizer);
    const { batchSize, stepsPerEpoch } = epochOf(data.train, flags.batchSize);
    const steps = flags.steps ?? Math.max(1, Math.round(flags.epochs! * stepsPerEpoch));
    const sourceOf = batchesOf(setup, { flags, objective, stages, steps });
    await inspect(setup, objective, flags, progress.note);
    warnOfBatch(flags, batchSize, progress.note);
    const packing = state?.packing ?? (await packingOf(setup, sourceOf({ lengths: [] }), flags, steps));
    setup.reports.clear();
    setup.stopwatch.lap(); // the examples are no steps
    const log = createTrainingLog({ context, name, steps, batchSize, setup, checkpoints, optimizer, packing });
    const from = newest?.step ?? 0;
    await context.rewindMetrics(from);
    if (newest) progress.note(`goes on from step ${from} of ${steps}`);
    source = threadedSource(sourceOf(packing), { context, name, setup, packing, steps });
    await log.begin();
    const schedule = scheduleOf(flags, steps);
    const done = await trainingLoop({ source, step: update, schedule, from, steps, signal, done: log.done });
    if (done < steps) {
      await log.save(done);
      throw new Interruption(`stopped at step ${done} of ${steps}, which is saved`, signal.reason as InterruptSignal);
    }
    const record = { ...(await log.finish()), traces: update.counts };
    const model = relative(run, (await checkpoints.newest(progress.note))!.folder);
    return { artefacts: { model, ...(setup.start ? { start: setup.start } : {}) }, record };
  } finally {
    progress.stop();
    await source?.close?.();
    update.dispose();
    optimizer.dispose();
    clip.dispose();
    await objective.dispose?.();
  }
}

/** The batches of a training by how their texts are packed, which is found by first ones. */
function batchesOf(
  { data, images, graphOf, vocabulary, tokenizer, phraseTokenizer = tokenizer, reports, stopwatch }: TrainingSetup,
  training: Pick<TrainingSourceOptions, "flags" | "objective" | "stages" | "steps">,
): (packing: TextPacking) => BatchSource {
  const context = { vocabulary, tokenizer, phraseTokenizer, report: reports.add };
  return (packing) =>
    trainingSource({
      ...training,
      dataset: data.train,
      images,
      graphOf,
      stopwatch,
      context: { ...context, packing },
    });
}

/** Shows the first samples as the training sees them. */
async function inspect(
  { data, graphOf, vocabulary, tokenizer, phraseTokenizer = tokenizer }: TrainingSetup,
  objective: Objective,
  { inspect: count, accumFreq: parts, seed }: CommonFlags,
  tell: (line: string) => void,
): Promise<void> {
  for (const sample of data.train.samples.slice(0, count)) {
    const context = { vocabulary, tokenizer, phraseTokenizer, parts, rng: seededRng("inspect", seed, sample.id) };
    tell(`\n${await describeSample({ sample, caption: await graphOf(sample, 0) }, objective, context)}`);
  }
}

/** How to pack the texts of a training that begins, by those of some first steps. */
async function packingOf(
  { clip, tokenizer }: TrainingSetup,
  { batchSize, texts }: BatchSource,
  { accumFreq: parts }: CommonFlags,
  steps: number,
): Promise<TextPacking> {
  const most = Math.min(exampleSteps, steps, Math.max(1, Math.floor(exampleImages / batchSize)));
  const examples: (readonly string[])[] = [];
  while (examples.length < most) examples.push(await texts(examples.length));
  return findPacking(examples, tokenizer, { parts, sharesPrefixes: clip.towers.text.encodePrefixes !== undefined });
}

function scheduleOf({ schedule, lr: learningRate, warmup }: CommonFlags, steps: number): Schedule {
  return schedule === "cosine"
    ? cosineSchedule({ learningRate, warmup, steps })
    : constantSchedule({ learningRate, warmup });
}

/** What a user may not have meant. */
function warnOfBatch({ batchSize: asked }: CommonFlags, batchSize: number, tell: (line: string) => void): void {
  if (batchSize < asked)
    tell(`warning: batchSize is ${asked}, but there are only ${batchSize} images; every step takes all of them`);
  if (batchSize === 1)
    tell("warning: a batch of one image has no other image's texts to be told apart from, so a contrastive loss is 0");
}
