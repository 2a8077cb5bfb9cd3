import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { weightsOf } from "../fixtures/runs.js";

// Several processes of the built command line at once. TESSERAE_PARALLEL_RUNS=20 runs so many beside each other; few of them by default.

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const count = Number(process.env.TESSERAE_PARALLEL_RUNS ?? 3);
let at: string;
beforeAll(async () => {
  at = await mkdtemp(join(tmpdir(), "tesserae-many-"));
});
afterAll(() => rm(at, { recursive: true, force: true }));

/** Starts a run of two steps. @param more options, `onOutput` hears what it prints */
function run(out: string, more: readonly string[] = [], onOutput: (text: string) => void = () => {}) {
  const set = ["steps=2", "saveFrequency=1", "batchSize=4", "warmup=1", "world.train=16", "world.validation=4"];
  const flags = [...set, "logEveryNSteps=1"].flatMap((one) => ["--set", one]);
  const args = [cli, "run", "clip", "--scale", "smoke", ...flags, "--out", out, "--backend", "ort", "--threads", "1"];
  const child = spawn(process.execPath, [...args, "--progress", "lines", ...more], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part) => {
      output += part;
      onOutput(output);
    });
  }
  const ended = new Promise<{ readonly code: number | null; readonly output: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, output })),
  );
  return { ended, kill: () => child.kill("SIGKILL") };
}

it(
  `${count} runs beside each other in ${count} folders give the same weights; of two in one folder, one is refused by name`,
  async () => {
    const folders = Array.from({ length: count }, (_, index) => join(at, `run-${index}`));
    const second = run(folders[0]!); // the same folder again
    const ended = await Promise.all([second, ...folders.map((out) => run(out))].map((started) => started.ended));
    const refused = ended.filter(({ code }) => code !== 0);
    expect(refused.map(({ code }) => code)).toEqual([1]);
    expect(refused[0]!.output).toMatch(
      /^error: .*run-0: (process \d+ on .* has been working in it since .*; wait for it, or give another --out|holds a (finished|stopped) run; )/m,
    );
    const [first, ...others] = await Promise.all(folders.map(weightsOf));
    for (const other of others) expect(other.equals(first!)).toBe(true);
    for (const folder of folders) {
      expect((await readdir(folder)).sort()).toEqual([
        "1-train",
        "checkpoint",
        "metrics.jsonl",
        "recipe.json",
        "run.json",
      ]);
    }
  },
  180_000 + 30_000 * count,
);

it("a killed run goes on under another path, and in a copy of its folder", async () => {
  const out = join(at, "killed");
  const killed = run(out, [], (text) => text.includes("step 1/2") && killed.kill());
  await killed.ended;
  await rename(out, `${out}-moved`);
  await cp(`${out}-moved`, join(at, "copied"), { recursive: true });
  const moved = [`${out}-moved`, join(at, "copied")];
  for (const folder of moved) {
    const { code, output } = await run(folder, ["--resume"]).ended;
    expect(code, output).toBe(0);
  }
  const [a, b] = await Promise.all(moved.map(weightsOf));
  expect(a!.equals(b!)).toBe(true);
  expect(a!.equals(await weightsOf(join(at, "run-0")))).toBe(true);
}, 300_000);
