import { mkdtemp, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder, writeFileAtomic } from "@tesserae/shared";
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

it("makes missing folders, at the same time as others too, and says where it cannot", async () => {
  const at = join(await folder(), "a", "b");
  await Promise.all([makeFolder(at), makeFolder(join(at, "c")), makeFolder(at)]);
  expect(await readdir(at)).toEqual(["c"]);
  await writeFile(join(at, "file"), "");
  await expect(makeFolder(join(at, "file", "d"))).rejects.toThrow("ENOTDIR");
});

it.skipIf(process.platform !== "linux")("comes back where the system makes no folders", async () => {
  await expect(makeFolder("/proc/tesserae")).rejects.toThrow(/ENOENT|EACCES|EPERM/);
});
