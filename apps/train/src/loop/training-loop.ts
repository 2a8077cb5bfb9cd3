import type { Schedule } from "@tesserae/optim";
import { TrainError } from "../train-error.js";
import type { Batch, BatchSource } from "./batch-source.js";
import type { StepValues, TrainingStep } from "./training-step.js";

/** What a training is made of. */
export interface Training {
  readonly source: BatchSource;
  readonly step: TrainingStep;
  readonly schedule: Schedule;
  /** Steps that are done already, and steps in all. */
  readonly from: number;
  readonly steps: number;
  /** Stops after the step at work. */
  readonly signal: AbortSignal;
  /** Called after each step; what it does (log, validate, save) is waited for. */
  done(done: StepDone): Promise<void>;
}

/** A step that was taken. */
export interface StepDone {
  /** Steps done, this one included. */
  readonly step: number;
  readonly values: StepValues;
  readonly learningRate: number;
  /** Seconds that the step waited for its batch, and seconds in all. */
  readonly waited: number;
  readonly seconds: number;
}

/**
 * Trains: for every step a batch, the gradient of its objective, an update. The next batch is made while the engine works on this one.
 *
 * @returns steps done
 * @throws TrainError when the loss or another value of a step is no number: every later step would only spread it
 */
export async function trainingLoop(training: Training): Promise<number> {
  const { source, step: update, schedule, from, steps, signal } = training;
  let next: Promise<Batch> | undefined;
  for (let step = from; step < steps; step++) {
    const started = performance.now();
    const { images, collated } = await (next ?? source.batch(step));
    const waited = performance.now() - started;
    const learningRate = schedule(step);
    const running = update.run(images, collated, step, learningRate);
    next = step + 1 < steps ? source.batch(step + 1) : undefined;
    next?.catch(() => {}); // told when it is its turn
    const values = await running;
    checkFinite(values, step);
    const seconds = (performance.now() - started) / 1000;
    await training.done({ step: step + 1, values, learningRate, waited: waited / 1000, seconds });
    if (signal.aborted) return step + 1;
  }
  return steps;
}

function checkFinite(values: StepValues, step: number): void {
  const wrong = Object.entries(values).filter(([, value]) => !Number.isFinite(value));
  if (wrong.length === 0) return;
  const named = wrong.map(([name, value]) => `${name} = ${value}`).join(", ");
  throw new TrainError(
    `step ${step + 1}: ${named}; lower lr, raise warmup or set gradClipNorm (checkpoints of earlier steps are kept)`,
  );
}
