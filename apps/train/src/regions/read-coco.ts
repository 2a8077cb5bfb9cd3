import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseCocoJson } from "@tesserae/benchmarks/detection";
import { z } from "zod";
import { TrainError } from "../train-error.js";
import type { Photo } from "./photo.js";

const captionsSchema = z.object({ annotations: z.array(z.object({ image_id: z.number(), caption: z.string() })) });
const instancesSchema = z.object({
  images: z.array(z.object({ id: z.number(), file_name: z.string(), width: z.number(), height: z.number() })),
  annotations: z.array(
    z.object({
      image_id: z.number(),
      category_id: z.number(),
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      iscrowd: z.number().optional(),
    }),
  ),
  categories: z.array(z.object({ id: z.number(), name: z.string() })),
});

/** Photos of one of COCO's splits, and what had to be left out of them. */
export interface CocoPhotos {
  readonly photos: readonly Photo[];
  readonly problems: readonly string[];
}

/** Names of the splits that a folder in COCO's layout has boxes of: "train2017", "val2017". Empty: it is no such folder. */
export async function cocoSplits(folder: string): Promise<readonly string[]> {
  const annotations = join(folder, "annotations");
  if (!existsSync(annotations)) return [];
  const files = await readdir(annotations);
  return files.flatMap((file) => /^instances_(\w+)\.json$/.exec(file)?.[1] ?? []).sort();
}

/**
 * Reads COCO's own files: `annotations/instances_<split>.json`, `annotations/captions_<split>.json`, images in `<split>/`. Boxes without
 * area and images without a caption are left out and counted.
 *
 * @throws TrainError or DetectionError naming the file
 */
export async function readCoco(folder: string, split: string): Promise<CocoPhotos> {
  const instances = await read(join(folder, "annotations", `instances_${split}.json`), instancesSchema);
  const captions = await read(join(folder, "annotations", `captions_${split}.json`), captionsSchema);
  const captionsOf = byImage(captions.annotations);
  const boxesOf = byImage(instances.annotations);
  const nameOf = new Map(instances.categories.map(({ id, name }) => [id, name]));
  let flat = 0;
  let uncaptioned = 0;
  const photos = instances.images.flatMap(({ id, file_name, width, height }): Photo[] => {
    const own = captionsOf.get(id) ?? [];
    if (own.length === 0) {
      uncaptioned++;
      return [];
    }
    const all = boxesOf.get(id) ?? [];
    const boxes = all.flatMap(({ bbox, category_id, iscrowd = 0 }) => {
      const category = nameOf.get(category_id);
      return category === undefined || bbox[2] <= 0 || bbox[3] <= 0 ? [] : [{ category, bbox, iscrowd }];
    });
    flat += all.length - boxes.length;
    const sentences = own.map(({ caption }) => caption.trim());
    return [{ file: `${split}/${file_name}`, width, height, captions: sentences, boxes, box_source: "instances" }];
  });
  const problems = [
    ...(flat > 0 ? [`${split}: ${flat} boxes without area or of an unknown category are left out`] : []),
    ...(uncaptioned > 0 ? [`${split}: ${uncaptioned} images without a caption are left out`] : []),
  ];
  return { photos, problems };
}

function byImage<T extends { readonly image_id: number }>(records: readonly T[]): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const record of records) {
    const group = groups.get(record.image_id);
    if (group) group.push(record);
    else groups.set(record.image_id, [record]);
  }
  return groups;
}

async function read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new TrainError(`${path}: cannot be read (${error.code}); expected COCO's file of that name`);
  });
  const parsed = schema.safeParse(parseCocoJson(text, path, "ground truth"));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TrainError(`${path}: ${issue!.path.join(".")}: ${issue!.message}`);
}
