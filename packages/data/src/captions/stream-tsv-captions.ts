import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { DataError } from "../errors.js";
import { isEmptyRow, type TableRow, tableOptions } from "../parsing/table.js";
import { type CaptionRecord, captionsOf, expectedFields, findKeys, type RecordKeys } from "./caption-record.js";
import { streamLines } from "./stream-lines.js";

const expected = "a table separated by tabs with the columns title and filepath, or lines of index, path and caption";

/**
 * A table with a header row that names its caption column (NegCLIP's and open_clip's `title`, `filepath`), with quotes
 * as pandas writes them; or Karpathy's lines of index, path and caption, where quotes are plain characters.
 * Throws a DataError when the first line is neither, or a quoted field does not end.
 */
export async function* streamTsvCaptions(path: string): AsyncGenerator<CaptionRecord> {
  const header = await firstFields(path);
  if (header.length === 0) return;
  const keys = findKeys(header);
  if (keys.caption === undefined) yield* streamKarpathy(path, header);
  else yield* streamTable(path, header, keys);
}

/** The fields of the first line, without quotes around them; none of an empty file. */
async function firstFields(path: string): Promise<string[]> {
  for await (const { text } of streamLines(path, expected)) {
    return text.split("\t").map((field) => field.replace(/^"(.*)"$/, "$1"));
  }
  return [];
}

async function* streamTable(path: string, header: readonly string[], keys: RecordKeys): AsyncGenerator<CaptionRecord> {
  const rows = createReadStream(path).pipe(parse({ ...tableOptions, bom: true, from: 2 }));
  try {
    let number = 0;
    for await (const { record, info } of rows as AsyncIterable<TableRow>) {
      const where = `${path}:${info.lines}`;
      number++;
      if (isEmptyRow(record)) yield { where, problem: "empty line; expected a row of the table" };
      else if (record.length !== header.length) {
        yield { where, problem: `${record.length} columns; expected ${header.length}` };
      } else {
        const named = Object.fromEntries(header.map((name, column) => [name, record[column]]));
        yield* captionsOf(named, keys, where, String(number));
      }
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("CSV_"))) throw error;
    throw new DataError("malformed", `${path}: ${error.message.replace(/\s+/g, " ")}`, { cause: error });
  }
}

async function* streamKarpathy(path: string, first: readonly string[]): AsyncGenerator<CaptionRecord> {
  if (first.length !== 3 || !/^\d+$/.test(first[0]!)) {
    throw new DataError("unknown-format", `${path}:1: expected ${expected}; for a table, ${expectedFields}`);
  }
  for await (const { number, text } of streamLines(path, expected)) {
    const where = `${path}:${number}`;
    const [id, image, caption, ...rest] = text.split("\t").map((field) => field.trim());
    if (text.trim() === "") yield { where, problem: "empty line; expected index, path and caption" };
    else if (!id || !image || !caption || rest.length > 0) {
      yield { where, problem: "expected index, path and caption, separated by tabs" };
    } else yield { where, id, image, caption };
  }
}
