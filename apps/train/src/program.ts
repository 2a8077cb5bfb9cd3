import { availableParallelism } from "node:os";
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
import { type RunCommandOptions, runCommand } from "./commands/run.js";
import { describePreparation } from "./prepare/describe-preparation.js";
import { type PrepareOptions, prepare } from "./prepare/prepare.js";
import { builtInMiners } from "./recipe/load-miner.js";
import { recipes } from "./recipes/recipes.js";

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
    .description("run a recipe and write its folder")
    .argument(
      "<recipe>",
      `a recipe (${recipes.map(({ name }) => name).join(", ")}) or a .ts or .js file that exports one`,
    )
    .option("--scale <name>", "named set of flags, such as smoke, world, photos, coco (default: world)")
    .option("--set <key=value>", "change a flag; repeat it for several, an empty value unsets", collect)
    .option(minerOption, minerHelp)
    .option("--seeds <number>", "run it with so many seeds, each in its own folder", positiveInteger)
    .option("--out <folder>", "folder of the run (default: runs/<recipe>)")
    .option("--accum-freq <number>", "parts that a batch is embedded in, for less memory", positiveInteger)
    .option("--backend <name>", "tensorflow, ort, wasm or cpu (default: the first of these that works)")
    .option("--threads <number>", "threads of the engine (default: all cores)", positiveInteger)
    .option("--resume", "go on with the run in the folder")
    .option("--overwrite", "remove the run in the folder and start anew")
    .option("--allow-changes", "with --resume: go on although the run was made of something else")
    .option("--dry-run", "say what the run would do and what is missing for it")
    .addOption(progressOption())
    .action((recipe: string, options: RunCommandOptions) => runCommand(recipe, options));

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
