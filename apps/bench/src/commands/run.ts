import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {
  type BenchmarkData,
  type BenchmarkDefinition,
  type BenchmarkResult,
  type ImageRef,
  imageName,
  type Policy,
  runBenchmark,
} from "@tesserae/benchmarks";
import { createTaskProgress, machine, type Output, type TaskProgress, textTable, versions } from "@tesserae/shared";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { appFolder } from "../app-folder.js";
import { BenchError } from "../bench-error.js";
import { checksum } from "../data/checksum.js";
import { createDataSource, type DataFolders, type DataSource, whatIsMissing } from "../data/data-source.js";
import { createImageLoader, type ImageLoader } from "../data/image-loader.js";
import { chooseBenchmarks, openBenchmarks } from "../data/open-benchmarks.js";
import { type FoundModel, findModel, type OpenedModel } from "../models/open-model.js";
import { resultPath, writeResult } from "../results/result-files.js";
import { unknownName } from "../unknown-name.js";

export interface RunOptions extends DataFolders {
  /** What `openModel` takes. */
  readonly model: readonly string[];
  readonly limit?: number | undefined;
  readonly seed: number;
  readonly out?: string | undefined;
  /** "cpu", "webgpu", "cuda" or "auto". Default "cpu". */
  readonly device?: string | undefined;
  readonly backend?: string | undefined;
  readonly threads?: number | undefined;
  readonly batchSize?: number | undefined;
  /** Folder in which embeddings are kept between runs; default: none. */
  readonly cache?: string | undefined;
  /** What to do about images that cannot be read; default: as the benchmark says. */
  readonly missing?: "fail" | "leave-out" | undefined;
  /** Name of one of the benchmark's policies; default: the first. */
  readonly policy?: string | undefined;
}

interface LoadedBenchmark {
  readonly definition: BenchmarkDefinition;
  readonly data: BenchmarkData;
  readonly source: DataSource;
  readonly loader: ImageLoader;
  readonly policy: Policy;
}

/**
 * Scores every model on every benchmark and writes a result file for each pair.
 *
 * @returns the paths of the result files.
 * @throws BenchError on unknown names, missing models and data.
 */
