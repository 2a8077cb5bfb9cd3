import { join } from "node:path";
import type { Box, Dataset, Sample } from "../dataset.js";
import { type ImageFolder, openImageFolder, requireFolder } from "../images/image-folder.js";
import { asCaptions, asRecord, parseJson, shown } from "../parsing/fields.js";
import { linesOf, readTextFile, requireSamples } from "../parsing/read-text.js";

/** Name of the file with the captions in a folder of photos. */
export const annotationsFile = "annotations.jsonl";

/**
 * Reads a folder with `annotations.jsonl` and `images/`. Each line is a JSON object with `file` (a name in `images/`),
 * `captions` (a list) and, optionally, `image_id` and `boxes` (`category` and `bbox` in pixels of the original photo).
 * Lines and boxes that cannot be used, and photos that are not there, are skipped and listed in `problems`. Throws a
 * DataError when the folder or file is missing, a line is empty or no line can be used.
 */
export async function readPhotos(folder: string): Promise<Dataset> {
  await requireFolder(folder, `folder that holds ${annotationsFile} and images/`);
  const path = join(folder, annotationsFile);
  const file = await readTextFile(path, 'lines of JSON with "file" and "captions"');
  const images = await openImageFolder(join(folder, "images"), "folder of the photos");
  const samples: Sample[] = [];
  const problems: string[] = [];
  for (const { number, text } of linesOf(file, "a JSON object")) {
    const problem = (what: string) => problems.push(`${path}:${number}: ${what}; skipped`);
    const result = readLine(text, number, images, problem);
    if (typeof result === "string") problem(result);
    else samples.push(result);
  }
  requireSamples(path, samples, problems);
  return { name: "photos", revision: file.revision, samples, problems, loadImage: images.load };
}

/** A sample, or what is wrong with the line; boxes that cannot be used are told to `boxProblem`. */
function readLine(
  text: string,
  number: number,
  images: ImageFolder,
  boxProblem: (what: string) => void,
): Sample | string {
  const parsed = parseJson(text);
  if ("problem" in parsed) return `not JSON (${parsed.problem})`;
  const record = asRecord(parsed.value);
  if (!record) return `expected a JSON object, found ${shown(parsed.value)}`;
  if (typeof record.file !== "string") return `"file" must be a file name in images/, found ${shown(record.file)}`;
  const captions = asCaptions(record.captions);
  if (!captions) return `"captions" must be a list of texts, found ${shown(record.captions)}`;
  const image = images.find(record.file);
  if (image === undefined) return `no photo images/${record.file}`;
  const boxes = readBoxes(record.boxes, boxProblem);
  return { id: String(record.image_id ?? number), image, captions, ...(boxes.length > 0 ? { boxes } : {}) };
}

function readBoxes(value: unknown, problem: (what: string) => void): readonly Box[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    problem(`"boxes" must be a list, found ${shown(value)}`);
    return [];
  }
  return value.flatMap((item, index): Box[] => {
    const { category, bbox } = asRecord(item) ?? {};
    if (typeof category === "string" && isRectangle(bbox)) return [{ category, bbox }];
    problem(`boxes[${index}] must have a category and a bbox of four numbers, found ${shown(item)}`);
    return [];
  });
}

function isRectangle(value: unknown): value is Box["bbox"] {
  return Array.isArray(value) && value.length === 4 && value.every((side) => Number.isFinite(side));
}
