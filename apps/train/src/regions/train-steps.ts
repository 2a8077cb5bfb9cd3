import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { decodeSafetensors, encodeSafetensors, readWeights } from "@tesserae/models";
import { cosineSchedule } from "@tesserae/optim";
import { seededRng, shuffled } from "@tesserae/scene-graph/random";
import { writeFileAtomic } from "@tesserae/shared";
import { jit } from "@tesserae/tfjs-backend-ort";
import { variableOptimizer } from "../loop/optimizer.js";
import type { Checkpoints } from "../run/checkpoints.js";
import { Interruption, type InterruptSignal } from "../run/interruption.js";
import { TrainError } from "../train-error.js";

/** What is minimised, over batches of samples. */
export interface StepsTask<Batch extends object> {
  /** All that a checkpoint holds, by name: what is trained, and what batch normalisation writes. */
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /** Names of the variables that are trained. */
  readonly trained: readonly string[];
  /** Number of samples. */
  readonly count: number;
  /** A batch as tensors, typed arrays and whole numbers; the tensors are disposed after the step. */
  collate(places: readonly number[]): Batch;
  /** The loss of a batch; is traced (`jit`), so it may not look at numbers. */
  loss(batch: Batch): tf.Scalar;
}

/** How long and how fast something is trained. */
export interface TrainStepsOptions {
  readonly steps: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Steps of linear warm-up; at most a tenth of all. Default 50. */
  readonly warmup?: number;
  readonly weightDecay?: number;
  /** Decides the order of the samples. */
  readonly seed: readonly (string | number)[];
  readonly signal?: AbortSignal;
  /** Told the loss of every tenth step and of the last. */
  readonly onLoss?: (step: number, loss: number) => void | Promise<void>;
  /** Where a stopped training goes on from, and how many steps lie between two checkpoints (default: none but when stopped). */
  readonly checkpoints?: Checkpoints;
  readonly saveFrequency?: number | undefined;
  /** Told the step that is gone on from, before the first one is taken. */
  readonly onStart?: (step: number) => void | Promise<void>;
}

/** Checkpoint file: variables, and moments under "optimizer/". */
const stateFile = "state.safetensors";

/**
 * Minimises a loss over batches of samples, shuffled anew in every pass, with AdamW and a half cosine. With checkpoints, a training that
 * was stopped goes on and ends with the same bytes as one that never was.
 *
 * @returns steps that were taken by running a traced graph, and by calling the loss
 * @throws Interruption when the signal is aborted; what is done is saved where there are checkpoints
 * @throws TrainError when a loss is no number
 */
export async function trainSteps<Batch extends object>(
  task: StepsTask<Batch>,
  { steps, batchSize, learningRate, weightDecay = 0, seed, signal, checkpoints, ...options }: TrainStepsOptions,
): Promise<{ readonly replayed: number; readonly called: number }> {
  const trained = new Map(task.trained.map((name) => [name, task.variables.get(name)!]));
  const optimizer = variableOptimizer(trained, { beta2: 0.999, epsilon: 1e-8, weightDecay });
  const warmup = Math.min(options.warmup ?? 50, Math.floor(steps / 10));
  const rate = cosineSchedule({ learningRate, warmup, steps });
  const places = placesInTurn(task.count, Math.min(batchSize, task.count), seed);
  const nameOf = new Map([...trained].map(([name, variable]) => [variable.name, name]));
  const update = jit(
    (batch: Batch, step: tf.Scalar, learningRate: tf.Scalar) => {
      const { value, grads } = tf.variableGrads(() => task.loss(batch), [...trained.values()]);
      const gradients = Object.fromEntries(
        Object.entries(grads).flatMap(([key, gradient]) => (gradient ? [[nameOf.get(key)!, gradient]] : [])),
      );
      optimizer.apply(gradients, step, learningRate);
      return value;
    },
    { untraceable: "call" },
  );
  const saved = new Map([...task.variables, ...[...optimizer.moments].map(([n, v]) => [`optimizer/${n}`, v] as const)]);
  try {
    const newest = await checkpoints?.newest(() => {});
    if (newest !== undefined) await restore(join(newest.folder, stateFile), saved);
    await options.onStart?.(newest?.step ?? 0);
    for (let step = newest?.step ?? 0; step < steps; step++) {
      const batch = task.collate(places(step));
      const time = [tf.scalar(step), tf.scalar(rate(step))] as const;
      const loss = tf.tidy(() => update(batch, ...time));
      const [value] = await loss.data();
      tf.dispose([batch, loss, ...time] as never);
      if (!Number.isFinite(value)) throw new TrainError(`step ${step + 1}: the loss is ${value}; lower lr`);
      if (step % 10 === 9 || step === steps - 1) await options.onLoss?.(step + 1, value!);
      const stopped = signal?.aborted && step + 1 < steps;
      if (stopped || (options.saveFrequency && (step + 1) % options.saveFrequency === 0)) {
        await checkpoints?.save(step + 1, (folder) => store(join(folder, stateFile), saved));
      }
      if (stopped) {
        throw new Interruption(
          `stopped at step ${step + 1} of ${steps}${checkpoints ? ", which is saved" : ""}`,
          signal.reason as InterruptSignal,
        );
      }
    }
    const { replayed, traced, fallenBack } = update.counts;
    return { replayed, called: traced + fallenBack };
  } finally {
    update.dispose();
    optimizer.dispose();
  }
}

/** Samples of a step: all in an order that the pass decides, and so many at once; what is left of a pass is dropped. */
function placesInTurn(
  count: number,
  size: number,
  seed: readonly (string | number)[],
): (step: number) => readonly number[] {
  const perPass = Math.max(1, Math.floor(count / size));
  const all = Array.from({ length: count }, (_, place) => place);
  let last = { pass: -1, order: all };
  return (step) => {
    const pass = Math.floor(step / perPass);
    if (last.pass !== pass) last = { pass, order: shuffled(seededRng(...seed, pass), all) };
    return last.order.slice((step % perPass) * size, (step % perPass) * size + size);
  };
}

async function store(path: string, variables: ReadonlyMap<string, tf.Variable>): Promise<void> {
  await writeFileAtomic(path, encodeSafetensors(await readWeights({ variables })));
}

async function restore(path: string, variables: ReadonlyMap<string, tf.Variable>): Promise<void> {
  const tensors = decodeSafetensors(await readFile(path));
  for (const [name, variable] of variables) {
    const tensor = tensors.get(name);
    if (tensor === undefined || tensor.shape.join() !== variable.shape.join()) {
      throw new TrainError(`${path}: has no ${name} of shape [${variable.shape}]; start anew with --overwrite`);
    }
    tf.tidy(() => variable.assign(tf.tensor(tensor.data as Float32Array, variable.shape)));
  }
}
