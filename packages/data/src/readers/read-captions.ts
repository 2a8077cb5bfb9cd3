import type { Dataset, Sample } from "../dataset.js";
import { DataError } from "../errors.js";
import { openImageFolder } from "../images/image-folder.js";
import { asCaptions, asRecord, parseJson, shown } from "../parsing/fields.js";
import { linesOf, readTextFile, requireSamples } from "../parsing/read-text.js";

/**
 * Reads captions without images: a text file with one caption a line, or JSON lines, each a text or an object with
 * `caption` or `captions`. Which one it is, the first line tells. `id` and `image` are the line's
 * number, and the object's `id` and `image` where it has them. Malformed lines are skipped and listed in
 * `problems`. Throws a DataError when the file is missing, a line is empty, nothing can be used, or the first line begins
 * as JSON does and is none: so a cut or indented JSON file is not taken for captions.
 */
export async function readCaptions(path: string): Promise<Dataset> {
  const expected = "one caption a line, or JSON lines with captions";
  const file = await readTextFile(path, expected);
  const lines = linesOf(file, "a caption");
  const json = isJson(lines[0]!.text.trim(), path, expected);
  const images = await openImageFolder(undefined, "folder of the images");
  const samples: Sample[] = [];
  const problems: string[] = [];
  for (const { number, text } of lines) {
    const id = String(number);
    const sample = json ? readJsonLine(text, id) : { id, image: id, captions: [text.trim()] };
    if (typeof sample === "string") problems.push(`${path}:${number}: ${sample}; skipped`);
    else samples.push(sample);
  }
  requireSamples(path, samples, problems);
  return { name: "captions", revision: file.revision, samples, problems, loadImage: images.load };
}

function isJson(first: string, path: string, expected: string): boolean {
  if (!/^[{["]/.test(first)) return false;
  const parsed = parseJson(first);
  if ("problem" in parsed && /^(\{|\[\s*([{["]|$))/.test(first)) {
    throw new DataError(
      "malformed",
      `${path}:1: not JSON (${parsed.problem}); expected ${expected}; put one value on each line`,
    );
  }
  return "value" in parsed;
}

function readJsonLine(text: string, id: string): Sample | string {
  const parsed = parseJson(text);
  if ("problem" in parsed) return `not JSON (${parsed.problem})`;
  const { value } = parsed;
  const record = asRecord(value);
  const captions = asCaptions(record ? (record.captions ?? [record.caption]) : Array.isArray(value) ? value : [value]);
  if (!captions)
    return `expected a text, a list of texts or an object with "caption" or "captions", found ${shown(value)}`;
  return { id: String(record?.id ?? id), image: String(record?.image ?? id), captions };
}
