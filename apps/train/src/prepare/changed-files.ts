import { join } from "node:path";
import { fileChecksum } from "../run/file-checksums.js";
import type { PreparedManifest } from "./prepared.js";

/** The files of a finished preparation that are gone, cut short or not those that were written, by their checksums. */
export async function changedFiles(folder: string, { files }: PreparedManifest): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const { name, sha256 } of files) {
    const found = await fileChecksum(join(folder, name)).catch(() => undefined);
    if (found?.sha256 !== sha256) changed.push(name);
  }
  return changed;
}
