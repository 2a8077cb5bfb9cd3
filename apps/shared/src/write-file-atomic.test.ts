import { mkdtemp, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFileAtomic } from "@tesserae/shared";
import { expect, it } from "vitest";

const folder = () => mkdtemp(join(tmpdir(), "tesserae-atomic-"));

it("writes text and bytes, makes folders, leaves no neighbour, and takes permissions from the umask", async () => {
  const path = join(await folder(), "a", "b.txt");
  await writeFileAtomic(path, "one");
  await writeFileAtomic(path, new TextEncoder().encode("a two").subarray(2));
  expect(await readFile(path, "utf8")).toBe("two");
  expect(await readdir(join(path, ".."))).toEqual(["b.txt"]);
  expect((await stat(path)).mode & 0o777).toBe(0o666 & ~process.umask());
});

it.skipIf(process.platform === "win32")("refuses links, folders and devices, and leaves them as they are", async () => {
  const at = await folder();
  const target = join(at, "target");
  await writeFile(target, "kept");
  await symlink(target, join(at, "link"));
  await expect(writeFileAtomic(join(at, "link"), "x")).rejects.toThrow("link: is a link, which writing would replace");
  await expect(writeFileAtomic(at, "x")).rejects.toThrow("is a folder");
  await expect(writeFileAtomic("/dev/null", "x")).rejects.toThrow("/dev/null: is a device or a pipe");
  expect(await readFile(target, "utf8")).toBe("kept");
  expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
});
