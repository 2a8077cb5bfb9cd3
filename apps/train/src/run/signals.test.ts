import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

// Signals to real processes of the command line, as it was built.

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const folder = () => mkdtemp(join(tmpdir(), "tesserae-signals-"));

/** A run that would last for minutes. */
const long = (out: string, ...settings: string[]) => {
  const set = ["steps=100000", "batchSize=4", "world.train=24", "world.validation=4", "warmup=1", ...settings];
  const flags = set.flatMap((one) => ["--set", one]);
  return ["run", "clip", "--scale", "smoke", ...flags, "--out", out, "--backend", "ort", "--threads", "1"];
};

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

/** Starts the command line; `after` resolves once its output shows `text`, or at its end. */
function start(args: readonly string[], { terminal = false } = {}) {
  const preload = terminal ? [`--import=data:text/javascript,${encodeURIComponent(asTerminal)}`] : [];
  const child: ChildProcess = spawn(process.execPath, [...preload, cli, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const waiting: { readonly text: RegExp; readonly resolve: () => void }[] = [];
  const look = (): void => {
    for (const { text, resolve } of waiting) if (text.test(output)) resolve();
  };
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on("data", (part) => {
      output += part;
      look();
    });
  }
  const ended = new Promise<Ended>((resolve) => child.on("close", (code, signal) => resolve({ code, signal, output })));
  const after = (text: RegExp) =>
    Promise.race([
      new Promise<void>((resolve) => {
        waiting.push({ text, resolve });
        look();
      }),
      ended,
    ]);
  return { kill: (signal: NodeJS.Signals) => child.kill(signal), after, ended };
}

/** A loss of the progress bar, whatever it has come down to: a step was made. */
const aLoss = /loss \d/;

/** Makes a process believe that it writes to a terminal. */
const asTerminal =
  "for (const s of [process.stdout, process.stderr]) { s.isTTY = true; s.columns = 100; s.cursorTo = () => true; s.moveCursor = () => true; s.clearLine = () => true; }";

/** Whether cursor and line wrap are on at the end of what was written to a terminal. */
const isRestored = (output: string) =>
  output.lastIndexOf("\u001b[?25h") > output.lastIndexOf("\u001b[?25l") &&
  output.lastIndexOf("\u001b[?7h") >= output.lastIndexOf("\u001b[?7l");

const stepsSaved = async (out: string) => {
  const manifest = /stopped at step (\d+)/.exec(out)?.[1];
  return manifest === undefined ? undefined : manifest.padStart(8, "0");
};

beforeAll(async () => {
  await stat(cli); // built before tests are run
});

describe("the first signal", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "%s ends the step, saves, restores the terminal, says how to resume, and ends with %i",
    async (name, code) => {
      const out = join(await folder(), "run");
      const run = start(long(out), { terminal: true });
      await run.after(aLoss);
      run.kill(name);
      const { code: exit, output } = await run.ended;
      expect(exit).toBe(code);
      expect(isRestored(output)).toBe(true);
      expect(output).toMatch(/stopped at step \d+ of 100000, which is saved; go on with\n {2}\S.* run clip .*--resume/);
      const manifest = join(out, "1-train", "checkpoints", (await stepsSaved(output))!, "manifest.json");
      expect(JSON.parse(await readFile(manifest, "utf8")).files["model.safetensors"].bytes).toBeGreaterThan(1000);
      await expect(stat(join(out, ".lock"))).rejects.toThrow("ENOENT");
    },
  );

  it("is heard while the data is read, before the first step", async () => {
    const out = join(await folder(), "run");
    const run = start([...long(out, "world.train=8000", "logEveryNSteps=1"), "--progress", "lines"]);
    await run.after(/images to train on/);
    run.kill("SIGINT");
    const { code, output } = await run.ended;
    expect(code).toBe(130);
    expect(output).toMatch(/stopped (while the data was read|at step 1)/);
    expect(output).toContain("--resume");
  });

  it("in the middle of a save or a validation lets it end", async () => {
    const out = join(await folder(), "run");
    const run = start([...long(out, "saveFrequency=1", "valFrequency=1", "logEveryNSteps=1"), "--progress", "json"]);
    await run.after(/"step":2,/);
    run.kill("SIGTERM"); // told after the step, before its save and validation
    const { code, output } = await run.ended;
    expect(code).toBe(143);
    const saved = (await stepsSaved(output))!;
    const metrics = await readFile(join(out, "metrics.jsonl"), "utf8");
    expect(metrics).toMatch(new RegExp(`"step":${Number(saved)},"part":"train","seconds":[^,]+,"validation"`));
  });
});

describe("the second signal", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s leaves at once with %i, and the terminal as it was", async (name, code) => {
    const out = join(await folder(), "run");
    const run = start(long(out, "batchSize=24", "valFrequency=1", "world.validation=200"), { terminal: true });
    await run.after(aLoss);
    run.kill(name);
    await run.after(/once more leaves at once/);
    run.kill(name);
    const { code: exit, output } = await run.ended;
    expect(exit).toBe(code);
    expect(isRestored(output)).toBe(true);
  });
});

it("prepare gives the terminal back too, and the same command goes on", async () => {
  const at = await folder();
  const captions = join(at, "captions.txt");
  await writeFile(
    captions,
    Array.from({ length: 20_000 }, (_, index) => `a red dog number ${index} on a chair`).join("\n"),
  );
  const args = ["prepare", captions, "--out", join(at, "out"), "--miner", "negclip", "--workers", "1"];
  const run = start([...args, "--progress", "bar"], { terminal: true });
  await run.after(/parse/);
  run.kill("SIGINT");
  const { code, output } = await run.ended;
  expect(code).toBe(130);
  expect(isRestored(output)).toBe(true);
});
