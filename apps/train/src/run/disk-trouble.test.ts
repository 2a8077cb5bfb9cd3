import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

// A disk that is full, and folders that may not be written to: real processes of the built command line.

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const hook = fileURLToPath(new URL("../../../../tools/faults/inject.mjs", import.meta.url));
const set = ["steps=2", "saveFrequency=1", "batchSize=4", "warmup=1", "world.train=16", "world.validation=4"];
const args = (out: string) => {
  const flags = set.flatMap((one) => ["--set", one]);
  return [cli, "run", "clip", "--scale", "smoke", ...flags, "--out", out, "--backend", "ort", "--threads", "1"];
};

function run(out: string, faults: Readonly<Record<string, string>> = {}, more: readonly string[] = [], uid?: number) {
  const preload = Object.keys(faults).length > 0 ? { NODE_OPTIONS: `--import=${hook}` } : {};
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args(out), ...more], {
    encoding: "utf8",
    env: { ...process.env, ...preload, ...faults },
    ...(uid === undefined ? {} : { uid }),
  });
  return { status, output: stdout + stderr };
}

it("a full disk ends the run in one line and keeps what was saved; with room it goes on", async () => {
  const at = await mkdtemp(join(tmpdir(), "tesserae-full-"));
  const out = join(at, "run");
  const faults = {
    FAULTS_FOLDER: out,
    FAULTS_LOG: join(at, "log"),
    FAULTS_ERROR: "ENOSPC",
    FAULTS_AT: "1",
    FAULTS_ONLY: "^write(File)? .*partial-2/",
  };
  const full = run(out, faults);
  expect(full.status).toBe(1);
  expect(full.output).toMatch(
    /^error: step 2 could not be saved in .*checkpoints: .*no space left on device.*; earlier checkpoints are kept, and --resume/m,
  );
  const left = await readdir(join(out, "1-train", "checkpoints"));
  expect(left.filter((name) => name.startsWith("partial"))).toEqual([]); // it would take what room there is
  expect(full.output).not.toContain("    at ");
  const again = run(out, {}, ["--resume"]);
  expect(again.output).toContain("goes on from step 1 of 2");
  expect(again.status).toBe(0);
  expect(JSON.parse(await readFile(join(out, "run.json"), "utf8")).steps).toBe(2);
  await rm(at, { recursive: true });
});

it("a folder without permission is told in one line", async () => {
  const at = await mkdtemp(join(tmpdir(), "tesserae-denied-"));
  const faults = { FAULTS_FOLDER: at, FAULTS_LOG: `${at}.log`, FAULTS_ERROR: "EACCES", FAULTS_AT: "1" };
  const denied = run(join(at, "run"), faults);
  expect(denied.status).toBe(1);
  expect(denied.output).toMatch(/^error: .*permission denied/m);
  await rm(at, { recursive: true });
});

it.skipIf(process.getuid?.() !== 0)("as another user: told in one line, nothing written", async () => {
  const at = await mkdtemp(join(tmpdir(), "tesserae-user-"));
  await chmod(at, 0o755);
  const denied = run(join(at, "run"), {}, [], 65534);
  expect(denied.status).toBe(1);
  expect(denied.output).toMatch(/^error: .*(permission denied|EACCES)/m);
  expect(denied.output).not.toContain("    at ");
});
