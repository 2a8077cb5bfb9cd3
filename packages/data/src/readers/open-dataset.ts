import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../dataset.js";
import { DataError } from "../errors.js";
import { asRecord, parseJson } from "../parsing/fields.js";
import { readTextFile } from "../parsing/read-text.js";
import { readCaptions } from "./read-captions.js";
import { readCocoCaptions } from "./read-coco-captions.js";
import { readKarpathy } from "./read-karpathy.js";
import { negclipColumns, readNegclipTsv } from "./read-negclip-tsv.js";
import { annotationsFile, readPhotos } from "./read-photos.js";

/** How to open a data set. */
export interface OpenOptions {
  /** Where the images of a caption file are; without it, captions only. */
  readonly imageFolder?: string;
}

/**
 * Opens a data set by its path: a folder must hold `annotations.jsonl`; a file is told by its contents: COCO captions, NegCLIP's table, Karpathy's captions, JSON lines or plain captions. Throws a
 * DataError that says what was expected.
 */
export async function openDataset(path: string, options: OpenOptions = {}): Promise<Dataset> {
  const found = await stat(path).catch(() => undefined);
  if (!found) {
    throw new DataError("not-found", `${path}: no such file or folder; give a path that exists`);
  }
  if (found.isDirectory()) return openFolder(path);
  const { text } = await readTextFile(path, "captions");
  const first = text.slice(0, text.search(/\r?\n|$/));
  if (isCoco(text)) return readCocoCaptions(path, options.imageFolder);
  if (first.includes("\t") && negclipColumns.some((column) => first.split("\t").includes(column))) {
    return readNegclipTsv(path, options.imageFolder);
  }
  if (/^\d+\t\S+\.(jpe?g|png)\t/i.test(first)) return readKarpathy(path, options.imageFolder);
  return readCaptions(path);
}

async function openFolder(folder: string): Promise<Dataset> {
  const annotations = await stat(join(folder, annotationsFile)).catch(() => undefined);
  if (annotations) return readPhotos(folder);
  const expected = `a folder of photos holds ${annotationsFile} and images/`;
  throw new DataError(
    "unknown-format",
    `${folder}: no ${annotationsFile} in this folder; ${expected}; or give a caption file`,
  );
}

/** Whether a text is one JSON object with COCO's lists, not JSON lines. */
function isCoco(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  const parsed = parseJson(text);
  const root = "value" in parsed ? asRecord(parsed.value) : undefined;
  return root !== undefined && ("images" in root || "annotations" in root);
}
