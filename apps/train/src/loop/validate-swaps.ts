import { type BenchmarkResult, runBenchmark } from "@tesserae/benchmarks";
import type { LoadedClip } from "@tesserae/models";
import { type ChoiceItem, type WorldTask, worldTasks } from "@tesserae/world";
import type { ImageStore } from "../data/image-store.js";
import { validationTask } from "../definitions/validation.js";
import type { CommonFlags } from "../recipe/common-flags.js";
import { TrainError } from "../train-error.js";
import { heldOutScorer } from "./validate-retrieval.js";

/** Items of each task: intervals of about 6 points on each side, which is enough for a curve. */
const itemCount = 250;
/** Added to the training scenes' seed: the scenes of no benchmark. */
const developmentSeed = 9_000;

/**
 * The tasks of the synthetic world that `valTasks` names, on development scenes.
 *
 * @throws TrainError for a name that is no task of choosing between captions, or where the data isn't the synthetic world
 */
export function developmentTasks({ data, world, valTasks }: CommonFlags): readonly WorldTask[] {
  if (valTasks.length === 0) return [];
  if (data !== "world") {
    throw new TrainError(`valTasks: ${valTasks.join(", ")} are made of the synthetic world, and data is ${data}`);
  }
  const { level, seed } = world;
  const all = worldTasks({ level, seed: developmentSeed + seed, count: itemCount });
  const choices = all.filter(({ kind }) => kind === "choice");
  return valTasks.map((name) => {
    const task = choices.find((one) => one.name === name);
    if (task !== undefined) return task;
    const known = choices.map((one) => one.name).join(", ");
    throw new TrainError(`valTasks: the level "${level}" has no task "${name}" of choosing a caption; it has ${known}`);
  });
}

/**
 * Accuracy on tasks such as swaps, for learning curves and for settings that are to be chosen where no table is made.
 *
 * @returns the mean over groups (relation words, kinds of attribute) by the task's name
 */
export async function validateSwaps(
  model: LoadedClip,
  images: ImageStore,
  tasks: readonly WorldTask[],
): Promise<BenchmarkResult["metrics"]> {
  const scorer = heldOutScorer(model, images);
  const metrics: Record<string, BenchmarkResult["metrics"][string]> = {};
  for (const { name, items } of tasks) {
    const data = (items as readonly ChoiceItem[]).map(({ image, ...item }) => ({ ...item, images: [{ path: image }] }));
    const result = await runBenchmark(validationTask(name), { items: data }, scorer, {
      dataRevision: "development scenes",
    });
    metrics[name] = result.metrics.accuracy!;
  }
  return metrics;
}
