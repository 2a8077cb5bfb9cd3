import { DataError } from "../errors.js";
import { builtInReaders } from "./built-in-readers.js";
import type { DataProblem, DataRecord, Reader, ReadOptions } from "./reader.js";
import { captionFile, captionFileNames, openSource, type Source } from "./source.js";

/** A file or folder, and the reader that says it can read it. */
export interface OpenedSource {
  readonly reader: Reader;
  readonly source: Source;
}

/**
 * Finds the reader of a file or folder: the first of `readers`, then of the built-in ones, that knows its content. Of a
 * folder that none knows, the file of its captions (`annotations.jsonl`, `metadata.jsonl`, `captions.txt`, …). Throws a
 * DataError that says what was found.
 */
export async function findReader(
  path: string,
  { readers = [], ...options }: ReadOptions & { readonly readers?: readonly Reader[] },
): Promise<OpenedSource> {
  const candidates = [...readers, ...builtInReaders()];
  const source = await openSource(path);
  for (const reader of candidates) if (await reader.detect(source, options)) return { reader, source };
  if (source.entries) {
    const file = await captionFile(path);
    if (file !== path) return findReader(file, { readers, ...options });
    const expected = `one of ${captionFileNames.join(", ")}, tar or parquet files, Visual Genome's files or prepared shards`;
    throw new DataError("unknown-format", `${path}: no captions in this folder; expected ${expected}; or give a file`);
  }
  if (source.head.every((byte) => byte === 0)) {
    throw new DataError("empty", `${path}: holds no record; expected captions`);
  }
  const names = candidates.map(({ name }) => name).join(", ");
  const field = options.captionField === undefined ? "" : ` with a caption field "${options.captionField}"`;
  throw new DataError("unknown-format", `${path}: no reader knows this content${field}; the readers are ${names}`);
}

/**
 * The records of a source. Throws a DataError when there is none, so that bad input never looks like an empty data set.
 */
export async function* readRecords(
  { reader, source }: OpenedSource,
  options: ReadOptions = {},
): AsyncGenerator<DataRecord | DataProblem> {
  let isEmpty = true;
  for await (const record of reader.read(source, options)) {
    isEmpty = false;
    yield record;
  }
  if (isEmpty) throw new DataError("empty", `${source.path}: holds no record; expected captions`);
}