export async function run(names: readonly string[], options: RunOptions, output: Output): Promise<readonly string[]> {
  const definitions = await chooseBenchmarks(openBenchmarks(options.seed), names);
  const models = await findModels(options.model);
  const needsImages = models.some((model) => model.needsImages);
  for (const definition of definitions) {
    const missing = whatIsMissing(definition, options, needsImages);
    if (missing !== null) throw new BenchError(`${definition.name}: ${missing}; it needs ${definition.needs}`);
  }
  tf.enableProdMode(); // no advice on other packages, no check of every tensor
  const backend = await selectBackend({
    ...(options.device === undefined ? {} : { device: options.device }),
    ...(options.backend === undefined ? {} : { backend: options.backend }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    log: output.print,
  });
  const benchmarks: LoadedBenchmark[] = [];
  for (const definition of definitions) benchmarks.push(await load(definition, options));
  const progress = createTaskProgress(output);
  const results: { readonly path: string; readonly result: BenchmarkResult }[] = [];
  for (const found of models) {
    let loader: ImageLoader | undefined;
    const model = await found.open({ ...options, loadImage: (image) => loader!.load(image) });
    const folder = options.out === undefined ? model.folder : join(options.out, model.record.name);
    try {
      for (const benchmark of benchmarks) {
        loader = benchmark.loader;
        const label = `[${results.length + 1}/${benchmarks.length * options.model.length}] ${model.record.name} ${benchmark.definition.name}`;
        const result = await score(model, benchmark, { ...options, backend: backend.name }, label, progress);
        const path = resultPath(folder, result);
        await writeResult(path, result);
        results.push({ path, result });
        progress.finish(`${label}: ${summary(result)} -> ${path}`);
      }
    } finally {
      await model.dispose();
    }
  }
  if (results.length > 1) output.print(`\n${closingTable(results.map(({ result }) => result))}`);
  return results.map(({ path }) => path);
}

async function load(definition: BenchmarkDefinition, options: RunOptions): Promise<LoadedBenchmark> {
  const source = createDataSource(definition, options);
  const data = withCount(definition, await definition.read(source));
  return {
    definition,
    data,
    source,
    loader: createImageLoader(definition),
    policy: choosePolicy(definition, data, options),
  };
}

/** Files with another number of items than the official ones have give a number of their own, which enters no table. */
function withCount({ sampleCount }: BenchmarkDefinition, data: BenchmarkData): BenchmarkData {
  const count = data.items.length;
  if (sampleCount === null || count === sampleCount || data.unlikeReference !== undefined) return data;
  return { ...data, unlikeReference: `its files hold ${count} items, the official ones ${sampleCount}` };
}

function choosePolicy(
  { name, policy, otherPolicies = [] }: BenchmarkDefinition,
  { policies = [] }: BenchmarkData,
  options: RunOptions,
): Policy {
  const all = [...policies, policy, ...otherPolicies];
  if (options.policy === undefined) return all[0]!;
  const found = all.find((candidate) => candidate.name === options.policy);
  if (found) return found;
  throw unknownName(
    `policy of ${name}`,
    options.policy,
    all.map((candidate) => candidate.name),
  );
}

async function score(
  model: OpenedModel,
  { definition, data, source, loader, policy }: LoadedBenchmark,
  options: RunOptions & { readonly backend: string },
  label: string,
  progress: TaskProgress,
): Promise<BenchmarkResult> {
  const started = performance.now();
  progress.start(label);
  const images = data.items.flatMap((item) => definition.family.images(item));
  if (model.loadsImages && options.limit === undefined) {
    if (definition.family.embedsRegions) await loadImages(loader, images);
    else await embedImages(model, images, progress);
  }
  const shared = definition.family.shared?.(data) ?? [];
  if (model.loadsImages && shared.length > 0) await embedImages(model, shared, progress);
  const { problems } = loader;
  const lost = shared.filter((image) => problems.has(imageName(image)));
  if (lost.length > 0) {
    throw new BenchError(
      `${definition.name}: ${lost.length} of ${shared.length} images that all items need cannot be read; the first: ${problems.get(imageName(lost[0]!))}`,
    );
  }
  if (problems.size > 0) reportProblems(definition, images, problems, options, label, progress);
  const result = await runBenchmark(definition, data, model.scorer, {
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    seed: options.seed,
    policy,
    dataRevision: data.revision ?? source.revision() ?? `seed ${options.seed}, sha256 ${checksum(data.items)}`,
    isUsable: (image) => !problems.has(imageName(image)),
    nameImage: source.nameImage,
    onProgress: progress.update,
  });
  if (options.limit !== undefined && problems.size > 0) {
    const [first] = problems.values();
    throw new BenchError(
      `${definition.name}: ${problems.size} images of the drawn items cannot be read; the first: ${first}`,
    );
  }
  for (const remark of definition.family.remarks?.(result.predictions) ?? []) progress.finish(`${label}: ${remark}`);
  return {
    ...result,
    model: model.record,
    seconds: Math.round((performance.now() - started) / 10) / 100,
    versions: { ...versions(appFolder), backend: options.backend },
    machine: machine(),
  };
}

/** Embeds all images once, which also tells which of them cannot be read. */
async function embedImages(model: OpenedModel, images: readonly ImageRef[], progress: TaskProgress): Promise<void> {
  const chunk = 256;
  for (let start = 0; start < images.length; start += chunk) {
    await model.scorer.embedImages(images.slice(start, start + chunk));
    progress.update(Math.min(images.length, start + chunk), images.length);
  }
}

/** Loads every image once, where not the images themselves are embedded, to tell which of them cannot be read. */
async function loadImages(loader: ImageLoader, images: readonly ImageRef[]): Promise<void> {
  const byName = new Map(images.map((image) => [imageName(image), image]));
  for (const image of byName.values()) await loader.load(image);
}

function reportProblems(
  { name, mayLackImages }: BenchmarkDefinition,
  images: readonly ImageRef[],
  problems: ReadonlyMap<string, string>,
  options: RunOptions,
  label: string,
  progress: TaskProgress,
): void {
  const [first] = problems.values();
  const all = new Set(images.map(imageName)).size;
  const said = `${problems.size} of ${all} images cannot be read; the first: ${first}`;
  if (problems.size === all)
    throw new BenchError(`${name}: none of its ${all} images can be read; the first: ${first}`);
  if ((options.missing ?? (mayLackImages ? "leave-out" : "fail")) === "fail") {
    throw new BenchError(`${name}: ${said}. --missing leave-out scores the items that have theirs`);
  }
  progress.finish(`${label}: items left out, because ${said}`);
}

function summary(result: BenchmarkResult): string {
  const { value, interval, chance } = result.metrics[result.headline]!;
  const points = (share: number) => (share * 100).toFixed(1);
  const range = interval ? ` [${interval.map(points).join(", ")}]` : "";
  const guess = chance === undefined ? "" : `, chance ${points(chance)}`;
  const limited = result.limited ? ", limited" : "";
  const skipped = result.skipped > 0 ? `, ${result.skipped} left out` : "";
  const unlike = result.unlikeReference === undefined ? "" : `; enters no table: ${result.unlikeReference}`;
  return `${result.headline} ${points(value)}${range}${guess} (${result.sampleCount} items${limited}${skipped}, ${result.seconds} s)${unlike}`;
}

function closingTable(results: readonly BenchmarkResult[]): string {
  const models = [...new Set(results.map(({ model }) => model.name))];
  const names = [...new Set(results.map(({ benchmark }) => benchmark))];
  const rows = names.map((name) => {
    const cells = models.map((model) => {
      const found = results.find((result) => result.benchmark === name && result.model.name === model)!;
      return (found.metrics[found.headline]!.value * 100).toFixed(1);
    });
    return [name, results.find(({ benchmark }) => benchmark === name)!.headline, ...cells];
  });
  return textTable(["benchmark", "metric", ...models], rows);
}

/** @throws BenchError when there is no such model, or two have one name: they would be one row of a table */
async function findModels(references: readonly string[]): Promise<readonly FoundModel[]> {
  const known = new Map<string, string>();
  const models: FoundModel[] = [];
  for (const reference of references) {
    const model = await findModel(reference);
    const other = known.get(model.name);
    if (other !== undefined) {
      throw new BenchError(
        `--model: ${other} and ${reference} are both called "${model.name}"; rename one of the folders`,
      );
    }
    known.set(model.name, reference);
    models.push(model);
  }
  return models;
}
