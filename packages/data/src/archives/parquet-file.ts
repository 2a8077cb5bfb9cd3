import { isUtf8 } from "node:buffer";
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { DataError } from "../errors.js";

type Metadata = Awaited<ReturnType<typeof parquetMetadataAsync>>;
type SchemaElement = Metadata["schema"][number];

/** Rows that lie together in a parquet file. */
export interface RowGroup {
  /** Number of the first row, from 0. */
  readonly start: number;
  readonly rows: number;
  /** Columns whose pages have an index here, so that single rows of them can be read. */
  readonly indexed: ReadonlySet<string>;
}

/** A column of images: where its bytes and, in the form of the Hugging Face hub, its paths are. */
export interface ImageColumn {
  readonly name: string;
  /** The field of the bytes, where the column is a pair of bytes and path. */
  readonly bytesField?: string;
}

/** A parquet file whose columns are read where they are needed. */
export interface ParquetFile {
  readonly path: string;
  readonly columns: readonly string[];
  readonly groups: readonly RowGroup[];
  /** The columns that hold bytes which are no text: images. */
  readonly imageColumns: readonly ImageColumn[];
  /** Some columns of the rows from `start` to before `end`, without the bytes of images. */
  readTexts(
    columns: readonly string[],
    start: number,
    end: number,
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /**
   * The images of the rows from `start` to before `end`; of one row alone, no others are read where the file has an
   * index of its pages.
   */
  readImages(column: ImageColumn, start: number, end: number): Promise<readonly (Uint8Array | undefined)[]>;
}

const shared = {
  compressors,
  utf8: false,
  // Bytes that are no UTF-8 stay bytes, so that they are told and not repaired.
  parsers: {
    stringFromBytes: (bytes: Uint8Array) => (bytes && isUtf8(bytes) ? new TextDecoder().decode(bytes) : bytes),
  },
};

/** Opens a parquet file. Throws a DataError when it is none. */
export async function openParquet(path: string): Promise<ParquetFile> {
  const file: AsyncBuffer = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch((cause: Error) => {
    throw new DataError("malformed", `${path}: not a whole parquet file (${cause.message})`, { cause });
  });
  const { children } = parquetSchema(metadata);
  const imageColumns = children.flatMap(({ element, children: fields }): ImageColumn[] => {
    if (isBytes(element)) return [{ name: element.name }];
    const bytes = fields.find((field) => isBytes(field.element));
    return bytes ? [{ name: element.name, bytesField: bytes.element.name }] : [];
  });
  const texts = withoutBytes(metadata);
  let start = 0;
  const groups = metadata.row_groups.map((group) => {
    const rows = Number(group.num_rows);
    start += rows;
    const indexed = group.columns.filter(({ offset_index_offset }) => offset_index_offset !== undefined);
    const names = indexed.map(({ meta_data }) => meta_data?.path_in_schema[0] ?? "");
    return { start: start - rows, rows, indexed: new Set(names) };
  });
  return {
    path,
    columns: children.map(({ element }) => element.name),
    groups,
    imageColumns,
    readTexts: (columns, rowStart, rowEnd) =>
      parquetReadObjects({
        ...shared,
        file,
        metadata: texts,
        columns: [...columns],
        rowStart,
        rowEnd,
        useOffsetIndex: true,
      }),
    async readImages({ name, bytesField }, rowStart, rowEnd) {
      const options = { ...shared, file, metadata, columns: [name], rowStart, rowEnd, useOffsetIndex: true };
      const rows = await parquetReadObjects(options);
      return rows.map((row) => {
        const value: unknown = bytesField === undefined ? row[name] : row[name]?.[bytesField];
        return value instanceof Uint8Array ? value : undefined;
      });
    },
  };
}

/** Whether a column holds bytes that nothing says are text. */
function isBytes({ type, converted_type, logical_type }: SchemaElement): boolean {
  return type === "BYTE_ARRAY" && converted_type === undefined && logical_type === undefined;
}

/** A file's description without the bytes inside its pairs of bytes and path, so that the paths are read alone. */
function withoutBytes(metadata: Metadata): Metadata {
  const schema: SchemaElement[] = [];
  const dropped = new Set<string>();
  let next = 0;
  const walk = (path: readonly string[]): boolean => {
    const element = metadata.schema[next++]!;
    const place = next === 1 ? [] : [...path, element.name];
    if (place.length === 2 && isBytes(element)) {
      dropped.add(place.join("."));
      return false;
    }
    const at = schema.push(element) - 1;
    let kept = 0;
    for (let child = 0; child < (element.num_children ?? 0); child++) if (walk(place)) kept++;
    if (element.num_children !== undefined) schema[at] = { ...element, num_children: kept };
    return true;
  };
  walk([]);
  const row_groups = metadata.row_groups.map((group) => ({
    ...group,
    columns: group.columns.filter(({ meta_data }) => !dropped.has(meta_data?.path_in_schema.join(".") ?? "")),
  }));
  return { ...metadata, schema, row_groups };
}
