import { parse } from "csv-parse/sync";
import type { Dataset, Sample } from "./dataset.js";
import { DataError } from "./errors.js";
import { shown } from "./fields.js";
import { type ImageFolder, openImageFolder } from "./image-folder.js";
import { parsePythonList } from "./python-list.js";
import { emptyLine, readTextFile, requireSamples } from "./read-text.js";

/** The columns of NegCLIP's table, after the unnamed column of row numbers. */
export const negclipColumns = ["title", "filepath", "neg_caption", "neg_image"] as const;

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

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
  for (const { record, info } of rows.slice(1)) {
    if (record.length === 1 && record[0]!.trim() === "") throw emptyLine(path, info.lines, "a row of the table");
    const entry = readRow(record, header, folder);
    if (typeof entry === "string") problems.push(`${path}:${info.lines}: ${entry}; skipped`);
    else entries.push(entry);
  }
  const indices = new Map(entries.map(({ row }, index) => [row, index]));
  const samples = entries.map(({ sample, hardRows }) => ({
    ...sample,
    hardImages: hardRows.flatMap((row) => indices.get(row) ?? []),
  }));
  requireSamples(path, samples, problems);
  return { name: "negclip", revision: file.revision, samples, problems, loadImage: folder.load };
}

function parseRows(text: string, path: string, expected: string): readonly Row[] {
  try {
    return parse(text, {
      delimiter: "\t",
      info: true,
      relax_column_count: true,
      relax_quotes: true,
    }) as unknown as readonly Row[];
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
