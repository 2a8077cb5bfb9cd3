import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WorldCounterpart, WorldRow } from "@tesserae/benchmarks";
import type { Output } from "@tesserae/shared";
import { appFolder } from "../app-folder.js";
import { BenchError } from "../bench-error.js";

/** One run of the training app. */
export interface RowRun {
  /** Its folder, whose name is the model's: "mosaiclip-seed-1". */
  readonly folder: string;
  readonly args: readonly string[];
}

/** The runs that fill a miniature, each after the one it starts from. */
export function rowRuns(
  { rows, scale = "world" }: WorldCounterpart,
  folder: string,
  seeds: number,
  settings: readonly string[] = [],
): readonly RowRun[] {
  const place = (model: string, seed: number) => join(folder, `${model}-seed-${seed}`);
  return Array.from({ length: seeds }, (_, seed) =>
    rows.map(({ model, recipe, set: own = {}, from }: WorldRow): RowRun => {
      const flags = { ...own, seed, ...(from !== undefined && { pretrained: place(from, seed) }) };
      const set = [...Object.entries(flags).map(([name, value]) => `${name}=${value}`), ...settings];
      const out = place(model, seed);
      return {
        folder: out,
        args: ["run", recipe, "--scale", scale, ...set.flatMap((one) => ["--set", one]), "--out", out],
      };
    }),
  ).flat();
}

/**
 * Trains what is not there yet; a run that was stopped goes on. Runs one after the other.
 *
 * @throws BenchError when the training app is not installed beside this one, or a run fails.
 */
export async function trainMissing(runs: readonly RowRun[], output: Output): Promise<void> {
  for (const [index, { folder, args }] of runs.entries()) {
    if (existsSync(join(folder, "run.json"))) continue;
    output.print(`[${index + 1}/${runs.length}] train ${args.join(" ")}`);
    await train(existsSync(folder) ? [...args, "--resume"] : args);
  }
}

function train(args: readonly string[]): Promise<void> {
  const cli = trainer();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new BenchError(`train ${args.join(" ")}: ended with exit code ${code}; the lines above say why`));
    });
  });
}

/** The training app's program: beside this app in the repository, or installed. */
function trainer(): string {
  const beside = fileURLToPath(new URL("../train/dist/cli.js", appFolder));
  if (existsSync(beside)) return beside;
  const installed = join(process.cwd(), "node_modules", "@tesserae", "train", "dist", "cli.js");
  if (existsSync(installed)) return installed;
  throw new BenchError(
    "--world trains with @tesserae/train, which is not there: npm install @tesserae/train (in the repository: pnpm build)",
  );
}
