import { tableFormats } from "@tesserae/benchmarks";
import {
  collect,
  integer,
  nonNegative,
  type Output,
  ownVersion,
  positiveInteger,
  standardOutput,
} from "@tesserae/shared";
import { Command, Option } from "commander";
import { appFolder } from "./app-folder.js";
import { audit } from "./commands/audit.js";
import { check } from "./commands/check.js";
import { addDetectionsCommand } from "./commands/detections.js";
import { diff } from "./commands/diff.js";
import { get } from "./commands/get.js";
import { judge } from "./commands/judge.js";
import { list } from "./commands/list.js";
import { negatives } from "./commands/negatives.js";
import { report } from "./commands/report.js";
import { run } from "./commands/run.js";
import { table } from "./commands/table.js";
import { treeScore } from "./commands/tree-score.js";
import { fillWorldTable } from "./commands/world-table.js";

const dataHelp = "folder with benchmarks' folders (sugarcrepe/, aro/, …) or with the files of one (default: data)";

/** The command line: `list`, `get`, `run`, `judge`, `table`, `check`, `diff`, `report`, `negatives`, `audit`, `tree-score`, `detections`. */
export function createProgram(output: Output = standardOutput()): Command {
  const program = new Command("tesserae-bench")
    .description("Run Tesserae's benchmarks, print the papers' tables, write reports.")
    .version(ownVersion(appFolder))
    .option("--debug", "print stack traces of errors")
    .showHelpAfterError("(see --help)");
  addBenchmarks(program, output);
  addRun(program, output);
  addTables(program, output);
  addComparisons(program, output);
  addNegatives(program, output);
  addAnalysis(program, output);
  addDetectionsCommand(program, output);
  return program;
}

/** `list` and `get`: which benchmarks there are, and their data. */
function addBenchmarks(program: Command, output: Output): void {
  program
    .command("list")
    .description("benchmarks with version, metric, tie rule and whether their data is here; tables")
    .argument("[name]", 'only those whose name begins so, such as "aro", with what they need')
    .option("--data <folder>", dataHelp)
    .option("--images <folder>", "folder with a benchmark's images")
    .option("--here", "only what can be run here")
    .option("--json", "print JSON")
    .action((name, options) => list(name, options, output));

  program
    .command("get")
    .description("download the official files of benchmarks into the data folder, and say what is left to get")
    .argument("<benchmark...>", 'such as "sugarcrepe", "retrieval/coco" or ./my-benchmark.ts')
    .option("--data <folder>", "folder in which every benchmark gets its own", "data")
    .action((names, options) => get(names, options, output));
}

/** `run`: models on benchmarks. */
function addRun(program: Command, output: Output): void {
  program
    .command("run")
    .description("score models and write one result file per benchmark into <run>/results/")
    .argument("<benchmark...>", 'such as "world" (all of it), "world/relation-swap", "sugarcrepe" or ./my-benchmark.ts')
    .requiredOption(
      "--model <model>",
      "a run, a Hugging Face or open_clip folder, owner/name on the hub, transformers:folder or owner/name (ONNX), " +
        "a file of embeddings (.npz, .safetensors, .jsonl), " +
        "a file with a Scorer (./my-scorer.ts), chance, text:shortest or text:longest; repeat it for several",
      collect,
    )
    .option(
      "--limit <items>",
      "score only this many items, drawn with the seed; such results cannot enter a table",
      positiveInteger,
    )
    .option("--seed <number>", "seed of the world's items, of --limit and of the bootstrap", integer, 0)
    .option("--out <folder>", "write to <folder>/<model>/results/ instead")
    .option("--data <folder>", dataHelp)
    .option("--images <folder>", "folder with a benchmark's images")
    .addOption(
      new Option(
        "--missing <policy>",
        "what to do about images that cannot be read; default: as the benchmark says",
      ).choices(["fail", "leave-out"]),
    )
    .option("--policy <name>", "judge by another of the benchmark's policies")
    .option("--batch-size <number>", "images or texts in one run of the model (default: 64)", positiveInteger)
    .option(
      "--cache <folder>",
      "keep embeddings here, by content and weights, for runs that were stopped and for the next ones",
    )
    .option("--device <name>", "cpu, webgpu, cuda, or auto: a GPU where there is one", "cpu")
    .option("--backend <name>", "tensorflow, ort, wasm or cpu; the first of these that works if not given")
    .option("--threads <number>", "threads of the backend", positiveInteger)
    .action(async (names, options) => {
      await run(names, options, output);
    });
}

