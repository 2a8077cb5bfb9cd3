import { appendFile, chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { encodePng } from "@tesserae/data";
import { Interruption } from "@tesserae/train";
import { describe, expect, it } from "vitest";
import { runCommand } from "../fixtures/command-line.js";
import { breaksOffAt, folder, runTiny, silent, weightsOf } from "../fixtures/runs.js";

// Situations in which runs once lost something, and where each is tested; without a file's name: here.
//
//   one held-out photo, an image on several lines   "data that would fail at the end is refused at the beginning"
//   the table of our own prepare                     run-trouble.test.ts, "trains on the table that prepare writes for NegCLIP"
//   the same --out again without --resume            "is not written into without --resume or --overwrite"
//   results of the old weights in tables             apps/bench/src/results/left-out.test.ts
//   a new run killed, then bench run                 "shows no old model while a new run is under way"; left-out.test.ts, "is not scored"
//   killed between two renames of a save             kills.test.ts; "is resumed from the newest checkpoint that is whole"
//   killed after the last save, before run.json      "after the last save and before its record is finished by --resume"
//   two runs into one folder                         "takes one run at a time"; lock.test.ts; many-runs.test.ts
//   data, miner, pretrained or backend changed       resume-differences.test.ts; "is refused where it was made of something else"
//   a state of more than 2 GiB                       tools/faults/large.mjs (a command: it needs 12 GB)
//   umask                                            "has the permissions of the umask"; export-model.test.ts
//   what a kill leaves of a save                     "is resumed from the newest checkpoint that is whole"; kills.test.ts
//   a limited result beside a whole one              left-out.test.ts
//   --out at a device                                "refuses a device and a file"; apps/shared, write-file-atomic.test.ts
//   Ctrl-C                                           signals.test.ts
//   a loss that is no number                         "ends the run and leaves the good checkpoint"
//   flags that are functions or of unknown names     recipe/load-recipe.test.ts, "names file, key and value", "refuses", "names what is not"
//   a checkpoint's file that was cut off             run-trouble.test.ts, "a checkpoint that was cut off"
//   an empty --set value                             recipe/load-recipe.test.ts, "unsets with an empty value"
//   a worker thread that is killed                   threads/batch-threads.test.ts, "killed in the middle"
//   a batch of one, or larger than the data          "a batch that may not be meant"

const checkpointsOf = (out: string) => readdir(join(out, "1-train", "checkpoints"));

async function photosWith(names: readonly string[]): Promise<string> {
  const photos = await folder();
  await mkdir(join(photos, "images"));
  const image = { width: 16, height: 16, data: new Uint8Array(16 * 16 * 3).fill(90) };
  for (const name of new Set(names)) await writeFile(join(photos, "images", name), await encodePng(image));
  const lines = names.map((file, index) => JSON.stringify({ file, captions: [`a dog number ${index}`] }));
  await writeFile(join(photos, "annotations.jsonl"), lines.join("\n"));
  return photos;
}

describe("data that would fail at the end is refused at the beginning", () => {
  it("one held-out photo", async () => {
    const photos = await photosWith(["a.png", "b.png", "c.png", "d.png"]);
    await expect(runTiny("clip", await folder(), [`data=${photos}`])).rejects.toThrow(
      "4 images with validationFraction 0.2 hold out 1; at least 2 are needed",
    );
  });

  it("an image given on several lines is one image with several captions", async () => {
    const photos = await photosWith(["a.png", "b.png", "c.png", "d.png", "a.png", "b.png"]);
    const record = await runTiny("clip", await folder(), [`data=${photos}`, "validationFraction=0.5"]);
    expect(record.parts[0]).toMatchObject({ trainImages: 2, validationImages: 2 });
  });
});

describe("a folder that holds a run", () => {
  it("is not written into without --resume or --overwrite; then only the run's own files go", async () => {
    const out = await folder();
    await runTiny("clip", out);
    const before = await weightsOf(out);
    await writeFile(join(out, "notes.txt"), "mine");
    await mkdir(join(out, "results"));
    await writeFile(join(out, "results", "old.json"), "{}");
    await expect(runTiny("clip", out)).rejects.toThrow(/holds a finished run; --overwrite removes it and starts anew/);
    await expect(runTiny("clip", out, [], { resume: true })).rejects.toThrow(/holds a finished run/);
    expect((await weightsOf(out)).equals(before)).toBe(true);
    await runTiny("clip", out, ["seed=3"], { overwrite: true });
    expect((await weightsOf(out)).equals(before)).toBe(false);
    expect(await readFile(join(out, "notes.txt"), "utf8")).toBe("mine");
    await expect(stat(join(out, "results"))).rejects.toThrow("ENOENT"); // results of the old weights
  });

  it("keeps what is only named alike, and is no run without its recipe.json", async () => {
    const out = await folder();
    const photo = join(out, "2024-photos", "a.jpg");
    await mkdir(join(out, "2024-photos"));
    await writeFile(photo, "mine");
    await runTiny("clip", out);
    await runTiny("clip", out, [], { overwrite: true });
    expect(await readFile(photo, "utf8")).toBe("mine");
    const other = await folder();
    await mkdir(join(other, "results"));
    await mkdir(join(other, "1-train"));
    for (const policy of [{}, { overwrite: true }, { resume: true }]) {
      await expect(runTiny("clip", other, [], policy)).rejects.toThrow(
        /holds 1-train, results but no recipe\.json, so it is no run that could be gone on with or removed/,
      );
    }
    expect((await readdir(other)).sort()).toEqual(["1-train", "results"]);
  });

  it("is not removed for a run that lacks its data", async () => {
    const out = join(await folder(), "run");
    await runTiny("clip", out);
    const record = await readFile(join(out, "run.json"), "utf8");
    const other = ["run", "clip", "--scale", "smoke", "--set", "data=photo", "--out", out, "--overwrite"];
    await expect(runCommand(...other, "--progress", "none")).rejects.toThrow(`data photo: no such file or folder; `);
    await expect(runCommand(...other, "--progress", "none")).rejects.toThrow(`The run in ${out} is kept`);
    expect(await readFile(join(out, "run.json"), "utf8")).toBe(record);
  });

  it("is not removed where --resume stands beside --overwrite", async () => {
    const out = await folder();
    await runTiny("clip", out);
    const before = await weightsOf(out);
    await expect(runTiny("clip", out, [], { resume: true, overwrite: true })).rejects.toThrow("give one of them");
    expect((await weightsOf(out)).equals(before)).toBe(true);
  });

  it("shows no old model while a new run is under way", async () => {
    const out = await folder();
    await runTiny("clip", out);
    const killed = runTiny("clip", out, ["seed=4"], { overwrite: true, progress: breaksOffAt(2) });
    await expect(killed).rejects.toThrow("broken off");
    await expect(stat(join(out, "checkpoint"))).rejects.toThrow("ENOENT");
  });

  it("takes one run at a time, and takes over the lock of a process that has ended", async () => {
    const out = await folder();
    const lock = (pid: number) =>
      writeFile(join(out, ".lock"), JSON.stringify({ pid, host: hostname(), since: "this morning" }));
    await lock(process.ppid);
    await expect(runTiny("clip", out)).rejects.toThrow(
      new RegExp(
        `process ${process.ppid} on .* has been working in it since this morning; wait for it, or give another`,
      ),
    );
    await lock(2 ** 30);
    await runTiny("clip", out, [], { overwrite: true });
    await expect(stat(join(out, ".lock"))).rejects.toThrow("ENOENT");
  });
});

describe("a run that was killed", () => {
  const settings = ["saveFrequency=1", "keep=2"];

  it("is resumed from the newest checkpoint that is whole, whatever lies beside it", async () => {
    const [whole, out] = [await folder(), await folder()];
    await runTiny("clip", whole, settings);
    await expect(runTiny("clip", out, settings, { progress: breaksOffAt(3) })).rejects.toThrow("broken off");
    const at = join(out, "1-train", "checkpoints");
    expect((await checkpointsOf(out)).sort()).toEqual(["00000001", "00000002"]);
    await mkdir(join(at, "partial-3")); // killed while saving
    await writeFile(join(at, "partial-3", "model.safetensors"), "cut off");
    await appendFile(join(at, "00000002", "model.safetensors"), "damage");
    const notes: string[] = [];
    await runTiny("clip", out, settings, { resume: true, progress: { ...silent, note: (line) => notes.push(line) } });
    expect(notes.join("\n")).toMatch(
      /checkpoint .*00000002 is left out: model.safetensors has \d+ bytes instead of \d+/,
    );
    expect((await weightsOf(out)).equals(await weightsOf(whole))).toBe(true);
    expect((await checkpointsOf(out)).filter((name) => name.startsWith("partial"))).toEqual([]);
  });

  it("after the last save and before its record is finished by --resume", async () => {
    const out = await folder();
    const record = await runTiny("clip", out, settings);
    await rm(join(out, "run.json"));
    await rm(join(out, "1-train", "done.json"));
    const again = await runTiny("clip", out, settings, { resume: true });
    expect(again.validation).toEqual(record.validation);
    expect(again.loss).toEqual(record.loss);
  });

  it("is resumed in a folder that was moved", async () => {
    const [whole, out] = [await folder(), await folder()];
    await runTiny("clip", whole, settings);
    await expect(runTiny("clip", out, settings, { progress: breaksOffAt(3) })).rejects.toThrow("broken off");
    await rename(out, `${out}-moved`);
    await runTiny("clip", `${out}-moved`, settings, { resume: true });
    expect((await weightsOf(`${out}-moved`)).equals(await weightsOf(whole))).toBe(true);
  });

  it("is refused where it was made of something else, and allowed and recorded where that is asked for", async () => {
    const base = await folder();
    await runTiny("clip", base);
    const out = await folder();
    const tuned = [...settings, `pretrained=${base}`];
    await expect(runTiny("clip", out, tuned, { progress: breaksOffAt(2) })).rejects.toThrow("broken off");
    await expect(runTiny("clip", out, [...tuned, "lr=0.5"], { resume: true })).rejects.toThrow(
      /was made of something else: flags.lr was 0.001 and is 0.5; set it back, go on all the same with --allow-changes/,
    );
    await runTiny("clip", base, ["seed=9"], { overwrite: true }); // the pre-trained weights change
    await expect(runTiny("clip", out, tuned, { resume: true })).rejects.toThrow(
      /pretrained.model.safetensors was "\w+" and is "\w+"/,
    );
    const record = await runTiny("clip", out, tuned, { resume: true, allowChanges: true });
    expect(record.changes).toHaveLength(1);
    await expect(runTiny("clip", await folder(), settings, { resume: true })).rejects.toThrow(
      "holds no run that was stopped",
    );
  });
});

describe("the first interruption", () => {
  it("ends the step, saves, says how to go on, and has the signal's exit code", async () => {
    const [whole, out] = [await folder(), await folder()];
    await runTiny("clip", whole);
    const stop = new AbortController();
    const progress = { ...silent, step: ({ step }: { step: number }) => step === 2 && stop.abort("SIGINT") };
    const run = runTiny("clip", out, [], {
      signal: stop.signal,
      progress: { ...progress, step: (at) => void progress.step(at) },
    });
    const error = await run.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Interruption);
    expect(error).toMatchObject({
      exitCode: 130,
      message: "stopped at step 2 of 4, which is saved",
    });
    expect(await checkpointsOf(out)).toEqual(["00000002"]);
    await runTiny("clip", out, [], { resume: true });
    expect((await weightsOf(out)).equals(await weightsOf(whole))).toBe(true);
  });
});

