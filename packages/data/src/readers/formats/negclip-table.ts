import { DataError } from "../../errors.js";
import { shown } from "../../parsing/fields.js";
import { parsePythonList } from "../../parsing/parse-python-list.js";
import { streamRows, type TableFormat } from "../../parsing/stream-rows.js";
import { boundTo, type DataRecord, type Reader } from "../reader.js";
import type { Source } from "../source.js";

/** The columns of NegCLIP's table, after the unnamed column of row numbers. */
const negclipColumns = ["title", "filepath", "neg_caption", "neg_image"] as const;
const expected = `NegCLIP's table with the columns ${negclipColumns.join(", ")}, separated by tabs`;

const format: TableFormat = { delimiter: "\t", isRow: ([row]) => /^\d+$/.test(row ?? "") };

/**
 * NegCLIP's tab-separated table: row number, `title`, `filepath`, `neg_caption` and `neg_image`, the last two as Python
 * lists. One record a row, whose `negativeCaptions` are its own; `neg_image` holds row numbers.
 */
export function negclipTable(path?: string): Reader {
  return {
    name: "negclip",
    version: "2",
    ...boundTo(path),
    detect: ({ lines }: Source) => {
      const header = headerOf(lines[0] ?? "");
      return header.includes("neg_caption") || header.includes("neg_image");
    },
    async *read({ path }) {
      let header: readonly string[] | undefined;
      const rows = new Map<string, number>();
      for await (const { number, fields, problem } of streamRows(path, format, expected)) {
        const where = `${path}:${number}`;
        if (header === undefined) {
          header = fields;
          const missing = negclipColumns.filter((column) => !fields.includes(column));
          if (missing.length === 0) continue;
          throw new DataError("unknown-format", `${where}: no column ${missing.join(", ")}; expected ${expected}`);
        }
        const record = problem ?? readRow(fields, header, where);
        if (typeof record === "string") yield { where, problem: record };
        else if (rows.has(record.id)) yield { where, problem: `row number ${record.id} a second time` };
        else {
          rows.set(record.id, number);
          yield record;
        }
      }
    },
  };
}

function headerOf(line: string): string[] {
  return line.split("\t").map((field) => field.replace(/^"(.*)"$/, "$1"));
}

/** A row's record, or what is wrong with the row. */
function readRow(fields: readonly string[], header: readonly string[], where: string): DataRecord | string {
  if (fields.length === 1 && fields[0]!.trim() === "") return "empty line; expected a row of the table";
  if (fields.length !== header.length) return `${fields.length} columns; expected ${header.length}`;
  const field = (name: (typeof negclipColumns)[number]) => fields[header.indexOf(name)]!;
  const id = fields[0]!.trim();
  if (!/^\d+$/.test(id)) return `the first column must be a row number, found ${shown(fields[0])}`;
  const title = field("title").trim();
  if (title === "") return "the title (the caption) is empty";
  const image = field("filepath").trim();
  if (image === "") return "the filepath (the image) is empty";
  try {
    const negativeCaptions = parsePythonList(field("neg_caption")).map(String);
    const hardNegativeIds = parsePythonList(field("neg_image")).map(String);
    return { where, id, image, captions: [title], negativeCaptions, hardNegativeIds };
  } catch (error) {
    return `neg_caption and neg_image must be Python lists: ${(error as Error).message}`;
  }
}
