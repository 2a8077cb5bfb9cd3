import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { DataError } from "../errors.js";
import { type CaptionRecord, captionsOf, expectedFields, findKeys } from "./caption-record.js";
import { requireFile } from "./stream-lines.js";

/** Rows held in memory at once. */
const rowsAtOnce = 10_000;

/**
 * A parquet file with a caption column, such as LAION's (`URL`, `TEXT`): some thousand rows at a time, and only the
 * columns that are needed. Throws a DataError when it is no parquet file, has no such column or is damaged.
 */
export async function* streamParquetCaptions(path: string): AsyncGenerator<CaptionRecord> {
  await requireFile(path, "a parquet file with a column of captions");
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch((cause: Error) => {
    throw new DataError("malformed", `${path}: not a parquet file (${cause.message})`, { cause });
  });
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  const keys = findKeys(names);
  if (keys.caption === undefined) {
    throw new DataError("unknown-format", `${path}: has the columns ${names.join(", ")}; expected ${expectedFields}`);
  }
  const columns = [keys.caption, keys.image, keys.id].filter((name) => name !== undefined);
  const count = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < count; rowStart += rowsAtOnce) {
    const rowEnd = Math.min(count, rowStart + rowsAtOnce);
    const reading = parquetReadObjects({ file, metadata, columns, rowStart, rowEnd, compressors });
    const rows = await reading.catch((cause: Error) => {
      const which = `rows ${rowStart + 1} to ${rowEnd}`;
      throw new DataError("malformed", `${path}: ${which} cannot be read (${cause.message})`, { cause });
    });
    for (const [index, row] of rows.entries()) {
      const number = rowStart + index + 1;
      yield* captionsOf(row, keys, `${path}: row ${number}`, String(number));
    }
  }
}
