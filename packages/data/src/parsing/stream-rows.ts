import { parse } from "csv-parse/sync";
import { type Line, streamLines } from "./stream-lines.js";

/** A row of a table, and the line that it begins at. */
export interface Row {
  readonly number: number;
  readonly fields: readonly string[];
  /** Why the fields are not what the file says. */
  readonly problem?: string;
}

/** How a table is written. */
export interface TableFormat {
  readonly delimiter: string;
  /**
   * Whether fields, by what they say, are those of a row and not the rest of a caption; asked of lines with as many as
   * the header has.
   */
  readonly isRow: (fields: readonly string[], header: readonly string[]) => boolean;
}

/** Most lines that a field in quotes may have. */
const mostLines = 50;

/**
 * The rows of a table with `delimiter` between fields, the header first. Fields in quotes, as pandas and Python's csv
 * write them, may hold the delimiter, quotes twice and line breaks. A quote that no other closes is a character like
 * any other, so that it costs no rows: a row goes on in the next line only where the line alone, or the next, is no row
 * of the table. Throws a DataError when the file is missing or a folder.
 */
export async function* streamRows(path: string, format: TableFormat, expected: string): AsyncGenerator<Row> {
  const lines = streamLines(path, expected);
  const ahead: Line[] = [];
  const fill = async (count: number) => {
    while (ahead.length < count) {
      const { value, done } = await lines.next();
      if (done) return;
      ahead.push(value);
    }
  };
  let header: readonly string[] | undefined;
  for (await fill(1); ahead.length > 0; await fill(1)) {
    const [line] = ahead as [Line];
    let fields: readonly string[];
    let used = 1;
    if (line.text.includes('"')) {
      await fill(mostLines);
      ({ fields, used } = readQuoted(ahead, format, header));
    } else fields = line.text.split(format.delimiter);
    header ??= fields;
    const problem = ahead.slice(0, used).find((one) => one.problem)?.problem;
    ahead.splice(0, used);
    yield { number: line.number, fields, ...(problem === undefined ? {} : { problem }) };
  }
}

/** The first row of some lines, and how many lines it has. */
function readQuoted(lines: readonly Line[], { delimiter, isRow }: TableFormat, header: readonly string[] | undefined) {
  const columns = header?.length;
  const first = lines[0]!.text;
  const literal = { fields: first.split(delimiter), used: 1 };
  let text = "";
  for (let used = 1; used <= lines.length; used++) {
    text += (used > 1 ? "\n" : "") + lines[used - 1]!.text;
    const fields = parseRow(text, delimiter, false);
    if (fields === "open") continue;
    if (fields === undefined) break;
    const isWhole = (one: Line) => {
      const own = one.text.split(delimiter);
      return own.length === columns && isRow(own, header!);
    };
    const isStray = used > 1 && lines.slice(0, used).every(isWhole);
    if (columns !== undefined && used > 1 && (fields.length !== columns || isStray)) break;
    return { fields, used };
  }
  const relaxed = parseRow(first, delimiter, true);
  return Array.isArray(relaxed) && relaxed.length === columns ? { fields: relaxed, used: 1 } : literal;
}

/** The fields of a row; "open" when a quote is not closed; undefined when it is no row. */
function parseRow(text: string, delimiter: string, relaxed: boolean): readonly string[] | "open" | undefined {
  try {
    const options = { delimiter, relax_quotes: relaxed, relax_column_count: true, record_delimiter: ["\u0000"] };
    const rows: readonly (readonly string[])[] = parse(text, options);
    return rows.length === 1 ? rows[0] : undefined;
  } catch (error) {
    return (error as { code?: string }).code === "CSV_QUOTE_NOT_CLOSED" ? "open" : undefined;
  }
}
