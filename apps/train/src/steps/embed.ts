import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Dataset } from "@tesserae/data";
import { loadClip } from "@tesserae/models";
import { hardNegativeImages } from "@tesserae/negatives";
import { writeFileAtomic } from "@tesserae/shared";
import { createImageStore } from "../data/image-store.js";
import { openData } from "../data/open-data.js";
import { modelFolder } from "../loop/start-model.js";
import { heldOutScorer } from "../loop/validate-retrieval.js";
import { hearSignals } from "../run/interruption.js";
import { TrainError } from "../train-error.js";
import type { Step, StepContext, StepResult } from "./step.js";

/** Options of {@link embed}. */
export interface EmbedOptions {
  /** Neighbours of each image. Default 3, as NegCLIP. */
  readonly count?: number;
  /** A file of given embeddings instead of the model's: { "<image's name>": [numbers], … } or JSON lines of { image, embedding }. */
  readonly embeddings?: string;
}

/** Images that are embedded before signals are heard again. */
const imagesAtOnce = 256;

interface NeighbourFile {
  readonly images: Readonly<Record<string, readonly string[]>>;
}

/**
 * Finds the nearest neighbours of every image, for NegCLIP's hard images (Yuksekgonul et al. 2023, section 4): by the embeddings of
 * the model that training starts from, or by given ones. Where the data brings hard images of its own, those are kept.
 */
export function embed({ count = 3, embeddings }: EmbedOptions = {}): Step {
  return {
    name: "embed",
    version: "1",
    options: { count, ...(embeddings === undefined ? {} : { embeddings }) },
    plan: async ({ flags }) => ({
      lines: [
        `embed: ${count} nearest images of each image, by ${embeddings ?? `the embeddings of ${flags.pretrained ?? "a model, which is missing"}`}`,
      ],
      missing: [],
    }),
    run: (context) => findNeighbours(context, count, embeddings),
  };
}

async function findNeighbours(context: StepContext, count: number, given: string | undefined): Promise<StepResult> {
  const { flags, folder, run, progress } = context;
  const { train } = await openData(flags);
  await context.confirm("data", train.revision);
  const file = join(folder, "neighbours.json");
  const own = train.samples.filter(({ hardNegativeImages = [] }) => hardNegativeImages.length > 0).length;
  if (own > 0) {
    progress.note(`embed: ${own} of ${train.samples.length} images bring hard images of their own; those are used`);
    await writeFileAtomic(file, JSON.stringify({ images: {} } satisfies NeighbourFile));
    return { artefacts: { neighbours: relative(run, file) }, record: { own } };
  }
  const images = train.samples.map(({ image }) => image);
  const embedded =
    given === undefined ? await embedImages(context, train, images) : await readEmbeddings(given, images);
  const nearest = hardNegativeImages(embedded, { count });
  const neighbours = Object.fromEntries(
    nearest.map((list, index) => [images[index]!, list.map((other) => images[other]!)]),
  );
  await writeFileAtomic(file, `${JSON.stringify({ images: neighbours } satisfies NeighbourFile)}\n`);
  return { artefacts: { neighbours: relative(run, file) }, record: { images: images.length, count } };
}

async function embedImages({ flags, artefacts, run, signal }: StepContext, train: Dataset, images: readonly string[]) {
  const source =
    artefacts.model === undefined
      ? flags.pretrained && (await modelFolder(flags.pretrained))
      : join(run, artefacts.model);
  if (source === undefined) {
    throw new TrainError(
      "embed: there is no model to embed images with; give one (--set pretrained=<run or model>), or a file of embeddings",
    );
  }
  const loaded = await loadClip(source);
  const store = createImageStore(train, loaded.clip.config.vision.imageSize);
  const scorer = heldOutScorer(loaded, store);
  const embedded: Float32Array[] = [];
  try {
    for (let start = 0; start < images.length; start += imagesAtOnce) {
      await hearSignals(signal, `embed: stopped at image ${start} of ${images.length}; this part begins anew`);
      embedded.push(...(await scorer.embedImages(images.slice(start, start + imagesAtOnce).map((path) => ({ path })))));
    }
    return embedded;
  } finally {
    loaded.clip.dispose();
  }
}

async function readEmbeddings(path: string, images: readonly string[]): Promise<readonly (readonly number[])[]> {
  const text = await readFile(path, "utf8");
  const lines = path.endsWith(".jsonl")
    ? text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { image: string; embedding: number[] })
    : Object.entries(JSON.parse(text) as Record<string, number[]>).map(([image, embedding]) => ({ image, embedding }));
  const byName = new Map(lines.map(({ image, embedding }) => [image, embedding]));
  return images.map((image) => {
    const found = byName.get(image) ?? byName.get(image.split("/").at(-1)!);
    if (found === undefined)
      throw new TrainError(`embed: ${path} has no embedding of ${image}; it has ${byName.size} of other images`);
    return found;
  });
}

/** The data with the neighbours that `embed` found as hard images. */
export async function readNeighbours(dataset: Dataset, run: string, file: string): Promise<Dataset> {
  const { images } = JSON.parse(await readFile(join(run, file), "utf8")) as NeighbourFile;
  const place = new Map(dataset.samples.map(({ image }, index) => [image, index]));
  return {
    ...dataset,
    samples: dataset.samples.map((sample) => {
      const near = images[sample.image];
      return near === undefined
        ? sample
        : { ...sample, hardNegativeImages: near.flatMap((image) => place.get(image) ?? []) };
    }),
  };
}
