import { availableParallelism } from "node:os";
import {
  collect,
  count,
  createProgress,
  integer,
  ownVersion,
  type ProgressKind,
  positiveInteger,
  progressKinds,
  share,
  shares,
} from "@tesserae/shared";
import { deviceNames } from "@tesserae/tfjs-backend-ort";
import { Command, Option } from "commander";
import { appFolder } from "./app-folder.js";
import { doctor } from "./commands/doctor.js";
import { type ExportFormat, exportFormats, exportModel } from "./commands/export-model.js";
import { type InterpolateOptions, interpolateModels } from "./commands/interpolate.js";
import { type RecaptionCommandOptions, recaptionData } from "./commands/recaption.js";
import { type RunCommandOptions, runCommand } from "./commands/run.js";
import { describePreparation } from "./prepare/describe-preparation.js";
import { type PrepareOptions, prepare } from "./prepare/prepare.js";
import { builtInMiners } from "./recipe/load-miner.js";
import { recipes } from "./recipes/recipes.js";
import { reportTargets } from "./run/metrics-csv.js";
import { recaptionerNames } from "./steps/named-recaptioner.js";

type PrepareCommandOptions = Omit<PrepareOptions, "captions" | "workers" | "progress"> & {
  readonly workers?: number;
  readonly progress: ProgressKind;
};

const minerOption = "--miner <name|module|file>";
const minerHelp = `negative miner: built in (${Object.keys(builtInMiners).join(", ")}), a package or a file`;
const progressOption = () =>
  new Option("--progress <kind>", "how progress is shown").choices([...progressKinds]).default("auto");

/** One thread beside the main one, where it has a core of its own: more are of use only where a batch takes longer than a step. */
const defaultWorkers = availableParallelism() > 1 ? 1 : 0;

/** The command line: `run`, `prepare`, `recaption`, `interpolate`, `doctor`, `export`. */
export function createProgram(): Command {
  const program = new Command("tesserae-train")
    .description("Train CLIP-style models on image-text pairs with graph-guided hard negatives.")
    .version(ownVersion(appFolder))
    .option("--debug", "print stack traces of errors")
    .showHelpAfterError("(see --help)");

  addRun(program);
  addPrepare(program);
  addRecaption(program);
  addInterpolate(program);
  addDoctor(program);
  addExport(program);
  return program;
}

function addRun(program: Command): void {
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
    .addOption(
      new Option("--device <name>", "cpu, webgpu, cuda, or auto: a GPU where there is one")
        .choices([...deviceNames])
        .default("cpu"),
    )
    .addOption(
      new Option("--precision <name>", "number type of the training").choices(["fp32", "fp16"]).default("fp32"),
    )
    .option("--threads <number>", "threads of the engine (default: all cores)", positiveInteger)
    .addOption(
      new Option("--workers <number>", "threads that read images and make texts ahead; 0: the main thread does it")
        .argParser(count)
        .default(defaultWorkers, `${defaultWorkers}; 0 on one core`),
    )
    .option("--resume", "go on with the run in the folder")
    .addOption(new Option("--overwrite", "remove the run in the folder and start anew").conflicts("resume"))
    .option("--allow-changes", "with --resume: go on although the run was made of something else")
    .addOption(new Option("--report-to <target>", "write the metrics for other tools too").choices([...reportTargets]))
    .option("--dry-run", "say what the run would do and what is missing for it")
    .addOption(progressOption())
    .action((recipe: string, options: RunCommandOptions) => runCommand(recipe, options));
}

function addPrepare(program: Command): void {
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
}

function addRecaption(program: Command): void {
  program
    .command("recaption")
    .description("write every image of a data set a new caption, in a folder that training reads")
    .argument("<data>", "a folder or file of images with captions, as `run` takes it")
    .requiredOption("--out <folder>", "folder that receives the captions; one that was broken off goes on")
    .option("--by <name|file>", `who writes them: ${recaptionerNames.join(", ")}, or a .ts or .js file`, "joined")
    .option("--url <address>", "for http: an OpenAI-compatible service, up to its version (key: OPENAI_API_KEY)")
    .option("--model <name>", "for http and transformers: the model")
    .option("--images <folder>", "folder of the images, where the data only names them")
    .option("--batch-size <number>", "images in one request (default: 64)", positiveInteger)
    .addOption(progressOption())
    .action((data: string, options: RecaptionCommandOptions) => recaptionData(data, options));
}

function addInterpolate(program: Command): void {
  program
    .command("interpolate")
    .description("average the weights before and after fine-tuning (WiSE-FT)")
    .argument("<before>", "run, folder or hub name of the model before fine-tuning")
    .argument("<after>", "that of the model after it")
    .requiredOption("--out <folder>", "folder that receives the averaged model")
    .option("--alpha <share>", "share of the model after (default: 0.5)", share)
    .addOption(
      new Option("--tower <name>", "which weights are averaged; the rest is that after")
        .choices(["image", "text", "both"])
        .default("image"),
    )
    .option(
      "--sweep <shares>",
      "measure these shares, such as 0.25,0.5,0.75,1, and take the largest that keeps enough",
      shares,
    )
    .option("--max-drop <share>", "how much lower R@1 may be than before fine-tuning (default: 0)", share)
    .option("--data <path>", "images with captions that a sweep measures on: those held out of them")
    .option("--images <folder>", "folder of the images, where the data only names them")
    .option("--backend <name>", "tensorflow, ort, wasm or cpu (default: the first of these that works)")
    .option("--threads <number>", "threads of the engine (default: all cores)", positiveInteger)
    .addOption(progressOption())
    .action((before: string, after: string, options: InterpolateOptions) => interpolateModels(before, after, options));
}

function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("say what may keep a run from learning; the exit code is 1 if something was found")
    .argument("<run>", "folder of a run, which may still be under way")
    .action(async (run: string) => {
      if (!(await doctor(run, (line) => process.stdout.write(`${line}\n`)))) process.exitCode = 1;
    });
}

function addExport(program: Command): void {
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
}
