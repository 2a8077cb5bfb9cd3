import { isUtf8 } from "node:buffer";
import { basename, join } from "node:path";
import { type ImageColumn, openParquet, type ParquetFile } from "../../archives/parquet-file.js";
import { createRowGroupCache, type RowGroupCache } from "../../archives/row-group-cache.js";
import { DataError, ImageError } from "../../errors.js";
import { requireFile } from "../../parsing/text-bytes.js";
import { boundTo, type DataProblem, type DataRecord, type Reader, type ReadOptions } from "../reader.js";
import { expectedFields, findKeys, isRecordField, recordOf } from "../record-fields.js";
import type { Source } from "../source.js";

/** Rows held in memory at once. */
const rowsAtOnce = 50_000;

/**
 * Parquet: a file or a folder of them, with a column of captions, such as LAION's (`URL`, `TEXT`) or a data set of the
 * Hugging Face hub, whose column `image` is a pair of bytes and path. Captions are read without the images; an image is
 * named `file.parquet#<row>` (and `/<path>` where it has one), and read when it is asked for: alone where the file has
 * an index of its pages, else with its row group, of which the last ones are kept.
 */
export function parquet(path?: string): Reader {
  const files = new Map<string, Promise<RowGroupCache>>();
  return {
    name: "parquet",
    version: "2",
    ...boundTo(path),
    detect: ({ head, entries, path: name }) =>
      startsWith(head, "PAR1") ||
      /\.parquet$/i.test(name) ||
      (entries ?? []).some((entry) => /\.parquet$/i.test(entry)),
    async *read(source, options) {
      for (const file of filesOf(source)) yield* readFile(file, options);
    },
    async readImage(address) {
      const [, file, row] = /^(.+)#(\d+)(?:\/.*)?$/s.exec(address) ?? [];
      if (file === undefined || row === undefined) {
        throw new ImageError("not-found", address, `${address}: no such image; expected file.parquet#<row>`);
      }
      if (!files.has(file)) files.set(file, openImages(file));
      const image = await (await files.get(file)!).image(Number(row) - 1);
      if (image) return image;
      throw new ImageError("not-found", address, `${address}: this row has no image`);
    },
  };
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(0, text.length)).toString("latin1") === text;
}

function filesOf({ path, entries }: Source): readonly string[] {
  return entries ? entries.filter((name) => /\.parquet$/i.test(name)).map((name) => join(path, name)) : [path];
}

async function openImages(path: string): Promise<RowGroupCache> {
  const file = await openParquet(path);
  const column = imageColumnOf(file, {});
  if (column) return createRowGroupCache(file, column);
  throw new DataError("unknown-format", `${path}: no column of images; it has ${file.columns.join(", ")}`);
}

/** The column of images: the one that is named as one, else the first that holds bytes and no captions. */
function imageColumnOf({ imageColumns }: ParquetFile, options: ReadOptions): ImageColumn | undefined {
  const others = imageColumns.filter(
    ({ name, bytesField }) => bytesField !== undefined || !isTextColumn(name, options),
  );
  const names = others.map(({ name }) => name);
  const { image } = findKeys(names, options);
  return others.find(({ name }) => name === image) ?? others[0];
}

/** Whether a column of bytes holds texts, by its name: some programs write texts without saying so. */
function isTextColumn(name: string, options: ReadOptions): boolean {
  const { caption, id, split } = findKeys([name], options);
  return caption === name || id === name || split === name;
}

/** The columns to read for the records, without those that hold images and nothing else. */
function columnsOf(file: ParquetFile, options: ReadOptions): readonly string[] {
  const isImageBytes = (name: string) =>
    file.imageColumns.some((one) => one.name === name && !one.bytesField) && !isTextColumn(name, options);
  const columns = file.columns.filter((name) => isRecordField(name, options) && !isImageBytes(name));
  const { caption } = findKeys(columns, options);
  if (caption !== undefined && columns.includes(caption)) return columns;
  const expected = `expected ${expectedFields}`;
  throw new DataError("unknown-format", `${file.path}: has the columns ${file.columns.join(", ")}; ${expected}`);
}

async function* readFile(path: string, options: ReadOptions): AsyncGenerator<DataRecord | DataProblem> {
  await requireFile(path, "a parquet file with a column of captions");
  const file = await openParquet(path);
  const columns = columnsOf(file, options);
  const images = imageColumnOf(file, options);
  const named = images?.bytesField === undefined ? options : { ...options, imageField: images.name };
  // Files of the hub are named by their part: "train-00000-of-00003.parquet".
  const part = /^(train|validation|val|test)\b/.exec(basename(path))?.[1];
  for (const { start, end } of slicesOf(file)) {
    const rows = await file.readTexts(columns, start, end).catch((cause: Error) => {
      const which = `rows ${start + 1} to ${end}`;
      throw new DataError("malformed", `${path}: ${which} cannot be read (${cause.message})`, { cause });
    });
    for (const [index, row] of rows.entries()) {
      const number = String(start + index + 1);
      const where = `${path}: row ${number}`;
      const fields = decoded(row);
      if (typeof fields === "string") yield { where, problem: fields };
      else {
        for (const record of recordOf(fields, { where, number }, named)) {
          if ("problem" in record) yield record;
          else yield addressed(part === undefined ? record : { split: part, ...record }, images && `${path}#${number}`);
        }
      }
    }
  }
}

/** A record whose image is at an address, with the path that the file gives it after the row. */
function addressed(record: DataRecord, address: string | undefined): DataRecord {
  if (address === undefined) return record;
  return { ...record, address: record.image === undefined ? address : `${address}/${record.image}` };
}

/** The row groups, in slices of at most `rowsAtOnce` rows. */
function* slicesOf({ groups }: ParquetFile): Generator<{ start: number; end: number }> {
  for (const { start, rows } of groups) {
    for (let first = start; first < start + rows; first += rowsAtOnce) {
      yield { start: first, end: Math.min(start + rows, first + rowsAtOnce) };
    }
  }
}

/** A row whose bytes are texts, or what is wrong with it. */
function decoded(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | string {
  const bad: string[] = [];
  const text = (value: unknown, column: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => text(one, column));
    if (!(value instanceof Uint8Array)) return value;
    if (isUtf8(value)) return new TextDecoder().decode(value);
    bad.push(column);
    return null;
  };
  const fields = Object.fromEntries(Object.entries(row).map(([column, value]) => [column, text(value, column)]));
  return bad.length === 0 ? fields : `column ${bad[0]} is not UTF-8`;
}
