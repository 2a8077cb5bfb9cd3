import { stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { parquet } from "./formats/parquet.js";
import { webdataset } from "./formats/webdataset.js";
import type { Reader } from "./reader.js";
import { openSource } from "./source.js";

/** Images at addresses, `shard.tar#member` and `file.parquet#row`, in whatever file they are named. */
export interface ArchiveImages {
  /**
   * The address from the working folder, for one that is relative to `root`; undefined where there is no such archive.
   */
  find(address: string, root: string): Promise<string | undefined>;
  /** The bytes at an address; undefined for what is no address. */
  read(address: string): Promise<Uint8Array | undefined>;
}

/** Opens archives when they are first asked for, and remembers them. */
export function createArchiveImages(): ArchiveImages {
  const tar = webdataset();
  const rows = parquet();
  /** What reads each archive; undefined for what is none. */
  const known = new Map<string, Reader | undefined>();
  const readerOf = async (path: string): Promise<Reader | undefined> => {
    if (!known.has(path)) {
      const isFile = (await stat(path).catch(() => undefined))?.isFile() ?? false;
      const source = isFile ? await openSource(path) : undefined;
      known.set(path, source && [tar, rows].find((reader) => reader.detect(source, {})));
    }
    return known.get(path);
  };
  const split = async (address: string): Promise<Reader | undefined> => {
    for (let at = address.indexOf("#"); at !== -1; at = address.indexOf("#", at + 1)) {
      const reader = await readerOf(address.slice(0, at));
      if (reader) return reader;
    }
    return undefined;
  };
  return {
    async find(address, root) {
      if (!address.includes("#")) return undefined;
      if (await split(address)) return address;
      const beside = join(root, address);
      return !isAbsolute(address) && (await split(beside)) ? beside : undefined;
    },
    read: async (address) => (address.includes("#") ? (await split(address))?.readImage?.(address) : undefined),
  };
}
