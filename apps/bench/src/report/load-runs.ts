import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { RunRecord } from "@tesserae/benchmarks";
import { z } from "zod";
import { BenchError } from "../bench-error.js";
import { readRunRecord, runName } from "../models/run-folder.js";
import { readResults, type StoredResult } from "../results/result-files.js";

const metricLineSchema = z.looseObject({
  step: z.number(),
  loss: z.number().optional(),
  validation: z.record(z.string(), z.number()).optional(),
});

/** One line of `metrics.jsonl`. */
export type MetricLine = z.infer<typeof metricLineSchema>;

/** All that a report shows of one run. */
export interface ReportRun {
  readonly name: string;
  /** Relative to the folder that is reported. */
  readonly folder: string;
  readonly record: RunRecord | null;
  readonly metrics: readonly MetricLine[];
  readonly results: readonly StoredResult[];
  /** What lies in the folder and is not shown, and why: limited, stale and broken results, a record or metrics that cannot be read. */
  readonly leftOut: readonly string[];
}

/** Every run at or below a folder: what holds `run.json`, `metrics.jsonl` or `results/`. @throws BenchError when there is none */
export async function loadRuns(folder: string): Promise<readonly ReportRun[]> {
  const root = resolve(folder);
  if (!existsSync(root))
    throw new BenchError(`${folder}: no such folder; expected a folder with runs, such as runs/demo`);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const folders = new Set(
    entries.flatMap((entry) => {
      if (entry.isFile() && (entry.name === "run.json" || entry.name === "metrics.jsonl")) return [entry.parentPath];
      const isResult = entry.isFile() && entry.name.endsWith(".json") && basename(entry.parentPath) === "results";
      return isResult ? [dirname(entry.parentPath)] : [];
    }),
  );
  if (folders.size === 0) {
    throw new BenchError(`${folder}: holds no run; expected folders with run.json, metrics.jsonl or results/*.json`);
  }
  return Promise.all([...folders].sort().map((path) => loadRun(root, path)));
}

async function loadRun(root: string, folder: string): Promise<ReportRun> {
  const leftOut: string[] = [];
  const orNote = (error: unknown): null => {
    if (!(error instanceof BenchError)) throw error;
    leftOut.push(error.message);
    return null;
  };
  const found = existsSync(join(folder, "results"))
    ? await readResults(join(folder, "results")).catch(orNote)
    : undefined;
  const { results = [], problems = [] } = found ?? {};
  leftOut.push(...problems);
  const whole = results.filter(({ path, result }) => {
    if (result.limited) leftOut.push(`${path}: was run with a limit (${result.sampleCount} items)`);
    return !result.limited;
  });
  return {
    name: runName(folder),
    folder: relative(root, folder) || ".",
    record: await readRunRecord(folder).catch(orNote),
    metrics: await readMetrics(join(folder, "metrics.jsonl"), leftOut),
    results: whole,
    leftOut,
  };
}

/** @param leftOut receives a line for each record that cannot be read, such as one that a kill cut off */
async function readMetrics(path: string, leftOut: string[]): Promise<readonly MetricLine[]> {
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const parsed = metricLineSchema.safeParse(parseJson(line));
    if (parsed.success) return [parsed.data];
    leftOut.push(`${path}:${index + 1}: is no JSON record with a step`);
    return [];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
