import { parse } from "csv-parse/sync";
import type { Dataset, Sample } from "../dataset.js";
import { DataError } from "../errors.js";
import { type ImageFolder, openImageFolder } from "../images/image-folder.js";
import { shown } from "../parsing/fields.js";
import { parsePythonList } from "../parsing/parse-python-list.js";
import { emptyLine, readTextFile, requireSamples } from "../parsing/read-text.js";
import { isEmptyRow, type TableRow, tableOptions } from "../parsing/table.js";

/** The columns of NegCLIP's table, after the unnamed column of row numbers. */
export const negclipColumns = ["title", "filepath", "neg_caption", "neg_image"] as const;

interface Entry {
  readonly row: number;
  readonly sample: Sample;
  readonly hardRows: readonly number[];
}

/**
 * Reads NegCLIP's tab-separated table: row number, `title`, `filepath`, `neg_caption` and `neg_image`, the last two as
 * Python lists. One sample a row; `neg_image` becomes `hardImages`, in indices of the samples that were kept. Rows
 * that cannot be used are skipped and listed in `problems`. Without `imageFolder` there are captions only. Throws a
 * DataError when columns are missing, a line is empty or nothing can be used.
 */
export async function readNegclipTsv(path: string, imageFolder?: string): Promise<Dataset> {
  const expected = `NegCLIP's table with the columns ${negclipColumns.join(", ")}`;
  const file = await readTextFile(path, expected);
  const folder = await openImageFolder(imageFolder, "folder of the COCO images");
  const rows = parseRows(file.text, path, expected);
  const header = rows[0]?.record ?? [];
  const missing = negclipColumns.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new DataError(
      "unknown-format",
      `${path}:1: no column ${missing.join(", ")}; expected ${expected}, separated by tabs`,
    );
  }
  const problems: string[] = [];
  const entries: Entry[] = [];
  /** The index of each row number among the entries. */
  const indices = new Map<number, number>();
  for (const { record, info } of rows.slice(1)) {
    if (isEmptyRow(record)) throw emptyLine(path, info.lines, "a row of the table");
    const entry = readRow(record, header, folder);
    const problem =
      typeof entry === "string" ? entry : indices.has(entry.row) ? `row number ${entry.row} a second time` : undefined;
    if (typeof entry === "string" || problem !== undefined) problems.push(`${path}:${info.lines}: ${problem}; skipped`);
    else {
      indices.set(entry.row, entries.length);
      entries.push(entry);
    }
  }
  const samples = entries.map(({ sample, hardRows }) => ({
    ...sample,
    hardImages: hardRows.flatMap((row) => indices.get(row) ?? []),
  }));
  requireSamples(path, samples, problems);
  return { name: "negclip", revision: file.revision, samples, problems, loadImage: folder.load };
}

function parseRows(text: string, path: string, expected: string): readonly TableRow[] {
  try {
    return parse(text, tableOptions) as unknown as readonly TableRow[];
  } catch (error) {
    const reason = (error as Error).message.replace(/\s+/g, " ");
    throw new DataError("malformed", `${path}: ${reason}; expected ${expected}`, { cause: error });
  }
}

/** A row's sample, or what is wrong with the row. */
function readRow(record: readonly string[], header: readonly string[], folder: ImageFolder): Entry | string {
  if (record.length !== header.length) return `${record.length} columns; expected ${header.length}`;
  const field = (name: (typeof negclipColumns)[number]) => record[header.indexOf(name)]!;
  const row = Number(record[0]);
  if (record[0] === "" || !Number.isInteger(row))
    return `the first column must be a row number, found ${shown(record[0])}`;
  const title = field("title").trim();
  if (title === "") return "the title (the caption) is empty";
  const image = folder.find(field("filepath"));
  if (image === undefined) return `no image ${field("filepath")} in the folder`;
  try {
    const negatives = parsePythonList(field("neg_caption")).map(String);
    const hardRows = parsePythonList(field("neg_image")).map(Number);
    return { row, hardRows, sample: { id: String(row), image, captions: [title], negativeCaptions: negatives } };
  } catch (error) {
    return `neg_caption and neg_image must be Python lists: ${(error as Error).message}`;
  }
}
