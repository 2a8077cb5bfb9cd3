import { describeCoverage } from "@tesserae/negatives";
import type { Optimizer } from "../loop/optimizer.js";
import { saveTrainState } from "../loop/train-state.js";
import type { StepDone, Training } from "../loop/training-loop.js";
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
  const losses: number[] = [...(setup.state?.losses ?? [])];
  const from = losses.length;
  const pace = createPace({ from, steps, batchSize });
  let engineSeconds = 0;
  let validation: Awaited<ReturnType<TrainingSetup["validate"]>> | undefined;

  const save = async (step: number): Promise<void> => {
    await checkpoints.save(step, (folder) => saveTrainState(folder, setup, optimizer, { losses, packing }));
  };
  const validate = async (step: number): Promise<void> => {
    validation = await setup.validate();
    const numbers = Object.fromEntries(Object.entries(validation).map(([key, { value }]) => [key, value]));
    const seconds = pace.seconds();
    await metric({ step, part: name, seconds, validation: numbers, meanCosine: await setup.similarity() });
    const value = numbers[measureName];
    if (value !== undefined) await checkpoints.rate(step, { name: measureName, value });
  };
  const tell = async ({ step, values, learningRate }: StepDone, isLogged: boolean): Promise<void> => {
    const { secondsLeft, seconds, ...speed } = pace.at(step);
    if (isLogged) {
      const line = { step, part: name, ...values, learningRate, ...speed, seconds };
      await metric({ ...line, ...setup.stopwatch.lap(), engineSeconds });
      engineSeconds = 0;
    }
    progress.step({ run: context.name, step, steps, loss: values.loss!, ...speed, secondsLeft });
  };
  const isDue = (frequency: number | undefined, step: number) => frequency !== undefined && step % frequency === 0;

  return {
    save,
    begin: async () => {
      progress.step({ run: context.name, step: from, steps });
      if (from === 0) await metric({ step: 0, part: name, data: { duplicateCaptions: setup.duplicateCaptions } });
      if (from > 0 && from < steps && isDue(flags.valFrequency, from)) await validate(from);
    },
    done: async (done) => {
      const { step, values, waited, seconds } = done;
      losses.push(values.loss!);
      pace.wait(waited);
      engineSeconds += seconds - waited;
      const last = step === steps;
      const isLogged = last || step % flags.logEveryNSteps === 0;
      if (isLogged || pace.isToBeTold(step)) await tell(done, isLogged);
      if (last || isDue(flags.saveFrequency, step)) await save(step);
      if (last || isDue(flags.valFrequency, step)) await validate(step);
    },
    finish: async () => {
      if (validation === undefined) await validate(steps);
      for (const report of setup.reports.all()) progress.note(describeCoverage(report));
      return {
        ...recordOf(setup, losses, { steps, batchSize }),
        validation,
        measure: measureName,
        coverage: setup.reports.all(),
        pairwiseComplexity: setup.pairwiseComplexity,
        dataWaitShare: pace.waitShare(),
        trainSeconds: pace.seconds(),
      };
    },
  };
}

/** How fast a training goes, by the clock since its log was made: a resumed one begins anew. */
function createPace({ from, steps, batchSize }: { from: number } & Pick<LogOptions, "steps" | "batchSize">) {
  const started = performance.now();
  let told = started;
  let waited = 0;
  const seconds = () => (performance.now() - started) / 1000;
  return {
    seconds,
    wait: (time: number) => {
      waited += time;
    },
    waitShare: () => waited / Math.max(1e-9, seconds()),
    /** Whether progress is due although nothing is recorded: at the first step, and after some time. */
    isToBeTold: (step: number) => step === from + 1 || performance.now() - told > toldEvery,
    at(step: number) {
      told = performance.now();
      const taken = seconds();
      const rate = (step - from) / taken;
      return {
        samplesPerSecond: rate * batchSize,
        dataWaitShare: waited / taken,
        seconds: taken,
        secondsLeft: (steps - step) / rate,
      };
    },
  };
}

/** What the record says of the data and of the losses, the first and the last tenth of them. */
function recordOf(
  { data: { train }, heldOut, unreadable }: TrainingSetup,
  losses: readonly number[],
  { steps, batchSize }: Pick<LogOptions, "steps" | "batchSize">,
) {
  const tenth = Math.max(1, Math.floor(losses.length / 10));
  return {
    steps,
    samplesSeen: steps * batchSize,
    trainImages: train.samples.length,
    validationImages: heldOut,
    data: train.name,
    dataRevision: train.revision,
    problems: train.problems,
    unreadableImages: unreadable(),
    loss: { first: mean(losses.slice(0, tenth)), last: mean(losses.slice(-tenth)) },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
