import type { ImageColumn, ParquetFile, RowGroup } from "./parquet-file.js";

/** The images of a parquet file by row. */
export interface RowGroupCache {
  /** The bytes of a row's image; undefined where it has none. @param row counted from 0 */
  image(row: number): Promise<Uint8Array | undefined>;
}

type Images = readonly (Uint8Array | undefined)[];

/**
 * Reads a row's image: with the pages that hold it where the file has an index of them; else with its row group, and
 * keeps the groups used last, since nothing less can be read.
 *
 * @param mostBytes most bytes of images kept, besides those of the row group in use. Default 256 MiB.
 */
export function createRowGroupCache(
  file: Pick<ParquetFile, "groups" | "readImages">,
  column: ImageColumn,
  mostBytes = 2 ** 28,
): RowGroupCache {
  const kept = new Map<RowGroup, { readonly images: Promise<Images>; bytes: number }>();

  const load = (group: RowGroup) => {
    const known = kept.get(group);
    if (known) kept.delete(group);
    const entry = known ?? { images: file.readImages(column, group.start, group.start + group.rows), bytes: 0 };
    kept.set(group, entry); // the last is the one used last
    return entry;
  };
  const forget = (inUse: RowGroup) => {
    let total = 0;
    for (const { bytes } of kept.values()) total += bytes;
    for (const [group, { bytes }] of kept) {
      if (total <= mostBytes || group === inUse) return;
      kept.delete(group);
      total -= bytes;
    }
  };

  return {
    async image(row) {
      const group = file.groups.find(({ start, rows }) => row >= start && row < start + rows);
      if (!group) return undefined;
      if (group.indexed.has(column.name)) return (await file.readImages(column, row, row + 1))[0];
      const entry = load(group);
      const images = await entry.images;
      entry.bytes = images.reduce((total, image) => total + (image?.length ?? 0), 0);
      forget(group);
      return images[row - group.start];
    },
  };
}
