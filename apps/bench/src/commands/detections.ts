import { readFile, writeFile } from "node:fs/promises";
import {
  DetectionError,
  type DetectionGroundTruth,
  type DetectionProtocol,
  type DetectionResult,
  detectionProtocols,
  evaluateDetections,
  parseCocoJson,
} from "@tesserae/benchmarks/detection";
import { type Output, textTable } from "@tesserae/shared";
import { type Command, Option } from "commander";
import { BenchError } from "../bench-error.js";

export interface DetectionsOptions {
  /** Default: lvis where the ground truth lists negative categories, coco elsewhere. */
  readonly protocol?: DetectionProtocol | undefined;
  /** Prints the scores of every category too. */
  readonly categories?: boolean | undefined;
  /** Where to write everything as JSON. */
  readonly out?: string | undefined;
}

/** Registers `detections`. */
export function addDetectionsCommand(program: Command, output: Output): void {
  program
    .command("detections")
    .description("score boxes as pycocotools or lvis-api do, and tell what is wrong with the files")
    .argument("<ground-truth>", "COCO's or LVIS's annotations, such as instances_val2017.json")
    .argument("<detections>", "COCO's list of results: image_id, category_id, bbox, score")
    .addOption(
      new Option("--protocol <name>", "default: lvis where the images list negative categories, else coco").choices([
        ...detectionProtocols,
      ]),
    )
    .option("--categories", "print the scores of every category too")
    .option("--out <file>", "write everything as JSON")
    .action((truth, found, options) => detections(truth, found, options, output));
}

/** Prints the scores of a file of detections, and the problems of both files. */
export async function detections(
  groundTruthPath: string,
  detectionsPath: string,
  options: DetectionsOptions,
  output: Output,
): Promise<void> {
  try {
    const truth = parseCocoJson(await readText(groundTruthPath), groundTruthPath, "ground truth");
    const found = parseCocoJson(await readText(detectionsPath), detectionsPath, "detections");
    const protocol = options.protocol ?? protocolOf(truth);
    const result = evaluateDetections(truth, found, { protocol });
    printResult(result, options.categories === true, output);
    if (options.out !== undefined) await writeFile(options.out, `${JSON.stringify(result, undefined, 2)}\n`);
  } catch (error) {
    throw error instanceof DetectionError ? new BenchError(error.message) : error;
  }
}

function protocolOf({ images }: DetectionGroundTruth): DetectionProtocol {
  return Array.isArray(images) && images.some((image) => image?.neg_category_ids !== undefined) ? "lvis" : "coco";
}

function printResult(result: DetectionResult, withCategories: boolean, output: Output): void {
  const { protocol, metrics, categories, counts, problems } = result;
  const percent = (value: number): string => (value === -1 ? "-" : (value * 100).toFixed(1));
  output.print(
    `${protocol}: ${counts.annotationsUsed} of ${counts.annotations} annotations and ${counts.detectionsUsed} of ` +
      `${counts.detections} detections, ${counts.images} images; in percent, - where nothing can be measured`,
  );
  output.print(textTable(Object.keys(metrics), [Object.values(metrics).map(percent)]));
  if (withCategories) {
    const rows = categories.map(({ name, objects, AP, AP50, AP75, AR }) => [
      name,
      String(objects),
      ...[AP, AP50, AP75, AR].map(percent),
    ]);
    output.print(`\n${textTable(["category", "objects", "AP", "AP50", "AP75", "AR"], rows)}`);
  }
  for (const { where, count, leftOut, message, examples } of problems) {
    output.print(`\n${where}: ${count} ${leftOut ? "left out" : "kept"}: ${message}`);
    for (const example of examples) output.print(`  ${example}`);
    if (count > examples.length) output.print(`  and ${count - examples.length} more`);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new BenchError(`${path}: there is no such file`);
    if (code === "EISDIR") throw new BenchError(`${path}: is a folder; a JSON file is expected`);
    if (code === "ERR_STRING_TOO_LONG")
      throw new BenchError(`${path}: is larger than one string of Node can be (512 MB)`);
    throw new BenchError(`${path}: cannot be read (${(error as Error).message})`);
  }
}
