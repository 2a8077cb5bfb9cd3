import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { appFolder } from "@tesserae/shared";
import { timing } from "../interleaved.js";
import type { PerfCase, PerfOptions } from "../perf-case.js";
import { PerfError } from "../perf-error.js";

const methods = ["clip", "negclip", "structure-clip", "mosaiclip"] as const;
type Method = (typeof methods)[number];

const steps = 40;
/** Steps of each run that are not counted: traced, compiled and checked. */
const uncounted = 17;

/** The training app of one clone. */
interface Program {
  readonly name: string;
  readonly folder: string;
  /** What its command line calls a method on the world, and its settings. */
  readonly command: (method: Method) => readonly string[];
}

/** Steps of training on the world by this clone and by a built one of an earlier commit, a run of each in turn, at the earlier one's model and batch. */
export const demo: PerfCase = {
  name: "demo",
  summary: "a training step on the world by method, beside that of an earlier commit (--before <built clone>)",
  async measure(options, output) {
    const { before } = options;
    if (before === undefined)
      throw new PerfError("perf demo: --before is missing; expected the folder of a built clone.");
    const root = fileURLToPath(new URL("../..", appFolder(import.meta.url)));
    const programs: readonly Program[] = [
      { name: "before", folder: resolve(before), command: (method) => [`configs/demo/${method}.ts`] },
      {
        name: "now",
        folder: root,
        command: (method) => [method, ...sameWork, ...(method === "mosaiclip" ? sameTexts : [])],
      },
    ];
    const rows: string[][] = [];
    for (const method of methods) {
      const taken = new Map<string, number[]>(programs.map(({ name }) => [name, []]));
      for (let round = 0; round < options.rounds; round++) {
        for (const program of programs) taken.get(program.name)!.push(...(await stepsOf(program, method, options)));
      }
      const [old, now] = programs.map(({ name }) => timing(taken.get(name)!).median) as [number, number];
      rows.push([method, old.toFixed(0), now.toFixed(0), `${(old / now).toFixed(2)}x`]);
      output.print(`${method}: measured`);
    }
    return {
      header: ["method", "before ms/step", "now ms/step", "faster"],
      rows,
      notes: [
        `median of steps ${uncounted + 1} to ${steps} of ${options.rounds} runs each, in turn; ${options.threads} threads; whole steps, with drawing, parsing and mining`,
        `now with the earlier demo's model and batch: ${sameWork.join(" ")}`,
      ],
    };
  },
};

/** The model and batch of the demo of commit 83b3a91. */
const sameWork: readonly string[] = [
  ["batchSize", 64],
  ["model.embedDim", 96],
  ["model.vision.width", 96],
  ["model.vision.layers", 3],
  ["model.vision.heads", 3],
  ["model.vision.imageSize", 32],
  ["model.vision.patchSize", 8],
  ["model.vision.pool", "none"],
  ["model.text.width", 96],
  ["model.text.layers", 2],
  ["model.text.heads", 3],
].flatMap(([key, value]) => ["--set", `${key}=${value}`]);

/** Its texts an image for MosaiCLIP. */
const sameTexts = ["--set", "curriculum=0", "--set", "maxPositives=1"] as const;

/** Milliseconds of the counted steps of one run. */
async function stepsOf(
  { name, folder, command }: Program,
  method: Method,
  { threads }: PerfOptions,
): Promise<number[]> {
  const out = await mkdtemp(join(tmpdir(), "tesserae-perf-demo-"));
  const settings = ["--set", `steps=${steps}`, "--set", "logEveryNSteps=1"];
  const args = [
    "run",
    ...command(method),
    "--out",
    join(out, "run"),
    "--threads",
    String(threads),
    "--progress",
    "none",
  ];
  try {
    const cli = join(folder, "apps", "train", "dist", "cli.js");
    await promisify(execFile)(process.execPath, [cli, ...args, ...settings], { cwd: folder }).catch((error) => {
      throw new PerfError(`perf demo: ${method} of ${name} failed: ${String(error.stderr).trim() || error.message}`);
    });
    const lines = (await readFile(join(out, "run", "metrics.jsonl"), "utf8")).trim().split("\n");
    const seconds = lines.map((line) => JSON.parse(line).seconds).filter((value) => typeof value === "number");
    return seconds
      .slice(1)
      .map((end, index) => 1000 * (end - seconds[index]!))
      .slice(uncounted - 1);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
