import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeImage, type RgbImage } from "@tesserae/data";
import type { Box } from "@tesserae/region-mapper";
import { parse } from "@tesserae/scene-graph";
import { seededRng, shuffled } from "@tesserae/scene-graph/random";
import { TrainError } from "../train-error.js";
import { type Photo, photoSchema } from "./photo.js";
import { cocoSplits, readCoco } from "./read-coco.js";
import type { RegionData, RegionSample } from "./region-sample.js";

/** Shares of the photos that are trained on and that epsilon is chosen on; the others are for the test. */
const shares = { train: 0.65, val: 0.1 };
/** An attribute is a word of at least so many training photos' captions. */
const fewestPhotos = 5;

/**
 * Photos with captions and boxes as region data: `annotations.jsonl` (file, width, height, captions, boxes) and `images/`, or COCO's own
 * folder (`annotations/`, `train2017/`, `val2017/`), whose val2017 is the test where there is a train2017. Attributes are the objects and
 * adjectives of the training captions' graphs; a box's true attribute is its category, where captions name it. Photos without annotated
 * boxes and crowds are left out. Images are filled up to squares with black, so that no box is cut away.
 *
 * @throws TrainError naming file and line
 */
export async function photoRegions(folder: string, split: "train" | "val" | "test", seed: number): Promise<RegionData> {
  const splits = await cocoSplits(folder);
  const parts = splits.length > 0 ? await cocoParts(folder, splits, seed) : await photoParts(folder, seed);
  const attributes = attributesOf(parts.train);
  const own = parts[split];
  return {
    name: splits.length > 0 ? "coco" : "photos",
    revision: `photos-1/${parts.count}/seed-${seed}/${split}`,
    problems: parts.problems,
    attributes,
    prompts: (attribute) => [`a photo of a ${attribute}`, `a ${attribute}`, attribute],
    loadImage: async (image) => squared(await decodeImage(await readFile(join(folder, parts.images, image)), image)),
    samples: own.map((photo) => toSample(photo, attributes)),
  };
}

interface PhotoParts extends Record<"train" | "val" | "test", readonly Photo[]> {
  /** Folder of the images, below that of the data. */
  readonly images: string;
  /** Photos in all, those that are left out included. */
  readonly count: number;
  readonly problems: readonly string[];
}

async function photoParts(folder: string, seed: number): Promise<PhotoParts> {
  const all = await readPhotos(join(folder, "annotations.jsonl"));
  return { ...splitPhotos(withBoxes(all), seed), images: "images", count: all.length, problems: [] };
}

async function cocoParts(folder: string, splits: readonly string[], seed: number): Promise<PhotoParts> {
  const read = await Promise.all(splits.map((split) => readCoco(folder, split)));
  const photosOf = (kind: "train" | "val") =>
    withBoxes(read.flatMap(({ photos }, index) => (splits[index]!.startsWith(kind) ? photos : [])));
  const count = read.reduce((sum, { photos }) => sum + photos.length, 0);
  const about = { images: "", count, problems: read.flatMap(({ problems }) => problems) };
  const [training, test] = [photosOf("train"), photosOf("val")];
  const all = withBoxes(read.flatMap(({ photos }) => photos));
  if (training.length === 0 || test.length === 0) return { ...splitPhotos(all, seed), ...about };
  const mixed = shuffled(seededRng("photo regions", seed), training);
  const end = Math.round((1 - shares.val) * mixed.length);
  return { train: mixed.slice(0, end), val: mixed.slice(end), test, ...about };
}

/** Photos that somebody drew boxes on, without boxes of crowds. */
function withBoxes(photos: readonly Photo[]): readonly Photo[] {
  return photos.flatMap((photo) => {
    const boxes = photo.box_source === null ? [] : photo.boxes.filter(({ iscrowd }) => iscrowd !== 1);
    return boxes.length === 0 ? [] : [{ ...photo, boxes }];
  });
}

/** The image in the upper left of a black square. */
function squared({ width, height, data }: RgbImage): RgbImage {
  const side = Math.max(width, height);
  const square = new Uint8Array(3 * side * side);
  for (let row = 0; row < height; row++) {
    square.set(data.subarray(3 * row * width, 3 * (row + 1) * width), 3 * row * side);
  }
  return { width: side, height: side, data: square };
}

async function readPhotos(path: string): Promise<readonly Photo[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new TrainError(
      `${path}: cannot be read (${error.code}); expected photos with captions and boxes, a JSON object a line`,
    );
  });
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw new TrainError(`${path}:${index + 1}: is no JSON (${(error as Error).message})`);
    }
    const parsed = photoSchema.safeParse(value);
    if (parsed.success) return [parsed.data];
    const [issue] = parsed.error.issues;
    throw new TrainError(`${path}:${index + 1}: ${issue!.path.join(".")}: ${issue!.message}`);
  });
}

function splitPhotos<T>(photos: readonly T[], seed: number): Record<"train" | "val" | "test", readonly T[]> {
  const mixed = shuffled(seededRng("photo regions", seed), photos);
  const train = Math.round(shares.train * mixed.length);
  const val = train + Math.round(shares.val * mixed.length);
  return { train: mixed.slice(0, train), val: mixed.slice(train, val), test: mixed.slice(val) };
}

/** Words that a photo's captions say of its objects. */
function wordsOf({ captions }: Pick<Photo, "captions">): ReadonlySet<string> {
  const graphs = captions.map((caption) => parse(caption));
  return new Set(
    graphs.flatMap(({ objects }) =>
      objects.flatMap(({ name, attributes }) => [name, ...attributes.map((a) => a.name)]),
    ),
  );
}

function attributesOf(photos: readonly Photo[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const photo of photos) for (const word of wordsOf(photo)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= fewestPhotos)
    .map(([word]) => word)
    .sort();
}

function toSample(photo: Photo, attributes: readonly string[]): RegionSample {
  const words = wordsOf(photo);
  const side = Math.max(photo.width, photo.height);
  return {
    image: photo.file,
    width: side,
    height: side,
    boxes: photo.boxes.map(({ bbox }) => bbox as Box),
    categories: photo.boxes.map(({ category }) => category),
    sentences: photo.captions,
    attributes: attributes.filter((name) => words.has(name)),
    truth: photo.boxes.map(({ category }) => (words.has(category) && attributes.includes(category) ? [category] : [])),
  };
}