/** `table` and `check`: results beside published numbers. */
function addTables(program: Command, output: Output): void {
  program
    .command("table")
    .description("print a table: published numbers, and those of results")
    .argument("<name>", 'such as "demo", "mosaiclip/1" or ./my-table.ts')
    .option("--results <folder>", "a folder with runs")
    .addOption(new Option("--format <format>", "output format").choices([...tableFormats]).default("text"))
    .option(
      "--world",
      "fill the table's miniature: train its rows on the synthetic world, where they are missing, and score them",
    )
    .option("--seeds <number>", "with --world: training seeds of every row", positiveInteger, 2)
    .option("--miner <file>", "with --world: one more row, trained on this miner's negatives; repeat it", collect)
    .option("--recipe <file>", "with --world: one more row, trained by this recipe; repeat it", collect)
    .option("--set <key=value>", "with --world: change a flag of every row, such as steps=20; repeat it", collect)
    .option(
      "--backend <name>",
      "with --world: tensorflow, ort, wasm or cpu; the first of these that works if not given",
    )
    .option("--threads <number>", "with --world: threads of the backend", positiveInteger)
    .option(
      "--runs-at-once <number>",
      "with --world: runs that train side by side, each with one thread",
      positiveInteger,
    )
    .option("--plot <file.svg>", "with --world: draw the columns over the rows' places, where they have some")
    .option("--dry-run", "with --world: only say what would be trained")
    .action((name, options) => (options.world ? fillWorldTable(name, options, output) : table(name, options, output)));

  program
    .command("check")
    .description("compare results with what a table expects; the exit code is 1 if anything is outside")
    .argument("<name>", 'such as "demo" or "mosaiclip/1"')
    .option("--results <folder>", "a folder with runs")
    .option(
      "--tolerance <points>",
      "percentage points by which a number may differ from the published one",
      nonNegative,
      1,
    )
    .option("--world", "check the table's miniature: which of the orders that the paper reports hold there")
    .option("--json", "print JSON")
    .action(async (name, options) => {
      if (!(await check(name, options, output))) process.exitCode = 1;
    });
}

/** `tree-score`: an analysis of text towers. */
function addAnalysis(program: Command, output: Output): void {
  program
    .command("tree-score")
    .description(
      "how tree-like models read captions (Murty et al. 2023), as MosaiCLIP's analysis compares them; no image is needed",
    )
    .argument("<captions>", 'a file of captions (text, JSON lines, COCO), or "world"')
    .requiredOption("--model <model>", "what `run --model` takes; repeat it", collect)
    .option("--limit <captions>", "only the first captions", positiveInteger)
    .option("--batch-size <number>", "texts in one run of the model (default: 64)", positiveInteger)
    .option("--backend <name>", "tensorflow, ort, wasm or cpu; the first of these that works if not given")
    .option("--threads <number>", "threads of the backend", positiveInteger)
    .action((path, options) => treeScore(path, options, output));
}

/** `diff`, `judge` and `report`: what results say beside one another. */
function addComparisons(program: Command, output: Output): void {
  program
    .command("diff")
    .description("paired test of two result files, or of two runs")
    .argument("<a>", "result file or run folder")
    .argument("<b>", "result file or run folder")
    .option("--json", "print JSON")
    .action((a, b, options) => diff(a, b, options, output));

  program
    .command("judge")
    .description("judge the predictions of results by every policy of their benchmarks, without running a model")
    .argument("<results>", "result file or folder with runs")
    .option("--benchmark <file>", "file of a benchmark of your own; repeat it", collect)
    .action((path, { benchmark = [] }) => judge(path, benchmark, output));

  program
    .command("report")
    .description("write one HTML file with the table, curves and examples of all runs below a folder")
    .argument("<folder>", "a folder with runs, such as runs/demo")
    .option("--table <name>", "the table to show", "demo")
    .option("--images <folder>", "folder with the benchmark's images, for the examples")
    .option("--out <file>", "where to write it (default: <folder>/report.html)")
    .action(async (folder, options) => {
      await report(folder, options, output);
    });
}

/** `negatives` and `audit`: what miners find in captions. */
function addNegatives(program: Command, output: Output): void {
  program
    .command("negatives")
    .description("what every miner finds in captions: coverage, violations of the guarantee, rejects by reason")
    .argument(
      "<captions...>",
      'files of captions (text, JSON lines, COCO, NegCLIP\'s table, whose own negatives are compared), or "world"',
    )
    .option("--miner <name>", "one more miner: a file such as ./my-miner.ts or a package; repeat it", collect)
    .option("--limit <captions>", "only the first captions of each file", positiveInteger)
    .option("--seed <number>", "seed of the miners", integer, 0)
    .option("--examples <number>", "examples printed of each kind", positiveInteger, 8)
    .action((paths, options) => negatives(paths, options, output));

  program
    .command("audit")
    .description(
      "how well text alone tells miners' negatives from the captions, and what refinement leaves; writes a page",
    )
    .argument("<captions>", 'a file of captions, or "world"')
    .option("--miner <name>", "one more miner: a file such as ./my-miner.ts or a package; repeat it", collect)
    .option(
      "--benchmark <name>",
      "audit a benchmark of two captions an item too, such as sugarcrepe; repeat it",
      collect,
    )
    .option("--data <folder>", dataHelp)
    .option("--limit <captions>", "only the first captions", positiveInteger)
    .option("--seed <number>", "seed of the miners and of the choice among their negatives", integer, 0)
    .option("--out <file>", "the page", "runs/audit.html")
    .action((path, options) => audit(path, options, output));
}
