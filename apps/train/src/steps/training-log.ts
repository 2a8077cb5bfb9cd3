import { describeCoverage } from "@tesserae/negatives";
import type { Optimizer } from "../loop/optimizer.js";
import { saveTrainState } from "../loop/train-state.js";
import type { Training } from "../loop/training-loop.js";
import type { TextPacking } from "../objective/text-packing.js";
import type { Checkpoints } from "../run/checkpoints.js";
import type { StepContext } from "./step.js";
import type { TrainingSetup } from "./training-setup.js";

/** What happens beside the steps of a training: metrics, progress, checkpoints, validation. */
export interface TrainingLog {
  readonly done: Training["done"];
  save(step: number): Promise<void>;
  /** Shows where the training begins, and makes the validation there that a kill after the save prevented. */
  begin(): Promise<void>;
  /** What the run's record says of the training; validates and saves where that has not been done. */
  finish(): Promise<Readonly<Record<string, unknown>>>;
}

interface LogOptions {
  readonly context: StepContext;
  readonly name: string;
  readonly steps: number;
  readonly batchSize: number;
  readonly setup: TrainingSetup;
  readonly checkpoints: Checkpoints;
  readonly optimizer: Optimizer;
  readonly packing: TextPacking;
}

/** Milliseconds after which progress is told although nothing is recorded. */
const toldEvery = 1000;

/** The validation measure that the best checkpoint is chosen by. */
const measureName = "textToImage@1";

/** Weights are saved before anything that may fail, such as a validation. */
export function createTrainingLog(options: LogOptions): TrainingLog {
  const { context, name, steps, batchSize, setup, checkpoints, optimizer, packing } = options;
  const { flags, progress, metric } = context;
  const { state, stopwatch } = setup;
  const losses: number[] = [...(state?.losses ?? [])];
  const started = performance.now();
  const from = losses.length;
  let told = started;
  let waited = 0;
  let engineSeconds = 0;
  let validation: Awaited<ReturnType<TrainingSetup["validate"]>> | undefined;

  const save = async (step: number): Promise<void> => {
    await checkpoints.save(step, (folder) => saveTrainState(folder, setup, optimizer, { losses, packing }));
  };
  const validate = async (step: number): Promise<void> => {
    validation = await setup.validate();
    const numbers = Object.fromEntries(Object.entries(validation).map(([key, { value }]) => [key, value]));
    const seconds = (performance.now() - started) / 1000;
    await metric({ step, part: name, seconds, validation: numbers, meanCosine: await setup.similarity() });
    const value = numbers[measureName];
    if (value !== undefined) await checkpoints.rate(step, { name: measureName, value });
  };

  const isDue = (frequency: number | undefined, step: number) => frequency !== undefined && step % frequency === 0;

  return {
    save,
    begin: async () => {
      progress.step({ run: context.name, step: from, steps });
      if (from === 0) await metric({ step: 0, part: name, data: { duplicateCaptions: setup.duplicateCaptions } });
      if (from > 0 && from < steps && isDue(flags.valFrequency, from)) await validate(from);
    },
    done: async ({ step, values, learningRate, waited: wait, seconds: taken }) => {
      losses.push(values.loss!);
      waited += wait;
      engineSeconds += taken - wait;
      const last = step === steps;
      const logged = last || step % flags.logEveryNSteps === 0;
      if (logged || step === from + 1 || performance.now() - told > toldEvery) {
        told = performance.now();
        const seconds = (performance.now() - started) / 1000;
        const rate = (step - from) / seconds;
        const samplesPerSecond = rate * batchSize;
        const dataWaitShare = waited / seconds;
        const line = { step, part: name, ...values, learningRate, samplesPerSecond, dataWaitShare, seconds };
        if (logged) {
          await metric({ ...line, ...stopwatch.lap(), engineSeconds });
          engineSeconds = 0;
        }
        const secondsLeft = (steps - step) / rate;
        progress.step({
          run: context.name,
          step,
          steps,
          loss: values.loss!,
          samplesPerSecond,
          dataWaitShare,
          secondsLeft,
        });
      }
      if (last || isDue(flags.saveFrequency, step)) await save(step);
      if (last || isDue(flags.valFrequency, step)) await validate(step);
    },
    finish: async () => {
      if (validation === undefined) await validate(steps);
      const tenth = Math.max(1, Math.floor(losses.length / 10));
      const { train } = setup.data;
      for (const report of setup.reports.all()) progress.note(describeCoverage(report));
      return {
        steps,
        samplesSeen: steps * batchSize,
        trainImages: train.samples.length,
        validationImages: setup.heldOut,
        data: train.name,
        dataRevision: train.revision,
        problems: train.problems,
        unreadableImages: setup.unreadable(),
        loss: { first: mean(losses.slice(0, tenth)), last: mean(losses.slice(-tenth)) },
        validation,
        measure: measureName,
        coverage: setup.reports.all(),
        pairwiseComplexity: setup.pairwiseComplexity,
        dataWaitShare: waited / Math.max(1e-9, (performance.now() - started) / 1000),
        trainSeconds: (performance.now() - started) / 1000,
      };
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
