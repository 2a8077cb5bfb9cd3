import { readFile } from "node:fs/promises";
import { decompose } from "@tesserae/augment";
import type { CaptionRecord } from "@tesserae/data";
import { buildVocabulary, type NegativeMiner, type Vocabulary } from "@tesserae/negatives";
import { parse, type SceneGraph } from "@tesserae/scene-graph";
import { cleanCaption } from "./clean-caption.js";
import { mineCaption } from "./mine-caption.js";
import type { PreparedCaption, PreparedCounts } from "./prepared.js";
import type { ShardFiles, StageReport } from "./shard-files.js";

/** Captions to parse: one shard's records. */
export interface ParseJob {
  readonly stage: "parsed";
  readonly index: number;
  readonly key: string;
  readonly records: readonly CaptionRecord[];
}

/** A parsed shard to mine. */
export interface MineJob {
  readonly stage: "shard";
  readonly records: number;
  readonly index: number;
  readonly key: string;
}

export type PrepareJob = ParseJob | MineJob;

/** A record that was left out or changed, or a caption at which the miner failed: where, and what was wrong. */
export interface Incident {
  readonly where: string;
  readonly what: string;
}

export interface ParseReport extends StageReport {
  readonly records: number;
  readonly skipped: readonly Incident[];
  readonly repaired: readonly Incident[];
  readonly vocabulary: Vocabulary;
}

/** What a shard adds to the counts of the whole; what was skipped and repaired is in its `ParseReport`. */
export interface MineReport extends StageReport, Omit<PreparedCounts, "skipped" | "repaired"> {
  /** Captions at which the miner failed and that have no negative. */
  readonly lost: number;
  /** The first failures. */
  readonly failed: readonly Incident[];
}

/** How a job is watched from outside. */
export interface JobWatch {
  /** Called before each item: if nothing follows for too long, that item is at fault. */
  begin(item: number): void;
  /** Items to leave out, with why: earlier attempts did not get past them. */
  readonly skip: ReadonlyMap<number, string>;
}

/** A line of the file between the two stages. */
interface ParsedCaption {
  readonly where: string;
  readonly id: string;
  readonly image?: string;
  readonly graph: SceneGraph;
}

/** Parses the captions of one shard. */
export async function parseShard(job: ParseJob, files: ShardFiles, watch: JobWatch): Promise<ParseReport> {
  const skipped: Incident[] = [];
  const repaired: Incident[] = [];
  const parsed: ParsedCaption[] = [];
  for (const [item, record] of job.records.entries()) {
    watch.begin(item);
    const { where } = record;
    const stalled = watch.skip.get(item);
    if (stalled !== undefined) skipped.push({ where, what: `the parser ${stalled}` });
    else if ("problem" in record) skipped.push({ where, what: record.problem });
    else {
      const clean = cleanCaption(record.caption);
      if ("problem" in clean) skipped.push({ where, what: clean.problem });
      else {
        if (clean.repair !== undefined) repaired.push({ where, what: clean.repair });
        const { id, image } = record;
        parsed.push({ where, id, ...(image === undefined ? {} : { image }), graph: parse(clean.caption) });
      }
    }
  }
  const vocabulary = buildVocabulary(parsed.map(({ graph }) => graph));
  const report = { key: job.key, records: job.records.length, skipped, repaired, vocabulary };
  return files.write<ParseReport>("parsed", job.index, jsonLines(parsed), report);
}

/** Failures of a shard that are told one by one; all are counted. */
const toldFailures = 20;

/** Decomposes and mines the captions of one parsed shard. */
export async function mineShard(
  job: MineJob,
  files: ShardFiles,
  { miner, seed }: { readonly miner: NegativeMiner; readonly seed: number },
  watch: JobWatch,
): Promise<MineReport> {
  const text = await readFile(files.path("parsed", job.index), "utf8");
  const parsed = text.split("\n").filter(Boolean);
  const rows: PreparedCaption[] = [];
  const kinds: Record<string, number> = {};
  const rejects: Record<string, number> = {};
  const failures: Record<string, number> = {};
  const failed: Incident[] = [];
  let lost = 0;
  for (const [item, line] of parsed.entries()) {
    const { where, id, image, graph } = JSON.parse(line) as ParsedCaption;
    const failuresHere = new Set<string>();
    const fail = (kind: string, detail?: string) => {
      if (failuresHere.has(kind)) return;
      failuresHere.add(kind);
      count(failures, kind);
      const what = `miner ${miner.name} ${kind}${detail === undefined ? "" : `: ${detail}`}`;
      if (failed.length < toldFailures) failed.push({ where, what });
    };
    watch.begin(item);
    const stalled = watch.skip.get(item);
    const reject = (reason: string) => count(rejects, reason);
    const negatives = stalled === undefined ? await mineCaption(miner, graph, seed, { reject, fail }) : [];
    if (stalled !== undefined) fail(stalled);
    if (failuresHere.size > 0 && negatives.length === 0) lost++;
    for (const { kind } of negatives) count(kinds, kind);
    const subGraphs = decompose(graph).map(({ caption, objects }) => ({
      caption,
      objects: objects.map((one) => one.id),
    }));
    rows.push({ id, ...(image === undefined ? {} : { image }), caption: graph.caption, graph, subGraphs, negatives });
  }
  return files.write<MineReport>("shard", job.index, jsonLines(rows), {
    key: job.key,
    records: job.records,
    captions: rows.length,
    covered: rows.filter(({ negatives }) => negatives.length > 0).length,
    negatives: rows.reduce((sum, { negatives }) => sum + negatives.length, 0),
    kinds,
    rejects,
    failures,
    lost,
    failed,
  });
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function jsonLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}
