import { expandPath } from "./expand-path.js";
import { findReader, readRecords } from "./read-records.js";
import type { DataProblem, Reader, ReadOptions } from "./reader.js";

/** One caption of a file. An image with several captions gives several. */
export interface SourceCaption {
  /** File and line, row or member: "captions.jsonl:12". */
  readonly where: string;
  /** The record's own id, else its number, counted from 1. */
  readonly id: string;
  /** The image as the file names it, or its address in an archive. */
  readonly image?: string;
  readonly caption: string;
}

/** A caption, or a record that holds none that can be used. */
export type CaptionRecord = SourceCaption | DataProblem;

/** Options of {@link streamCaptions}. */
export interface StreamOptions extends ReadOptions {
  /** Readers that are asked before the built-in ones. */
  readonly readers?: readonly Reader[];
}

/**
 * The captions of a file, folder or mix, one after another, read as they are asked for: memory does not grow with the
 * file, but for JSON that is one object (COCO's and Karpathy's), which is read whole. The formats and how they are told
 * are those of `openDataset`. A record that cannot be used comes as a problem with its place. Throws a DataError when a
 * file is missing, of another form, broken as a whole or without any record.
 */
export async function* streamCaptions(path: string, options: StreamOptions = {}): AsyncGenerator<CaptionRecord> {
  for (const file of (await expandPath(path)).flat()) {
    const opened = await findReader(file, options);
    for await (const record of readRecords(opened, options)) {
      if ("problem" in record) yield record;
      else {
        const { where, id, captions, address } = record;
        const image = address ?? record.image;
        const shared = { where, id, ...(image === undefined ? {} : { image }) };
        for (const caption of captions) yield { ...shared, caption };
      }
    }
  }
}
