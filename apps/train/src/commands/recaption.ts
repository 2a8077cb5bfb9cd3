import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Recaptioner } from "@tesserae/augment";
import { openDataset } from "@tesserae/data";
import { createProgress, makeFolder, type ProgressKind, writeFileAtomic } from "@tesserae/shared";
import { importFile } from "../recipe/import-file.js";
import { listenForSignals } from "../run/interruption.js";
import { namedRecaptioner } from "../steps/named-recaptioner.js";
import { describeRecaptions, recaptionSamples } from "../steps/recaption.js";
import { TrainError } from "../train-error.js";

/** Options of `train recaption`. */
export interface RecaptionCommandOptions {
  readonly out: string;
  readonly by: string;
  readonly url?: string;
  readonly model?: string;
  readonly images?: string;
  readonly batchSize?: number;
  readonly progress: ProgressKind;
}

/**
 * Writes every image of a data set a new caption, as the recipe's step does, into a folder that training reads: `annotations.jsonl`
 * beside what was answered so far, so that a run that was broken off goes on.
 *
 * @throws TrainError for an unknown recaptioner, or data without images
 */
export async function recaptionData(path: string, options: RecaptionCommandOptions): Promise<void> {
  const { out, by, url, model, images, batchSize, progress } = options;
  const { note } = createProgress(progress);
  const cacheFolder = join(out, "answers");
  const writer = existsSync(by)
    ? await recaptionerOf(by)
    : namedRecaptioner(by, { cacheFolder, ...(url ? { url } : {}), ...(model ? { model } : {}) });
  const dataset = await openDataset(path, images === undefined ? {} : { imageFolder: images });
  if (dataset.captionsOnly) {
    throw new TrainError(`${path}: holds captions without images; say where they are, as in --images ./photos/images`);
  }
  await makeFolder(out);
  const byImage = new Map<string, (typeof dataset.samples)[number]>();
  for (const sample of dataset.samples) {
    const first = byImage.get(sample.image);
    byImage.set(sample.image, first ? { ...first, captions: [...first.captions, ...sample.captions] } : sample);
  }
  const interruptible = listenForSignals(note, () => {});
  try {
    const made = await recaptionSamples([...byImage.values()], writer, {
      file: join(out, "captions.json"),
      ...(batchSize === undefined ? {} : { batchSize }),
      signal: interruptible.signal,
    });
    const lines = [...byImage.values()].map(({ image, captions }) => {
      const caption = made.captions[image];
      return JSON.stringify({
        image: isPath(image) ? resolve(image) : image,
        captions: caption === undefined ? captions : [caption],
      });
    });
    await writeFileAtomic(join(out, "annotations.jsonl"), `${lines.join("\n")}\n`);
    note(describeRecaptions(made));
    note(`wrote ${join(out, "annotations.jsonl")}; train on it with --set data=${join(out, "annotations.jsonl")}`);
  } finally {
    interruptible.release();
  }
}

const isPath = (image: string) => !/^[a-z]+:/.test(image);

async function recaptionerOf(file: string): Promise<Recaptioner> {
  const exported = (await importFile(resolve(file), file)) as Partial<Recaptioner> | undefined;
  if (typeof exported?.recaption !== "function" || typeof exported.name !== "string") {
    throw new TrainError(
      `--by ${file}: its default export is no recaptioner; expected { name, version, recaption(requests) }`,
    );
  }
  return exported as Recaptioner;
}
