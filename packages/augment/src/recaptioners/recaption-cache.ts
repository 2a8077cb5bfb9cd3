import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Captions on disk by what they were made from. */
export interface RecaptionCache {
  /** Undefined for what is not there, and for a file that holds no caption: it is asked for again and replaced. */
  get(key: string): Promise<string | undefined>;
  /** Written whole or not at all, so that a killed run leaves only answers that are complete. */
  set(key: string, caption: string): Promise<void>;
}

/** The key of a request: a hash of all that is sent (never of the secret that it is sent with). */
export function keyOf(request: string): string {
  return createHash("sha256").update(request).digest("hex");
}

/** @param folder without one nothing is kept */
export function createRecaptionCache(folder: string | undefined): RecaptionCache {
  if (folder === undefined) return { get: async () => undefined, set: async () => {} };
  const path = (key: string) => join(folder, key.slice(0, 2), `${key}.json`);
  return {
    get: async (key) => {
      try {
        const { caption } = JSON.parse(await readFile(path(key), "utf8")) as { readonly caption?: unknown };
        return typeof caption === "string" ? caption : undefined;
      } catch {
        return undefined;
      }
    },
    set: async (key, caption) => {
      await mkdir(join(folder, key.slice(0, 2)), { recursive: true });
      const partial = `${path(key)}.${randomUUID()}.partial`;
      await writeFile(partial, `${JSON.stringify({ caption })}\n`);
      await rename(partial, path(key));
    },
  };
}
