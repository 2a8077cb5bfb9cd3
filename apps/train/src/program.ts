import { availableParallelism } from "node:os";
import { join } from "node:path";
import {
  collect,
  createProgress,
  integer,
  ownVersion,
  type ProgressKind,
  positiveInteger,
  progressKinds,
} from "@tesserae/shared";
import { Command, Option } from "commander";
import { appFolder } from "./app-folder.js";
import { type ExportFormat, exportFormats, exportModel } from "./commands/export-model.js";
import { loadConfig } from "./recipe/load-recipe.js";
import { builtInMiners } from "./recipe/load-miner.js";
import { describePreparation } from "./prepare/describe-preparation.js";
import { type PrepareOptions, prepare } from "./prepare/prepare.js";
import { summary } from "./run/summary.js";
import { train } from "./steps/train.js";

interface RunOptions {
  readonly set?: readonly string[];
  readonly miner?: string;
  readonly out?: string;
  readonly backend?: string;
  readonly threads?: number;
  readonly resume?: boolean;
  readonly progress: ProgressKind;
}

type PrepareCommandOptions = Omit<PrepareOptions, "captions" | "workers" | "progress"> & {
  readonly workers?: number;
  readonly progress: ProgressKind;
};

const minerOption = "--miner <name|module|file>";
const minerHelp = `negative miner: built in (${Object.keys(builtInMiners).join(", ")}), a package or a file`;
const progressOption = () =>
  new Option("--progress <kind>", "how progress is shown").choices([...progressKinds]).default("auto");

/** The command line: `run`, `prepare`, `export`. */
export function createProgram(): Command {
  const program = new Command("tesserae-train")
    .description("Train CLIP-style models on image-text pairs with graph-guided hard negatives.")
    .version(ownVersion(appFolder))
    .option("--debug", "print stack traces of errors")
    .showHelpAfterError("(see --help)");

  program
    .command("run")
    .description("train one configuration and write its folder")
    .argument(
      "<config>",
      "configuration file (.ts or .js), from here or of this app: configs/photos.ts, configs/demo/mosaiclip.ts, …",
    )
    .option("--set <key=value>", "change a value of the configuration; repeat it for several", collect)
    .option(minerOption, minerHelp)
    .option("--out <folder>", "folder of the run (default: runs/<name>)")
    .option("--backend <name>", "tensorflow, ort, wasm or cpu (default: the first of these that works)")
    .option("--threads <number>", "threads of the engine (default: all cores)", positiveInteger)
    .option("--resume", "go on from the checkpoint in the folder of the run")
    .addOption(progressOption())
    .action(async (path: string, options: RunOptions) => {
      const miner = options.miner === undefined ? [] : [`miner=${JSON.stringify(options.miner)}`];
      const config = await loadConfig(path, [...(options.set ?? []), ...miner]);
      const out = options.out ?? join("runs", config.name);
      const progress = createProgress(options.progress);
      const record = await train(config, { ...options, out, progress });
      progress.note(summary(record, out));
    });

  program
    .command("prepare")
    .description("parse, decompose and mine captions into files that training reads")
    .argument("<captions>", ".txt, .jsonl, .tsv, .json (COCO), .parquet or .tar (WebDataset), or a folder of photos")
    .requiredOption("--out <folder>", "folder that receives the files; one that was broken off goes on")
    .requiredOption(minerOption, minerHelp)
    .option("--seed <number>", "seed of the miner's draws", integer, 0)
    .option("--workers <number>", "threads (default: all cores)", positiveInteger)
    .addOption(
      new Option("--format <name>", "shards of JSON lines, or the table that NegCLIP's loader reads")
        .choices(["jsonl", "negclip-tsv"])
        .default("jsonl"),
    )
    .option("--strict", "stop at the first record or caption with a problem instead of counting it")
    .option("--time-limit <seconds>", "longest that the miner may take for one caption", positiveInteger, 30)
    .addOption(progressOption())
    .action(async (captions: string, options: PrepareCommandOptions) => {
      const { workers = availableParallelism() } = options;
      const progress = createProgress(options.progress);
      const manifest = await prepare({ ...options, captions, workers, progress });
      progress.note(describePreparation(manifest, options.out));
    });

  program
    .command("export")
    .description("write a trained model for other tools")
    .argument("<checkpoint>", "folder of a run or of a model, or a model of the hub")
    .addOption(
      new Option("--format <name>", "what opens it: Python's transformers, open_clip, or @huggingface/transformers")
        .choices([...exportFormats])
        .makeOptionMandatory(),
    )
    .option("--out <folder>", "folder to write (default: beside the model, <model>-<format>)")
    .action(async (checkpoint: string, { format, out }: { readonly format: ExportFormat; readonly out?: string }) => {
      process.stdout.write(`wrote ${await exportModel(checkpoint, format, out)}\n`);
    });

  return program;
}
