import { lstat, mkdir, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import writeAtomic from "write-file-atomic";

/**
 * Writes a file whole or not at all, and has it on the disk when it returns: to a neighbour first, synced, renamed into
 * place, and the folder's entry synced too. Folders on the way are made; permissions are those of the umask.
 *
 * @throws Error where the path is a device, a link or a folder: renaming would replace it
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await refuseSpecial(path);
  const folder = dirname(path);
  await makeFolder(folder);
  await writeAtomic(
    path,
    typeof content === "string" ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength),
  );
  await syncFolder(folder);
}

/**
 * Makes a folder, and those above it that are missing, and has their names on the disk when it returns. (Why no `recursive`: Node.js never
 * comes back from it where the system lets nobody make folders, as in `/proc`.)
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(folder); !(await isThere(at)); at = dirname(at)) missing.unshift(at);
  for (const at of missing) {
    await mkdir(at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error; // another process made it meanwhile
    });
    await syncFolder(dirname(at));
  }
}

/** Has a folder's list of names on the disk, where the system can do that. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined); // Windows opens no folders
  try {
    await handle?.sync();
  } catch (error) {
    if (!["EINVAL", "EPERM", "ENOTSUP"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await handle?.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}

async function refuseSpecial(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  const what = found.isSymbolicLink() ? "a link" : found.isDirectory() ? "a folder" : "a device or a pipe";
  throw new Error(`${path}: is ${what}, which writing would replace; give the path of a regular or of a new file`);
}
