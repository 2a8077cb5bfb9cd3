import { readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { BenchmarkError, type BenchmarkResult, readResult } from "@tesserae/benchmarks";
import { writeFileAtomic } from "@tesserae/shared";
import { BenchError } from "../bench-error.js";

/** A result and the file that it was read from. */
export interface StoredResult {
  readonly path: string;
  readonly result: BenchmarkResult;
}

/** Results of a folder, and why some of its files are none. */
export interface StoredResults {
  readonly results: readonly StoredResult[];
  readonly problems: readonly string[];
}

/** `results/world-order.json` of a run; a limited run has a file of its own and never replaces a whole one. */
export function resultPath(
  runFolder: string,
  result: Pick<BenchmarkResult, "benchmark" | "limited" | "sampleCount">,
): string {
  const limit = result.limited ? `.limit-${result.sampleCount}` : "";
  return join(runFolder, "results", `${result.benchmark.replaceAll("/", "-")}${limit}.json`);
}

/** Writes a result as JSON, a field and a prediction a line; what a kill left of an earlier attempt goes. */
export async function writeResult(path: string, result: BenchmarkResult): Promise<void> {
  for (const name of await readdir(dirname(path)).catch(() => [])) {
    const isDraft = name.startsWith(`${basename(path)}.`) && /\.\d{6,}$/.test(name);
    if (isDraft) await rm(join(dirname(path), name), { force: true });
  }
  const fields = Object.entries(result).map(([key, value]) => `  ${JSON.stringify(key)}: ${fieldJson(key, value)}`);
  await writeFileAtomic(path, `{\n${fields.join(",\n")}\n}\n`);
}

function fieldJson(key: string, value: unknown): string {
  if (key !== "predictions" || !Array.isArray(value)) return JSON.stringify(value);
  return `[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
}

/**
 * Reads one result file, or every JSON file in a folder named `results` at or below a folder. A file that is no result, or one of
 * other weights than its run has now, is named among the problems and never counted.
 *
 * @throws BenchError when there is no result file at all
 */
export async function readResults(path: string): Promise<StoredResults> {
  const given = resolve(path);
  const stats = await stat(given).catch(() => undefined);
  if (!stats) throw new BenchError(`${path}: no such file or folder; expected results written by "run"`);
  const files = stats.isDirectory() ? await findResultFiles(given) : [given];
  if (files.length === 0) {
    throw new BenchError(
      `${path}: no results in it; expected <run>/results/*.json as "run <benchmark> --model <run>" writes them`,
    );
  }
  return readFiles(files);
}

/** The results at or below a folder, as `readResults` reads them; none where there is no folder yet. */
export async function findResults(folder: string): Promise<StoredResults> {
  const stats = await stat(folder).catch(() => undefined);
  return stats ? readFiles(await findResultFiles(resolve(folder))) : { results: [], problems: [] };
}

async function readFiles(files: readonly string[]): Promise<StoredResults> {
  const results: StoredResult[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      const result = readResult(parse(await readFile(file, "utf8"), file), file);
      const stale = await whyStale(file, result);
      if (stale === undefined) results.push({ path: file, result });
      else problems.push(`${file}: ${stale}`);
    } catch (error) {
      if (!(error instanceof BenchmarkError || error instanceof BenchError)) throw error;
      problems.push(error.message);
    }
  }
  return { results, problems };
}

/** The results of a file or folder, for what can do nothing without one. @throws BenchError when none can be used, with the first reason */
export async function requireResults(path: string): Promise<readonly StoredResult[]> {
  const { results, problems } = await readResults(path);
  if (results.length === 0) throw new BenchError(problems[0]!);
  return results;
}

/** Why a result says nothing of the run that it lies in: the run has other weights now, or is not finished. */
async function whyStale(file: string, { model }: BenchmarkResult): Promise<string | undefined> {
  const run = dirname(dirname(file));
  const record = await readFile(join(run, "run.json"), "utf8").catch(() => undefined);
  if (record === undefined) {
    const begun = await stat(join(run, "recipe.json")).catch(() => undefined);
    return begun === undefined ? undefined : "is of an earlier run in this folder, whose present one is not finished";
  }
  const { weights } = parse(record, join(run, "run.json")) as { readonly weights?: string };
  if (weights === undefined || weights === model.revision) return undefined;
  return `is of other weights (${model.revision}) than its run has now (${weights}); run the benchmark again`;
}

/** Results that may enter a table: limited ones are left out where the same was run in full. */
export function dropLimited(results: readonly StoredResult[]): readonly StoredResult[] {
  const key = ({ result }: StoredResult) => `${result.benchmark}\n${result.model.name}`;
  const whole = new Set(results.filter(({ result }) => !result.limited).map(key));
  return results.filter((stored) => !stored.result.limited || !whole.has(key(stored)));
}

async function findResultFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json") && basename(entry.parentPath) === "results")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BenchError(
      `${path}: not JSON (${(error as Error).message}); run the benchmark again, or remove the file`,
    );
  }
}
