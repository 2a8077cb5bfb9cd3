import { DataError } from "../../errors.js";
import { shown } from "../../parsing/fields.js";
import { streamRows, type TableFormat } from "../../parsing/stream-rows.js";
import { boundTo, type Reader, type ReadOptions } from "../reader.js";
import { expectedFields, findKeys, recordOf } from "../record-fields.js";
import type { Source } from "../source.js";

const delimiters = ["\t", ",", "|", ";"] as const;

/**
 * A table with a header that names its columns: open_clip's TSV or CSV (`filepath`, `title`), Flickr30k's `results.csv`
 * (`image_name| comment_number| comment`), Flickr8k's `image,caption`, and whatever else has a caption under one of the
 * usual names. Between columns stand tabs, commas, bars or semicolons: the header tells.
 */
export function captionTable(path?: string): Reader {
  return {
    name: "caption-table",
    version: "2",
    ...boundTo(path),
    detect: (source, options) => delimiterOf(source, options) !== undefined,
    async *read(source, options) {
      const { path } = source;
      const delimiter = delimiterOf(source, options);
      if (delimiter === undefined) throw noCaptions(source);
      const format: TableFormat = { delimiter, isRow: (fields, names) => hasImage(fields, names, options) };
      let header: readonly string[] | undefined;
      let row = 0;
      for await (const { number, fields, problem } of streamRows(path, format, "a table of captions")) {
        if (header === undefined) {
          header = fields.map((name) => name.trim());
          continue;
        }
        const place = { where: `${path}:${number}`, number: String(++row) };
        const isEmpty = fields.length === 1 && fields[0]!.trim() === "";
        if (problem !== undefined) yield { where: place.where, problem };
        else if (isEmpty) yield { where: place.where, problem: "empty line; expected a row of the table" };
        else if (fields.length !== header.length) {
          yield { where: place.where, problem: `${fields.length} columns; expected ${header.length}` };
        } else {
          const named = Object.fromEntries(header.map((name, column) => [name, fields[column]!.trim()]));
          yield* recordOf(named, place, options);
        }
      }
    },
  };
}

/** What stands between the columns of a header that names captions; undefined when the first line is no such header. */
function delimiterOf({ lines, path }: Source, options: ReadOptions): string | undefined {
  const header = lines[0] ?? "";
  const isTableFile = /\.(tsv|csv)(\.gz)?$/i.test(path);
  return delimiters.find((delimiter) => {
    const names = header.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
    const { caption, image, id } = findKeys(names, options);
    if (caption === undefined || !names.includes(caption)) return false;
    // A caption such as "text, in red" begins no table: the other columns must be names too.
    const isHeader = names.length > 1 && (image !== undefined || id !== undefined || isTableFile);
    return isHeader || (names.length === 1 && isTableFile);
  });
}

/** Whether the field that should name an image does, where the table has one: with an extension, or an address. */
function hasImage(fields: readonly string[], header: readonly string[], options: ReadOptions): boolean {
  const { image } = findKeys(header, options);
  const field = image === undefined ? undefined : fields[header.indexOf(image)];
  return field === undefined || /^"?([^\s"].*\.\w{2,5}|https?:\S+)"?$/.test(field);
}

function noCaptions({ path, lines }: Source): DataError {
  const found = `found the header ${shown(lines[0])}`;
  return new DataError("unknown-format", `${path}:1: ${found}; expected a table with ${expectedFields}`);
}
