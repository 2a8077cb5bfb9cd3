import { stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { DataError } from "../errors.js";
import { annotationsFile } from "../readers/read-photos.js";
import type { CaptionRecord } from "./caption-record.js";
import { streamJsonCaptions } from "./stream-json-captions.js";
import { streamParquetCaptions } from "./stream-parquet-captions.js";
import { streamJsonLines, streamPlainCaptions } from "./stream-text-captions.js";
import { streamTsvCaptions } from "./stream-tsv-captions.js";
import { streamWebdatasetCaptions } from "./stream-webdataset-captions.js";

/** The reader of each extension. */
const readers: Readonly<Record<string, (path: string) => AsyncGenerator<CaptionRecord>>> = {
  ".txt": streamPlainCaptions,
  ".jsonl": streamJsonLines,
  ".tsv": streamTsvCaptions,
  ".json": streamJsonCaptions,
  ".parquet": streamParquetCaptions,
  ".tar": streamWebdatasetCaptions,
};

/** The file that holds the captions: of a folder of photos its `annotations.jsonl`, else the path itself. */
export async function captionFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ? join(path, annotationsFile) : path;
}

/**
 * The captions of a file one after another, read as they are asked for, so that memory does not grow with the file (JSON
 * is read whole). Which form it has, the extension tells: `.txt`, `.jsonl`, `.tsv` (NegCLIP's, open_clip's, Karpathy's),
 * `.json` (COCO's), `.parquet`, `.tar` (WebDataset). A record that cannot be used comes as a problem with its place.
 * Throws a DataError when the file is missing, of another form, broken as a whole or without any record.
 */
export function streamCaptions(path: string): AsyncGenerator<CaptionRecord> {
  const reader = readers[extname(path).toLowerCase()];
  if (reader) return requireRecords(reader(path), path);
  throw new DataError(
    "unknown-format",
    `${path}: cannot tell the form of the captions; expected a file that ends in ${Object.keys(readers).join(", ")}`,
  );
}

async function* requireRecords(records: AsyncIterable<CaptionRecord>, path: string): AsyncGenerator<CaptionRecord> {
  let isEmpty = true;
  for await (const record of records) {
    isEmpty = false;
    yield record;
  }
  if (isEmpty) throw new DataError("empty", `${path}: holds no record; expected captions`);
}