describe("what is written", () => {
  it("has the permissions of the umask, and nothing is left beside it", async () => {
    const out = await folder();
    await runTiny("clip", out, ["saveFrequency=1", "keep=1"]);
    const own = await stat(join(out, "checkpoint"));
    expect(own.mode & 0o777).toBe(0o777 & ~process.umask());
    expect((await stat(join(out, "checkpoint", "model.safetensors"))).mode & 0o777).toBe(0o666 & ~process.umask());
    expect((await readdir(out)).sort()).toEqual(["1-train", "checkpoint", "metrics.jsonl", "recipe.json", "run.json"]);
    expect((await checkpointsOf(out)).filter((name) => /^\d/.test(name)).length).toBeLessThanOrEqual(2);
  });

  it("refuses a device and a file as the run's folder", async () => {
    await expect(runTiny("clip", "/dev/null")).rejects.toThrow("--out /dev/null: is no folder");
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });

  it.skipIf(process.getuid?.() === 0)("says where it may not write", async () => {
    const out = await folder();
    await chmod(out, 0o500);
    await expect(runTiny("clip", out)).rejects.toThrow("EACCES");
  });
});

describe("a loss that is no number", () => {
  it("ends the run and leaves the good checkpoint", async () => {
    const out = await folder();
    const run = runTiny("clip", out, ["lr=1e30", "warmup=0", "saveFrequency=1"]);
    await expect(run).rejects.toThrow(/NaN|Infinity/);
    for (const name of (await checkpointsOf(out)).filter((step) => /^\d/.test(step))) {
      const { decodeSafetensors } = await import("@tesserae/models");
      const weights = decodeSafetensors(await readFile(join(out, "1-train", "checkpoints", name, "model.safetensors")));
      for (const { data } of weights.values()) expect(data.every((value) => Number.isFinite(value))).toBe(true);
    }
  });
});

describe("a batch that may not be meant", () => {
  it("of one image, or larger than the data, is said", async () => {
    const notes: string[] = [];
    const progress = { ...silent, note: (line: string) => notes.push(line) };
    await runTiny("clip", await folder(), ["batchSize=1"], { progress });
    await runTiny("clip", await folder(), ["batchSize=100000"], { progress });
    expect(notes.filter((line) => line.startsWith("warning"))).toEqual([
      "warning: a batch of one image has no other image's texts to be told apart from, so a contrastive loss is 0",
      "warning: batchSize is 100000, but there are only 24 images; every step takes all of them",
    ]);
  });
});
