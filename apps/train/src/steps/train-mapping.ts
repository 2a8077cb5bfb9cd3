import { readFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { loadClip } from "@tesserae/models";
import { chooseEpsilon, formatRegionPairs } from "@tesserae/region-mapper";
import { seededRng } from "@tesserae/scene-graph/random";
import { writeFileAtomic } from "@tesserae/shared";
import { type PairSource, pairsOf, validationImages } from "../regions/assign-regions.js";
import { drawPairs } from "../regions/draw-pairs.js";
import { embedAllRegions, embedAttributes } from "../regions/embed-regions.js";
import { openRegionData, type RegionDataOptions } from "../regions/open-region-data.js";
import { createPixelStore } from "../regions/pixel-store.js";
import { mappingScoresOf, trainMapping as train } from "../regions/train-mapping.js";
import { TrainError } from "../train-error.js";
import type { Step, StepContext, StepResult } from "./step.js";
import { stepSupport } from "./step-support.js";

/** Options of {@link trainMapping}. */
export interface TrainMappingStepOptions {
  readonly data: RegionDataOptions;
  readonly heads: "per-attribute" | "shared";
  readonly variant: "formula" | "code";
  readonly steps: number;
  readonly batchSize: number;
  readonly lr: number;
}

/** How well every region of the training and validation images shows every attribute. */
interface ScoreFile {
  readonly train: number[][][];
  readonly val: number[][][];
}

/** ViLLA's stage 1: learns which region shows which attribute, over the frozen model of the step before; writes all scores. */
export function trainMapping(options: TrainMappingStepOptions): Step {
  return {
    name: "mapping",
    version: "1",
    options: { ...options, data: { ...options.data } },
    run: (context) => runMapping(context, options),
  };
}

async function runMapping(context: StepContext, options: TrainMappingStepOptions): Promise<StepResult> {
  const { artefacts, run, folder, flags } = context;
  if (artefacts.model === undefined) throw new TrainError("mapping: there is no model before it to embed regions with");
  const { clip, tokenizer } = await loadClip(
    isAbsolute(artefacts.model) ? artefacts.model : join(run, artefacts.model),
  );
  const [data, validation] = [await openRegionData(options.data, "train"), await openRegionData(options.data, "val")];
  await context.confirm("data", [data.revision, validation.revision]);
  const { imageSize } = clip.towers.image;
  const embed = async (of: typeof data) => embedAllRegions(clip, of.samples, await createPixelStore(of, imageSize));
  const attributes = embedAttributes(clip, tokenizer, data.attributes, data.prompts);
  try {
    const input = { regions: await embed(data), attributes };
    const model = await train(data, input, {
      heads: options.heads,
      variant: options.variant,
      steps: options.steps,
      batchSize: options.batchSize,
      learningRate: options.lr,
      rng: seededRng("mapping", flags.seed),
      seed: ["mapping batches", flags.seed],
      ...(await stepSupport(context, "mapping", options)),
    });
    const scores: ScoreFile = {
      train: mappingScoresOf(model, input),
      val: mappingScoresOf(model, { regions: await embed(validation), attributes }),
    };
    model.dispose();
    const path = join(folder, "scores.json");
    await writeFileAtomic(path, `${JSON.stringify(scores)}\n`);
    return { artefacts: { mapping: relative(run, path) } };
  } finally {
    attributes.dispose();
    clip.dispose();
  }
}

/** Options of {@link assignRegions}. */
export interface AssignRegionsOptions {
  readonly data: RegionDataOptions;
  readonly source: Exclude<PairSource, "image">;
  /** 0: chosen on the validation images. */
  readonly epsilon: number;
}

/** Images whose pairs are drawn. */
const drawnImages = 24;

/** Gives attributes to regions and writes the pairs as lines of JSON, and some of them as a page to look at (`pairs.html`). */
export function assignRegions(options: AssignRegionsOptions): Step {
  return {
    name: "assign",
    version: "1",
    options: { ...options, data: { ...options.data } },
    run: (context) => runAssign(context, options),
  };
}

async function runAssign(
  { artefacts, run, folder, flags, progress }: StepContext,
  options: AssignRegionsOptions,
): Promise<StepResult> {
  const data = await openRegionData(options.data, "train");
  const rng = seededRng("pairs", flags.seed);
  const scores = options.source === "mapping" ? await readScores(artefacts.mapping, run) : undefined;
  const chosen =
    scores === undefined
      ? undefined
      : chooseEpsilon(
          validationImages(await openRegionData(options.data, "val"), scores.val),
          options.epsilon === 0 ? {} : { candidates: [options.epsilon] },
        );
  const given = scores === undefined ? { rng } : { rng, scores: scores.train, epsilon: chosen!.epsilon };
  const { pairs, unnamed } = pairsOf(data, options.source, given);
  const path = join(folder, "pairs.jsonl");
  await writeFileAtomic(path, `${pairs.map(formatRegionPairs).join("\n")}\n`);
  await writeFileAtomic(join(folder, "pairs.html"), await drawPairs(data, pairs, drawnImages));
  if (chosen !== undefined) {
    const best = chosen.curve.find(({ epsilon }) => epsilon === chosen.epsilon)!;
    progress.note(
      `assign: epsilon ${chosen.epsilon}, mapping F1 ${(100 * best.f1).toFixed(1)} on the validation images`,
    );
  }
  return {
    artefacts: { pairs: relative(run, path) },
    record: { source: options.source, unnamed, ...(chosen === undefined ? {} : chosen) },
  };
}

async function readScores(path: string | undefined, run: string): Promise<ScoreFile> {
  if (path === undefined)
    throw new TrainError("assign: there are no scores of a mapping model; put trainMapping() before it");
  return JSON.parse(await readFile(join(run, path), "utf8")) as ScoreFile;
}
