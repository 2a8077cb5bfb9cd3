import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { tokenizerFromMerges } from "@tesserae/models";
import { buildVocabulary, mosaiclipPairs, negclip } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";
import type { Output } from "@tesserae/shared";
import { timing } from "../interleaved.js";
import { startPyTorch } from "../peers/pytorch-process.js";
import type { PerfOptions, PerfReport } from "../perf-case.js";
import { unknownName } from "../unknown-name.js";
import { batch, photoFlags, runOnPhotos, saveRandomClip, uncounted } from "./run-on-photos.js";
import { type PhotoRecord, readPhotos, tilePhotos } from "./tile-photos.js";

const methods = ["clip", "negclip", "mosaiclip"] as const;
type Method = (typeof methods)[number];

const photoCount = 10_000;

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
    await saveRandomClip(join(folder, "random"), tokenizerFromMerges(await mergesOf(peer.merges as string)));
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

/** The merges of OpenAI's tokenizer, from the peer's file. */
async function mergesOf(file: string): Promise<string> {
  return gunzipSync(await readFile(file)).toString("utf8");
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

async function runTraining(method: Method, folder: string, steps: number, options: PerfOptions): Promise<Measured> {
  const { records, memory } = await runOnPhotos(method, folder, options, {
    ...photoFlags(folder, steps),
    validationFraction: batch / photoCount,
    ...(method === "negclip" ? { hardImages: "false" } : {}), // the peer has no neighbours either
    ...(method === "mosaiclip" ? { curriculum: 0, wiseFt: 0 } : {}),
  });
  const taken = records.slice(1).map(({ seconds, engineSeconds }, index): PhotoStep => {
    const milliseconds = 1000 * (seconds - records[index]!.seconds);
    return { milliseconds, waited: milliseconds - 1000 * engineSeconds };
  });
  return { name: "@tesserae/train", steps: taken.slice(uncounted - 1), memory };
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
