import type { SceneGraph } from "@tesserae/scene-graph";
import type { Box } from "../dataset.js";
import type { Source } from "./source.js";

/** What a file says of one image, or a caption alone. Records of the same image become one sample. */
export interface DataRecord {
  /** File and line, row or member: "captions.jsonl:12". */
  readonly where: string;
  /** The record's own id, else its number, counted from 1. */
  readonly id: string;
  /** Whether the id is its own within its file only, as a number is, so that other files may have it too. */
  readonly isLocalId?: boolean;
  /** The image's file as the record names it; absent where captions stand alone. */
  readonly image?: string;
  /** What the reader's `readImage` knows the image by, where it is no file: "shard.tar#000.jpg". */
  readonly address?: string;
  /** At least one. */
  readonly captions: readonly string[];
  /** "train", "val", "test", …, where the record says it. */
  readonly split?: string;
  /** Gold scene graphs of the captions, in their order. */
  readonly graphs?: readonly SceneGraph[];
  /** Gold scene graph of the whole image, in no caption's words (Visual Genome). */
  readonly imageGraph?: SceneGraph;
  readonly boxes?: readonly Box[];
  /** The region, in pixels of the original image, that each caption describes. */
  readonly captionBoxes?: readonly Box["bbox"][];
  readonly negativeCaptions?: readonly string[];
  /** Ids of the records whose images are hard negatives. */
  readonly hardNegativeIds?: readonly string[];
}

/** A record, or a part of one, that cannot be used. */
export interface DataProblem {
  readonly where: string;
  /** What is wrong with it, in one line. */
  readonly problem: string;
}

/** What a user says of a file that its content does not. */
export interface ReadOptions {
  /** Field or column of the captions; default: the first of the usual names that a record has. */
  readonly captionField?: string;
  /** Field or column of the images, likewise. */
  readonly imageField?: string;
}

/**
 * Reads one format. A value, made by a factory: nothing to extend, nothing to register. Every record comes out of
 * `read`, as itself or as a problem with its place; only a file that is broken as a whole is an error (`DataError`).
 */
export interface Reader {
  /** Becomes the data set's name. */
  readonly name: string;
  /** Raise it when the same file gives other records. */
  readonly version?: string;
  /** What the reader was made with, for the record of a run. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** What to open, where the reader was made for it: `openDataset(webdataset("shards/{0000..0099}.tar"))`. */
  readonly path?: string;
  /** Whether the content is of this format. The first reader that says yes reads it. */
  detect(source: Source, options: ReadOptions): boolean | Promise<boolean>;
  read(source: Source, options: ReadOptions): AsyncIterable<DataRecord | DataProblem>;
  /** The bytes of an image at an address that `read` gave. Throws an ImageError that names it. */
  readImage?(address: string): Promise<Uint8Array>;
}

/** The `path` of a reader that was made for one. */
export function boundTo(path: string | undefined): Pick<Reader, "path"> {
  return path === undefined ? {} : { path };
}
