import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { machine, versions } from "@tesserae/shared";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { appFolder } from "../app-folder.js";
import { BenchError } from "../bench-error.js";
import type { DataFolders, LoadedBenchmark } from "../benchmark-entry.js";
import { createImageStore, type ImageStore } from "../image-store.js";
import { chooseBenchmarks, openBenchmarks } from "../open-benchmarks.js";
import { type OpenedModel, openModel } from "../open-model.js";
import { createProgress, type Output, type Progress } from "../progress.js";
import { resultPath, writeResult } from "../result-files.js";
import { openRunFolder, type RunFolder } from "../run-folder.js";

export interface RunOptions extends DataFolders {
  /** Folders of runs or checkpoints. */
  readonly model: readonly string[];
  readonly limit?: number | undefined;
  readonly seed: number;
  readonly out?: string | undefined;
  readonly backend?: string | undefined;
  readonly threads?: number | undefined;
}

/**
 * Scores every model on every benchmark and writes a result file for each pair. Images are made once for all models.
 *
 * @returns the paths of the result files.
 * @throws BenchError on unknown names, missing models and data.
 */
export async function run(names: readonly string[], options: RunOptions, output: Output): Promise<readonly string[]> {
  const entries = chooseBenchmarks(openBenchmarks(options.seed, options), names);
  for (const { name, missing, needs } of entries) {
    if (missing !== null) throw new BenchError(`${name}: ${missing}; it needs ${needs}`);
  }
  const runs = await Promise.all(options.model.map(openRunFolder));
  assertOwnNames(runs);
  tf.enableProdMode(); // no advice on other packages, no check of every tensor
  const backend = await selectBackend({
    ...(options.backend === undefined ? {} : { backend: options.backend }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  output.print(`backend ${backend.name}: ${backend.reason}`);
  const benchmarks = entries.map((entry) => entry.load());
  const loaders = new Map(
    benchmarks.flatMap(({ images, loadImage }) => images.map((image) => [image, loadImage] as const)),
  );
  const store = createImageStore((image, size) => loaders.get(image)!(image, size));
  const progress = createProgress(output);
  const written: string[] = [];
  for (const runFolder of runs) {
    const out = options.out === undefined ? runFolder.folder : join(options.out, runFolder.name);
    const scoring = { ...options, out, backend: backend.name };
    written.push(...(await scoreModel(runFolder, benchmarks, store, scoring, progress)));
  }
  return written;
}

interface ScoreOptions {
  readonly limit?: number | undefined;
  readonly seed: number;
  readonly out: string;
  readonly backend: string;
}

async function scoreModel(
  runFolder: RunFolder,
  benchmarks: readonly LoadedBenchmark[],
  store: ImageStore,
  options: ScoreOptions,
  progress: Progress,
): Promise<readonly string[]> {
  const written: string[] = [];
  const model = await openModel(runFolder, store.load);
  try {
    for (const loaded of benchmarks) {
      const result = await scoreBenchmark(model, loaded, store, options, progress);
      const path = resultPath(options.out, result);
      await writeResult(path, result);
      written.push(path);
      progress.finish(summary(result, path));
    }
  } finally {
    model.dispose();
  }
  return written;
}

async function scoreBenchmark(
  model: OpenedModel,
  { info, images, create }: LoadedBenchmark,
  store: ImageStore,
  { limit, seed, backend }: ScoreOptions,
  progress: Progress,
): Promise<BenchmarkResult> {
  const label = `${model.record.name} ${info.name}`;
  progress.start(`${label}: images`);
  const problems = await store.prepare(images, model.imageSize, progress.update);
  const [firstProblem] = problems.values();
  if (problems.size === new Set(images).size) {
    throw new BenchError(`${info.name}: none of its ${problems.size} images can be read; the first: ${firstProblem}`);
  }
  const { benchmark, skipped } = create((image) => !problems.has(image));
  if (skipped > 0) {
    progress.finish(
      `${label}: ${skipped} items left out, because ${problems.size} images cannot be read; the first: ${firstProblem}`,
    );
  }
  progress.start(label);
  const started = performance.now();
  const result = await benchmark.run(model.scorer, {
    ...(limit === undefined ? {} : { limit }),
    seed,
    skipped,
    onProgress: progress.update,
  });
  return {
    ...result,
    model: model.record,
    seconds: Math.round((performance.now() - started) / 10) / 100,
    versions: { ...versions(appFolder), backend },
    machine: machine(),
  };
}

function summary(result: BenchmarkResult, path: string): string {
  const headline = Object.entries(result.metrics).filter(([name]) => name === "accuracy" || name.endsWith("@1"));
  const numbers = headline.map(([name, { value, interval }]) => {
    const range = interval ? ` [${interval.map((bound) => (bound * 100).toFixed(1)).join(", ")}]` : "";
    return `${name} ${(value * 100).toFixed(1)}${range}`;
  });
  const limited = result.limited ? ", limited" : "";
  return `${result.model.name} ${result.benchmark}: ${numbers.join(", ")} (${result.sampleCount} items${limited}, ${result.seconds} s) -> ${path}`;
}

/** Two runs of one name would be one row of a table. */
function assertOwnNames(runs: readonly RunFolder[]): void {
  const folders = new Map<string, string>();
  for (const { name, folder } of runs) {
    const other = folders.get(name);
    if (other !== undefined) {
      throw new BenchError(`--model: ${other} and ${folder} are both called "${name}"; rename one of the folders`);
    }
    folders.set(name, folder);
  }
}
