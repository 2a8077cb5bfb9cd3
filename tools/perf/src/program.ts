import {
  appFolder,
  count,
  machine,
  type Output,
  positiveInteger,
  standardOutput,
  textTable,
  versions,
} from "@tesserae/shared";
import { Command } from "commander";
import type { PerfOptions } from "./perf-case.js";
import { perfCases } from "./perf-cases.js";
import { unknownName } from "./unknown-name.js";

/** The command line: one case, its options, its table. */
export function createProgram(output: Output = standardOutput()): Command {
  const cases = perfCases.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`);
  return new Command("perf")
    .description("Measure speed: medians of rounds, interleaved with peers where there are any.")
    .argument("<case>", "one of the cases below")
    .option("--rounds <number>", "times that each variant is measured; train: tens of steps", positiveInteger, 5)
    .option("--threads <number>", "threads, where a variant has them", positiveInteger, 2)
    .option("--captions <file>", "captions to use, one a line (default: those of the synthetic world)")
    .option("--size <name>", "the one size of engine and eval to measure: tiny, small or ViT-B/32 (default: all)")
    .option("--backend <name>", "eval and train: tensorflow, ort, wasm or cpu (default: the first of these that works)")
    .option("--data <folder>", "train: photos (annotations.jsonl, images/) to train ViT-B/32 on, by every recipe")
    .option("--before <folder>", "demo: a built clone of an earlier commit to compare with")
    .option("--method <name>", "train with --data: clip, negclip or mosaiclip alone, beside open_clip")
    .option("--workers <number>", "train with --data: threads that make batches (default: the app's)", count)
    .option("--python <command>", "a Python with the peers of engine, text and detections (default: python3)")
    .addHelpText("after", `\nCases:\n${cases.join("\n")}`)
    .showHelpAfterError("(see --help)")
    .action((name: string, options: PerfOptions) => measure(name, options, output));
}

/** Measures a case and prints its table, with the machine and versions. @throws PerfError on an unknown case */
async function measure(name: string, options: PerfOptions, output: Output): Promise<void> {
  const perfCase = perfCases.find((candidate) => candidate.name === name);
  if (!perfCase) {
    const known = perfCases.map((candidate) => candidate.name);
    throw unknownName("case", name, known);
  }
  const { header, rows, notes } = await perfCase.measure(options, output);
  output.print(textTable(header, rows));
  output.print("");
  for (const note of notes) output.print(note);
  const packages = Object.entries(versions(appFolder(import.meta.url))).map(([key, version]) => `${key} ${version}`);
  output.print(`${machine()}; ${packages.join(", ")}`);
}
