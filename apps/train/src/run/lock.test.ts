import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lockFolder } from "./lock.js";
import { processIdentity } from "./process-identity.js";

const folder = () => mkdtemp(join(tmpdir(), "tesserae-lock-"));
const lockOf = (at: string, holder: object) =>
  writeFile(join(at, ".lock"), JSON.stringify({ host: hostname(), since: "this morning", ...holder }));

it("is held by one, and free again afterwards, with nothing left", async () => {
  const at = await folder();
  const release = await lockFolder(at);
  await expect(lockFolder(at)).rejects.toThrow(`process ${process.pid} on ${hostname()} has been working in it since`);
  await release();
  await (await lockFolder(at))();
  expect(await readdir(at)).toEqual([]);
});

it("of twenty that come at once exactly one wins, also over a dead lock", async () => {
  for (const dead of [undefined, { pid: 2 ** 30 }]) {
    const at = await folder();
    if (dead) await lockOf(at, dead);
    const tried = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(at)));
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await readdir(at)).toEqual([".lock"]);
  }
});

it("of a process that ended is taken over, though its number was given to another, and though it was cut off", async () => {
  for (const dead of [{ pid: 2 ** 30 }, { pid: process.pid }, { pid: process.ppid, identity: "another boot 17" }]) {
    if ("identity" in dead && (await processIdentity(process.pid)).identity === undefined) continue; // not Linux
    const at = await folder();
    await lockOf(at, dead);
    await (await lockFolder(at))();
  }
  const at = await folder();
  await writeFile(join(at, ".lock"), '{"pid": 1');
  await (await lockFolder(at))();
});

it("of another machine counts as alive, and the message says what to do where it is not", async () => {
  const at = await folder();
  await lockOf(at, { pid: 1, host: "elsewhere" });
  await expect(lockFolder(at)).rejects.toThrow(`if that process has ended, remove ${join(at, ".lock")}`);
});
