import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { createClip, tokenizerFromMerges } from "@tesserae/models";
import { saveClip } from "@tesserae/models/node";
import { buildVocabulary, mosaiclipPairs, negclip } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";
import { appFolder, type Output } from "@tesserae/shared";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { vitB32 } from "../engine/clip-sizes.js";
import { timing } from "../interleaved.js";
import { startPyTorch } from "../peers/pytorch-process.js";
import type { PerfOptions, PerfReport } from "../perf-case.js";
import { PerfError } from "../perf-error.js";
import { unknownName } from "../unknown-name.js";
import { type PhotoRecord, readPhotos, tilePhotos } from "./tile-photos.js";

const methods = ["clip", "negclip", "mosaiclip"] as const;
type Method = (typeof methods)[number];

const photoCount = 10_000;
const batch = 32;
/** Steps of ours that are not counted: traced, compiled, and checked at powers of two. */
const uncounted = 9;

/** A step of either side, in milliseconds; memory is the most that the process has had, in bytes. */
interface PhotoStep {
  readonly milliseconds: number;
  readonly waited: number;
}

interface Measured {
  readonly name: string;
  readonly steps: readonly PhotoStep[];
  readonly memory: number;
}

/**
 * ViT-B/32 of random weights trained on photos, tiled to 10,000, by the training app and by the same step on open_clip's model, transform and tokenizer.
 * One after the other: the app is a process that goes on by itself.
 *
 * @param data a folder with `annotations.jsonl` and `images/`
 */
export async function trainOnPhotos(data: string, options: PerfOptions, output: Output): Promise<PerfReport> {
  const method = chosenMethod(options.method);
  const folder = await mkdtemp(join(tmpdir(), "tesserae-perf-photos-"));
  try {
    const tiled = join(folder, "photos");
    await tilePhotos(data, tiled, photoCount);
    const peer = await startPyTorch<PhotoStep & { memory: number }>("open_clip_training.py", options, {
      annotations: join(tiled, "annotations.jsonl"),
      images: join(tiled, "images"),
      method,
      batch,
      threads: options.threads,
      texts: textsOf(method, await readPhotos(data)),
    });
    const theirs: (PhotoStep & { memory: number })[] = [];
    for (let step = 0; step <= options.rounds; step++) theirs.push(await peer.step());
    peer.stop();
    output.print(`${method}: measured ${peer.version}, ${options.rounds} steps after one that is not counted`);
    await saveRandomClip(join(folder, "random"), peer.merges as string);
    const ours = await runTraining(method, folder, uncounted + options.rounds, options);
    output.print(`${method}: measured @tesserae/train, ${options.rounds} steps after ${uncounted}`);
    const other = { name: "open_clip", steps: theirs.slice(1), memory: theirs.at(-1)!.memory };
    return {
      header: ["method", "program", "ms/step", "samples/s", "data wait", "memory MB", "to open_clip"],
      rows: [ours, other].map((measured) => row(method, measured, other)),
      notes: [
        `ViT-B/32 of random weights, batch ${batch}, ${options.threads} threads, photos tiled to ${photoCount}; medians; one program after the other`,
        "open_clip: its model, transform, tokenizer (padded to 77), loss and AdamW, a DataLoader of one worker; texts with negatives are made beforehand, in the app online",
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function chosenMethod(method = "clip"): Method {
  const known = methods.find((name) => name === method);
  if (!known) throw unknownName("method", method, methods);
  return known;
}

/** For each photo its caption and what the method adds to it: for the peer, which does not mine. */
function textsOf(method: Method, photos: readonly PhotoRecord[]): string[][] {
  const graphs = photos.map(({ captions }) => parse(captions[0]!));
  if (method === "clip") return [];
  const rng = seededRng(0);
  if (method === "negclip") {
    const mined = negclip().mine(graphs, { rng }) as readonly (readonly { caption: string }[])[];
    return graphs.map(({ caption }, index) => [caption, mined[index]![0]?.caption ?? caption]);
  }
  const options = { vocabulary: buildVocabulary(graphs), maxPositives: 3, maxNegatives: 6 };
  return graphs.map((graph) => {
    const { positives, negatives } = mosaiclipPairs(graph, options, rng);
    return [graph, ...positives, ...negatives].map(({ caption }) => caption);
  });
}

/** A folder with ViT-B/32 of random weights and OpenAI's tokenizer. */
async function saveRandomClip(folder: string, mergesFile: string): Promise<void> {
  const merges = gunzipSync(await readFile(mergesFile)).toString("utf8");
  await selectBackend({ backend: "ort", threads: 1 });
  const clip = createClip(vitB32(batch).config, { rng: seededRng(0) });
  await saveClip(clip, tokenizerFromMerges(merges), folder);
  for (const variable of clip.variables.values()) variable.dispose();
}

async function runTraining(method: Method, folder: string, steps: number, options: PerfOptions): Promise<Measured> {
  const cli = fileURLToPath(new URL("../../apps/train/dist/cli.js", appFolder(import.meta.url)));
  const out = join(folder, "run");
  const flags: Record<string, string | number> = {
    data: join(folder, "photos"),
    pretrained: join(folder, "random"),
    batchSize: batch,
    steps,
    logEveryNSteps: 1,
    lr: 1e-4,
    warmup: 0,
    validationFraction: batch / photoCount,
    ...(method === "negclip" ? { hardImages: "false" } : {}), // the peer has no neighbours either
    ...(method === "mosaiclip" ? { curriculum: 0, wiseFt: 0 } : {}),
  };
  const settings = Object.entries(flags).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
  const args = [cli, "run", method, "--scale", "photos", "--out", out, "--threads", String(options.threads)];
  const memory = await runWatched([...args, "--progress", "none", ...settings, "--set", "epochs="]);
  const lines = (await readFile(join(out, "metrics.jsonl"), "utf8")).trim().split("\n");
  const records = lines.map((line) => JSON.parse(line)).filter(({ engineSeconds }) => engineSeconds !== undefined);
  const taken = records.slice(1).map(({ seconds, engineSeconds }, index): PhotoStep => {
    const milliseconds = 1000 * (seconds - records[index].seconds);
    return { milliseconds, waited: milliseconds - 1000 * engineSeconds };
  });
  return { name: "@tesserae/train", steps: taken.slice(uncounted - 1), memory };
}

/** Runs a program of Node to its end. @returns the most memory it has had, in bytes, where the system tells (Linux) */
async function runWatched(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  let memory = Number.NaN;
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    const peak = /VmHWM:\s+(\d+) kB/.exec(status);
    if (peak) memory = Number(peak[1]) * 1024;
  }, 500);
  const code = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(watch);
  if (code !== 0) throw new PerfError(`perf train: the training app failed: ${said.trim().split("\n").at(-1)}`);
  return memory;
}

function row(method: string, { name, steps, memory }: Measured, peer: Measured): string[] {
  const median = ({ steps }: Pick<Measured, "steps">) => timing(steps.map(({ milliseconds }) => milliseconds)).median;
  const total = steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const waited = steps.reduce((sum, step) => sum + step.waited, 0);
  return [
    method,
    name,
    median({ steps }).toFixed(0),
    ((1000 * batch) / median({ steps })).toFixed(1),
    `${((100 * waited) / total).toFixed(1)} %`,
    (memory / 2 ** 20).toFixed(0),
    `${(median(peer) / median({ steps })).toFixed(2)}x`,
  ];
}
