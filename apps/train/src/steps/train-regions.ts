import { readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { saveClip } from "@tesserae/models";
import { weightsRevision } from "@tesserae/models/node";
import { parseRegionPairs, type RegionPairs } from "@tesserae/region-mapper";
import { seededRng } from "@tesserae/scene-graph/random";
import { writeFileAtomic } from "@tesserae/shared";
import { pairsOf } from "../regions/assign-regions.js";
import { detectRegions, type RegionDetection } from "../regions/detect-regions.js";
import { evaluateRegions } from "../regions/evaluate-regions.js";
import { openRegionData, type RegionDataOptions } from "../regions/open-region-data.js";
import { createPixelStore } from "../regions/pixel-store.js";
import type { RegionData } from "../regions/region-sample.js";
import { retrievalResult } from "../regions/retrieval-result.js";
import { type RegionModel, startRegionModel } from "../regions/start-region-model.js";
import { trainOnPairs } from "../regions/train-on-pairs.js";
import { TrainError } from "../train-error.js";
import { planRegions } from "./plan-regions.js";
import type { Step, StepContext, StepResult } from "./step.js";
import { stepSupport } from "./step-support.js";
import type { TrainRegionsOptions } from "./train-regions-options.js";

/** ViLLA's stage 2: trains on region-attribute pairs and whole images, then measures retrieval between test regions and attributes. */
export function trainRegions(options: TrainRegionsOptions): Step {
  const { name, ...made } = options;
  return {
    name,
    version: "1",
    options: { ...made, data: { ...made.data } },
    plan: ({ flags }) => planRegions(flags, options),
    run: (context) => run(context, options),
  };
}

async function run(context: StepContext, options: TrainRegionsOptions): Promise<StepResult> {
  const { flags, folder, progress } = context;
  const data = await openRegionData(options.data, "train");
  await context.confirm("data", data.revision);
  for (const problem of data.problems ?? []) progress.note(problem);
  const pairs =
    options.pairs === "image"
      ? pairsOf(data, "image", { rng: seededRng("pairs", flags.seed) }).pairs
      : await readPairs(context, data);
  const model = await startRegionModel(flags, data);
  const { imageSize } = model.clip.towers.image;
  try {
    const length = { steps: stepsOf(context, data.samples.length), batchSize: flags.batchSize };
    const traces = await trainOnPairs(model, data.samples, pairs, await createPixelStore(data, imageSize), {
      ...length,
      learningRate: flags.lr,
      warmup: flags.warmup,
      weightDecay: flags.wd,
      multiPositive: options.multiPositive,
      seed: ["batches", flags.seed, options.name],
      ...(await stepSupport(context, options.name, length)),
    });
    const path = join(folder, "model");
    await saveClip(model.clip, model.tokenizer, path);
    const { complexity, testComplexity, photos, regions } = options.data;
    const ofComplexity = photos === "" && regions === "docmnist";
    const revision = await weightsRevision(model.clip);
    const measured = [];
    for (const target of ofComplexity ? new Set([testComplexity, complexity]) : [undefined]) {
      const test = await openRegionData(options.data, "test", target);
      const scores = await evaluateRegions(model, test, await createPixelStore(test, imageSize));
      measured.push({
        ...(target === undefined ? {} : { complexity: target }),
        images: test.samples.length,
        ...scores,
      });
      await writeResult(context, revision, test, target, scores);
      progress.note(
        `${options.name}, test images${target === undefined ? "" : ` of complexity ${target}`}: ${describe(scores)}`,
      );
    }
    const detection = await detect(context, options.data, model, imageSize);
    await writeFileAtomic(join(folder, "retrieval.json"), `${JSON.stringify(measured)}\n`);
    return {
      artefacts: { model: relative(context.run, path) },
      record: {
        images: data.samples.length,
        ...length,
        traces,
        dataRevision: data.revision,
        retrieval: measured.map(({ textToRegion, regionToText, images: _, ...of }) => ({
          ...of,
          textToRegion: textToRegion.rPrecision,
          regionToText: regionToText.rPrecision,
          chance: textToRegion.chance,
        })),
        ...(detection === undefined ? {} : { detection }),
      },
    };
  } finally {
    model.clip.dispose();
  }
}

/** Fewest boxes, in all photos, of a category that zero-shot detection looks for. */
const fewestBoxes = 20;

/** Zero-shot detection on the test images, where the data has categories. */
async function detect(
  { folder, progress }: StepContext,
  data: RegionDataOptions,
  model: RegionModel,
  imageSize: number,
): Promise<Pick<RegionDetection, "AP50" | "chance"> | undefined> {
  const test = await openRegionData(data, "test");
  const parts = [test, await openRegionData(data, "train"), await openRegionData(data, "val")];
  const counts = new Map<string, number>();
  for (const { samples } of parts) {
    for (const name of samples.flatMap(({ categories = [] }) => categories)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const names = [...counts].filter(([, count]) => count >= fewestBoxes).map(([name]) => name);
  if (names.length === 0) return undefined;
  const found = await detectRegions(model, test, await createPixelStore(test, imageSize), names.sort());
  await writeFileAtomic(join(folder, "detection.json"), `${JSON.stringify(found, undefined, 2)}\n`);
  const { AP50, chance, boxes } = found;
  const percent = (value: number): string => (100 * value).toFixed(1);
  progress.note(
    `zero-shot detection, true boxes as proposals: AP50 ${percent(AP50)}, chance ${percent(chance)} (${names.length} categories, ${boxes} boxes of ${test.samples.length} test images)`,
  );
  return { AP50, chance };
}

/** The result that tables take: of the run's last model, so each step writes it anew. */
async function writeResult(
  { run, name, flags }: StepContext,
  revision: string,
  test: RegionData,
  complexity: number | undefined,
  scores: Awaited<ReturnType<typeof evaluateRegions>>,
): Promise<void> {
  const { benchmark, ...result } = retrievalResult(test, complexity, scores, {
    name: basename(run),
    revision,
    method: name,
    seed: flags.seed,
  });
  const folder = join(run, "results");
  const text = `${JSON.stringify({ benchmark, ...result })}\n`;
  await writeFileAtomic(join(folder, `${benchmark.replaceAll("/", "-")}.json`), text);
}

function describe({ textToRegion, regionToText }: Awaited<ReturnType<typeof evaluateRegions>>): string {
  const percent = (value: number): string => (100 * value).toFixed(1);
  return `R-Precision text to region ${percent(textToRegion.rPrecision)}, region to text ${percent(regionToText.rPrecision)}, chance ${percent(textToRegion.chance)}`;
}

function stepsOf({ flags }: StepContext, images: number): number {
  return flags.steps ?? Math.max(1, Math.round((flags.epochs! * images) / Math.min(flags.batchSize, images)));
}

async function readPairs({ artefacts, run }: StepContext, data: RegionData): Promise<readonly RegionPairs[]> {
  if (artefacts.pairs === undefined) {
    throw new TrainError("train: there are no region-attribute pairs; put assignRegions() before it");
  }
  const path = join(run, artefacts.pairs);
  const lines = (await readFile(path, "utf8")).split("\n").filter(Boolean);
  const pairs = lines.map((line, index) => parseRegionPairs(line, `${path}:${index + 1}`));
  const wrong = data.samples.findIndex(({ image }, index) => pairs[index]?.image !== image);
  if (wrong >= 0 || pairs.length !== data.samples.length) {
    throw new TrainError(`${path}: is of other images than the data; run the steps before it again (--overwrite)`);
  }
  return pairs;
}
