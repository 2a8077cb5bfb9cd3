import { join } from "node:path";
import type { Box, Dataset, Sample } from "./dataset.js";
import { asCaptions, asRecord, parseJson, shown } from "./fields.js";
import { type ImageFolder, openImageFolder, requireFolder } from "./image-folder.js";
import { linesOf, readTextFile, requireSamples } from "./read-text.js";

/** Name of the file with the captions in a folder of photos. */
export const annotationsFile = "annotations.jsonl";

/**
 * Reads a folder with `annotations.jsonl` and `images/`. Each line is a JSON object with `file` (a name in `images/`),
 * `captions` (a list) and, optionally, `image_id` and `boxes` (`category` and `bbox` in pixels of the original photo).
 * Lines that cannot be used, and photos that are not there, are skipped and listed in `problems`. Throws a DataError
 * when the folder or file is missing, a line is empty or no line can be used.
 */
export async function readPhotos(folder: string): Promise<Dataset> {
  await requireFolder(folder, `folder that holds ${annotationsFile} and images/`);
  const path = join(folder, annotationsFile);
  const file = await readTextFile(path, 'lines of JSON with "file" and "captions"');
  const images = await openImageFolder(join(folder, "images"), "folder of the photos");
  const samples: Sample[] = [];
  const problems: string[] = [];
  for (const { number, text } of linesOf(file, "a JSON object")) {
    const result = readLine(text, number, images);
    if (typeof result === "string") problems.push(`${path}:${number}: ${result}; skipped`);
    else samples.push(result);
  }
  requireSamples(path, samples, problems);
  return { name: "photos", revision: file.revision, samples, problems, loadImage: images.load };
}

/** A sample, or what is wrong with the line. */
function readLine(text: string, number: number, images: ImageFolder): Sample | string {
  const parsed = parseJson(text);
  if ("problem" in parsed) return `not JSON (${parsed.problem})`;
  const record = asRecord(parsed.value);
  if (!record) return `expected a JSON object, found ${shown(parsed.value)}`;
  if (typeof record.file !== "string") return `"file" must be a file name in images/, found ${shown(record.file)}`;
  const captions = asCaptions(record.captions);
  if (!captions) return `"captions" must be a list of texts, found ${shown(record.captions)}`;
  const image = images.find(record.file);
  if (image === undefined) return `no photo images/${record.file}`;
  const boxes = asBoxes(record.boxes);
  return { id: String(record.image_id ?? number), image, captions, ...(boxes ? { boxes } : {}) };
}

function asBoxes(value: unknown): readonly Box[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const boxes = value.flatMap((item): Box[] => {
    const record = asRecord(item);
    const bbox: unknown = record?.bbox;
    if (typeof record?.category !== "string" || !Array.isArray(bbox) || bbox.length !== 4) return [];
    return [{ category: record.category, bbox: [Number(bbox[0]), Number(bbox[1]), Number(bbox[2]), Number(bbox[3])] }];
  });
  return boxes.length > 0 ? boxes : undefined;
}
