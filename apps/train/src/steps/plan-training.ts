import { existsSync } from "node:fs";
import { createClip } from "@tesserae/models";
import { openData } from "../data/open-data.js";
import type { Objective } from "../objective/objective.js";
import type { CommonFlags } from "../recipe/common-flags.js";
import type { Artefacts, StepPlan } from "./step.js";
import type { TrainStepOptions } from "./train-options.js";

/** Numbers that are held for each trained weight: itself, its gradient, two moments, and the update at work. */
const numbersAWeight = 5;
/** Numbers that are held for each number of a layer's output, for its gradient: those of an attention block (measured). */
const numbersAnActivation = 16;
/** Bytes of the process before a model is made: Node.js, the engine, the words (measured). */
const baseBytes = 300 * 2 ** 20;
/** Tokens that a text has on average (design: captions about 12, sub-graphs about 5). */
const tokensOf = { caption: 14, other: 8 };

/** What a training would do: steps, texts an image, memory, and what is missing for it. */
export async function planTraining(
  flags: CommonFlags,
  artefacts: Artefacts,
  objective: Objective,
  { texts, stages = [], knowledge }: TrainStepOptions,
): Promise<StepPlan> {
  const missing: string[] = [];
  if (flags.data !== "world" && !existsSync(flags.data))
    missing.push(`data ${flags.data}: no such file or folder; ${dataSource(flags.data)}`);
  if (flags.pretrained !== undefined && artefacts.model === undefined && !existsSync(flags.pretrained)) {
    missing.push(
      `pretrained ${flags.pretrained}: not here; it is fetched from the hub by that name, or give a folder (--set pretrained=<folder>)`,
    );
  }
  if (flags.textTower !== undefined && !existsSync(flags.textTower)) {
    missing.push(
      `textTower ${flags.textTower}: not here; it is fetched from the hub by that name (its licence has to be accepted there), or give a folder`,
    );
  }
  if (knowledge?.from !== undefined && !existsSync(knowledge.from)) {
    missing.push(
      `knowledgeFrom ${knowledge.from}: not here; it is fetched from the hub by that name, or give a folder of a BERT (--set knowledgeFrom=<folder>; empty: fresh weights)`,
    );
  }
  const images = missing.some((line) => line.startsWith("data"))
    ? undefined
    : (await openData(flags)).train.samples.length;
  const perEpoch = images === undefined ? undefined : Math.floor(images / Math.min(flags.batchSize, images));
  const steps = flags.steps ?? (perEpoch === undefined ? undefined : Math.max(1, Math.round(flags.epochs! * perEpoch)));
  const positives = texts?.max.positives ?? 1;
  const negatives = texts?.max.negatives ?? 0;
  const lines = [
    `train: ${objective.name}, ${steps === undefined ? `${flags.epochs} epochs` : `${steps} steps`} of ${flags.batchSize} images${flags.accumFreq > 1 ? ` in ${flags.accumFreq} parts` : ""}, lr ${flags.lr}, ${flags.schedule} after ${flags.warmup} steps of warm-up, weight decay ${flags.wd}`,
    `texts an image: at most ${positives} positive and ${negatives} negative${stages.map(({ share, max = {} }) => `; ${100 * share} % of the steps with ${max.positives ?? positives} / ${max.negatives ?? negatives} sub-graphs`).join("")}`,
    `memory: about ${gibibytes(estimate(flags, positives + negatives))}`,
  ];
  if (images !== undefined) lines.push(`data: ${images} images to train on`);
  return { lines, missing };
}

/** Peak bytes of a step: weights with gradient and moments, and what the two towers keep for the backward pass. */
function estimate(flags: CommonFlags, textsAnImage: number): number {
  const { weights, vision, text } = sizes(flags);
  const images = flags.batchSize / flags.accumFreq;
  const words = tokensOf.caption + Math.max(0, textsAnImage - 1) * tokensOf.other;
  const activations =
    images * (vision.tokens * vision.width * vision.layers + words * text.width * text.layers) * numbersAnActivation;
  const logits = 6 * flags.batchSize * flags.batchSize * textsAnImage;
  return baseBytes + 4 * (weights * numbersAWeight + activations + logits);
}

/** Sizes of OpenAI's ViT-B/32, for a pre-trained model that is not opened here. */
const vitB32 = {
  weights: 151_277_313,
  vision: { tokens: 50, width: 768, layers: 12 },
  text: { width: 512, layers: 12 },
};

/** Counted on a model of these sizes, which is made and freed: an engine must have been chosen. */
function sizes({ pretrained, model }: CommonFlags): typeof vitB32 {
  if (pretrained !== undefined) return vitB32;
  const vision = model.vision as { imageSize?: number; patchSize?: number; width?: number; layers?: unknown };
  const text = model.text as { width?: number; layers?: number; vocabSize: number };
  const clip = createClip({ ...model, vision, text } as Parameters<typeof createClip>[0], { rng: () => 0.5 });
  const weights = [...clip.variables.values()].reduce((sum, { size }) => sum + size, 0);
  clip.dispose();
  const side = Math.ceil((vision.imageSize ?? 224) / (vision.patchSize ?? 32));
  return {
    weights,
    vision: {
      tokens: side * side + 1,
      width: vision.width ?? 512,
      layers: depthOf(vision.layers),
    },
    text: { width: text.width ?? 512, layers: text.layers ?? 12 },
  };
}

/** Blocks of a tower, which come in stages where a list says how many each has. */
function depthOf(layers: unknown): number {
  if (Array.isArray(layers)) return (layers as number[]).reduce((sum, count) => sum + count, 0);
  return typeof layers === "number" ? layers : 12;
}

function gibibytes(bytes: number): string {
  return bytes < 2 ** 30 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

/** Where the papers' data comes from. */
const sources: Readonly<Record<string, string>> = {
  coco: "COCO 2014 with Karpathy's split (cocodataset.org), or NegCLIP's TSV (github.com/mertyg/vision-language-models-are-bows)",
  cc3m: "Conceptual Captions 3M as WebDataset shards (made by img2dataset from the published list of addresses)",
  "cc-ft": "100,000 pairs of Conceptual 12M as WebDataset shards (the paper's choice of them is not published)",
  "yfcc-ft": "100,000 pairs of YFCC-15M as WebDataset shards (the paper's choice of them is not published)",
  cc12m: "Conceptual 12M as WebDataset shards (made by img2dataset from the published list of addresses)",
  yfcc: "YFCC-15M as WebDataset shards (CLIP's subset of YFCC100M)",
};

function dataSource(data: string): string {
  const source = sources[data];
  return source === undefined
    ? "give the path of a folder or file (--set data=<path>)"
    : `get ${source} and give its path (--set data=<path>)`;
}
