import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { writeFileAtomic } from "@tesserae/shared";
import { z } from "zod";
import { BenchError } from "./bench-error.js";

const bit = z.union([z.literal(0), z.literal(1)]);

const metricSchema = z.object({
  value: z.number(),
  n: z.number(),
  interval: z.tuple([z.number(), z.number()]).optional(),
  chance: z.number().optional(),
});

const resultSchema = z.object({
  benchmark: z.string(),
  benchmarkVersion: z.string(),
  split: z.string(),
  dataRevision: z.string(),
  sampleCount: z.number(),
  skipped: z.number(),
  limited: z.boolean(),
  tieRule: z.enum(["positive-must-win", "first-index-wins"]),
  averaging: z.enum(["micro", "macro"]),
  seed: z.number(),
  model: z.object({
    name: z.string(),
    revision: z.string(),
    activation: z.string().optional(),
    method: z.string().optional(),
    miner: z.object({ name: z.string(), version: z.string() }).nullable().optional(),
  }),
  metrics: z.record(z.string(), metricSchema),
  ties: z.number(),
  correct: z.array(bit).optional(),
  items: z
    .array(
      z.object({
        image: z.string(),
        captions: z.array(z.string()),
        correct: z.number(),
        group: z.string().optional(),
        chosen: z.number(),
        scores: z.array(z.number()),
      }),
    )
    .optional(),
  ranks: z.object({ imageToText: z.array(z.number()), textToImage: z.array(z.number()) }).optional(),
  captionsPerImage: z.array(z.number()).optional(),
  citation: z.string(),
  licence: z.string(),
  seconds: z.number().optional(),
  versions: z.record(z.string(), z.string()).optional(),
  machine: z.string().optional(),
});

/** A result and the file that it was read from. */
export interface StoredResult {
  readonly path: string;
  readonly result: BenchmarkResult;
}

/** `results/world-order.json` of a run; a limited run has a file of its own and never replaces a whole one. */
export function resultPath(
  runFolder: string,
  result: Pick<BenchmarkResult, "benchmark" | "limited" | "sampleCount">,
): string {
  const limit = result.limited ? `.limit-${result.sampleCount}` : "";
  return join(runFolder, "results", `${result.benchmark.replaceAll("/", "-")}${limit}.json`);
}

/** Writes a result as JSON with one item a line. */
export async function writeResult(path: string, result: BenchmarkResult): Promise<void> {
  const fields = Object.entries(result).map(([key, value]) => `  ${JSON.stringify(key)}: ${fieldJson(key, value)}`);
  await writeFileAtomic(path, `{\n${fields.join(",\n")}\n}\n`);
}

function fieldJson(key: string, value: unknown): string {
  if (key !== "items" || !Array.isArray(value)) return JSON.stringify(value);
  return `[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
}

/**
 * Reads one result file, or every JSON file in a folder named `results` at or below a folder.
 *
 * @throws BenchError when there is no result, or a file is none.
 */
export async function readResults(path: string): Promise<readonly StoredResult[]> {
  const given = resolve(path);
  const stats = await stat(given).catch(() => undefined);
  if (!stats) throw new BenchError(`${path}: no such file or folder; expected results written by "run"`);
  const files = stats.isDirectory() ? await findResultFiles(given) : [given];
  if (files.length === 0) {
    throw new BenchError(
      `${path}: no results in it; expected <run>/results/*.json as "run <benchmark> --model <run>" writes them`,
    );
  }
  return Promise.all(files.map(async (file) => ({ path: file, result: await readResult(file) })));
}

/** Results that may enter a table: limited ones are left out where the same was run in full. */
export function preferWhole(results: readonly StoredResult[]): readonly StoredResult[] {
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

async function readResult(path: string): Promise<BenchmarkResult> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new BenchError(
      `${path}: not JSON (${(error as Error).message}); run the benchmark again, or remove the file`,
    );
  }
  const parsed = resultSchema.safeParse(content);
  if (parsed.success) return parsed.data as BenchmarkResult;
  const [issue] = parsed.error.issues;
  throw new BenchError(
    `${path}: not a result of this version: ${issue?.path.join(".")}: ${issue?.message}; run the benchmark again, or move the file out of ${dirname(path)}`,
  );
}
