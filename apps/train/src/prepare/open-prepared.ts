import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Dataset, findImages, type Sample, streamLines } from "@tesserae/data";
import type { Negative, NegativeMiner } from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";
import { TrainError } from "../train-error.js";
import { changedFiles } from "./changed-files.js";
import { manifestName, type PreparedCaption, type PreparedManifest } from "./prepared.js";

/** Graphs and negatives that were made of captions beforehand: a cache of the parser and of the miner. */
export interface PreparedTexts {
  readonly miner: Pick<NegativeMiner, "name" | "version">;
  of(caption: string): Promise<{ readonly graph: SceneGraph; readonly negatives: readonly Negative[] }>;
}

/** A prepared folder as training reads it: its images with their captions, and the texts that were mined for each. */
export interface Prepared {
  readonly dataset: Dataset;
  readonly texts: PreparedTexts;
}

/** Where a caption's line is. */
interface Place {
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

/** Whether a folder was written by `prepare`. */
export async function isPrepared(folder: string): Promise<boolean> {
  return (await readFile(join(folder, manifestName)).catch(() => undefined)) !== undefined;
}

/**
 * Opens a folder that `prepare` wrote. Captions and images are listed once; graphs, sub-graphs and negatives stay on
 * disk and are read when a batch needs them.
 * @param images folder of the images that the captions name
 * @throws TrainError when the folder is not one of shards, a shard is missing or changed, or its captions have no
 *   images; DataError without the images
 */
export async function openPrepared(folder: string, images: string | undefined): Promise<Prepared> {
  const manifest = JSON.parse(await readFile(join(folder, manifestName), "utf8")) as PreparedManifest;
  if (manifest.format !== "jsonl") {
    throw new TrainError(
      `${folder}: was prepared as ${manifest.format}; prepare it with --format jsonl to train on it here`,
    );
  }
  const [changed] = await changedFiles(folder, manifest);
  if (changed !== undefined) {
    throw new TrainError(
      `${join(folder, changed)}: is missing or not as ${manifestName} has it; prepare the captions again, or restore the file`,
    );
  }
  if (images === undefined) {
    throw new TrainError(`${folder}: holds captions; say where their images are, as in --set images=./photos/images`);
  }
  const imageFolder = await findImages({ folder: images, root: images });
  const places = new Map<string, Place>();
  const samples = new Map<string, Sample & { readonly captions: string[] }>();
  const problems: string[] = [];
  for (const { name } of manifest.files) {
    const path = join(folder, name);
    let start = 0;
    for await (const { number, text } of streamLines(path, "a shard that prepare wrote")) {
      const { id, image, caption } = JSON.parse(text) as PreparedCaption;
      const length = Buffer.byteLength(text);
      places.set(caption, { path, start, length });
      start += length + 1;
      const found = image === undefined ? undefined : await imageFolder.find(image);
      const known = found === undefined ? undefined : samples.get(found);
      if (found === undefined)
        problems.push(`${path}:${number}: no image ${image ?? "is named"} in ${images}; skipped`);
      else if (known) known.captions.push(caption);
      else samples.set(found, { id, image: found, captions: [caption] });
    }
  }
  if (samples.size === 0) {
    throw new TrainError(`${folder}: none of its images is in ${images}; the first: ${problems[0]}`);
  }
  return {
    dataset: {
      name: "prepared",
      revision: manifest.sha256.slice(0, 12),
      samples: [...samples.values()],
      problems,
      loadImage: imageFolder.load,
    },
    texts: {
      miner: manifest.miner,
      of: async (caption) => {
        const { graph, negatives } = await readPlace(places.get(caption)!);
        return { graph, negatives };
      },
    },
  };
}

async function readPlace({ path, start, length }: Place): Promise<PreparedCaption> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
    return JSON.parse(buffer.toString("utf8")) as PreparedCaption;
  } finally {
    await file.close();
  }
}
