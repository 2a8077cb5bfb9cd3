import { existsSync } from "node:fs";
import type { Dataset } from "@tesserae/data";
import { createClip, loadClip } from "@tesserae/models";
import { keptBytes } from "../data/image-store.js";
import { openData } from "../data/open-data.js";
import { modelFolder } from "../loop/start-model.js";
import type { Objective } from "../objective/objective.js";
import type { CommonFlags } from "../recipe/common-flags.js";
import { estimateMemory } from "./estimate-memory.js";
import type { Artefacts, StepPlan } from "./step.js";
import type { TrainStepOptions } from "./train-options.js";

/** What a training would do: steps, texts an image, memory, and what is missing for it. */
export async function planTraining(
  flags: CommonFlags,
  artefacts: Artefacts,
  objective: Objective,
  { texts, stages = [], knowledge }: TrainStepOptions,
): Promise<StepPlan> {
  const missing: string[] = [];
  const fetched: string[] = [];
  if (flags.data !== "world" && !existsSync(flags.data))
    missing.push(`data ${flags.data}: no such file or folder; ${dataSource(flags.data)}`);
  if (flags.pretrained !== undefined && artefacts.model === undefined && !existsSync(flags.pretrained)) {
    fetched.push(
      `pretrained ${flags.pretrained}: not here; it is fetched from the hub by that name, or give a folder (--set pretrained=<folder>)`,
    );
  }
  if (flags.textTower !== undefined && !existsSync(flags.textTower)) {
    fetched.push(
      `textTower ${flags.textTower}: not here; it is fetched from the hub by that name (its licence has to be accepted there), or give a folder`,
    );
  }
  if (knowledge?.from !== undefined && !existsSync(knowledge.from)) {
    fetched.push(
      `knowledgeFrom ${knowledge.from}: not here; it is fetched from the hub by that name, or give a folder of a BERT (--set knowledgeFrom=<folder>; --set 'knowledgeFrom=""': fresh weights)`,
    );
  }
  const data = missing.length > 0 ? undefined : (await openData(flags)).train;
  const images = data?.samples.length;
  const perEpoch = images === undefined ? undefined : Math.floor(images / Math.min(flags.batchSize, images));
  const steps = flags.steps ?? (perEpoch === undefined ? undefined : Math.max(1, Math.round(flags.epochs! * perEpoch)));
  const positives = texts?.max.positives ?? 1;
  const negatives = texts?.max.negatives ?? 0;
  const perStep = Math.min(flags.batchSize, images ?? flags.batchSize);
  const factors = {
    ...(await sizesOf(flags)),
    images: objective.companion === undefined ? perStep : 2 * perStep,
    textsAnImage: positives + negatives,
    parts: flags.accumFreq,
    keptImages: data === undefined ? 0 : await keptImageBytes(data, flags),
  };
  const lines = [
    `train: ${objective.name}, ${steps === undefined ? `${flags.epochs} epochs` : `${steps} steps`} of ${flags.batchSize} images${flags.accumFreq > 1 ? ` in ${flags.accumFreq} parts` : ""}, lr ${flags.lr}, ${flags.schedule} after ${flags.warmup} steps of warm-up, weight decay ${flags.wd}`,
    `texts an image: at most ${positives} positive and ${negatives} negative${stages.map(({ share, max = {} }) => `; ${100 * share} % of the steps with ${max.positives ?? positives} / ${max.negatives ?? negatives} sub-graphs`).join("")}`,
    `memory: about ${gibibytes(estimateMemory(factors))}; more with threads that make batches`,
  ];
  if (images !== undefined) lines.push(`data: ${images} images to train on`);
  return { lines, missing, fetched };
}

/** Images that are decoded to learn how large they are. */
const someImages = 8;

/** Bytes of the images that a training keeps: whole where they are cropped at random, else of the model's size, which is little. */
async function keptImageBytes({ samples, loadImage }: Dataset, { cropScale }: CommonFlags): Promise<number> {
  if (cropScale === 1) return 0;
  const sizes: number[] = [];
  for (const { image } of samples.slice(0, someImages)) {
    const bytes = await loadImage(image).then(
      ({ data }) => data.length,
      () => undefined,
    );
    if (bytes !== undefined) sizes.push(bytes);
  }
  const mean = sizes.reduce((sum, bytes) => sum + bytes, 0) / Math.max(1, sizes.length);
  return Math.min(keptBytes, mean * samples.length);
}

/** Sizes of OpenAI's ViT-B/32, for a pre-trained model that is not here. */
const vitB32 = {
  weights: 151_277_313,
  vision: { tokens: 50, width: 768, layers: 12 },
  text: { width: 512, layers: 12 },
};

/** Counted on the model, which is made or loaded, and freed: an engine must have been chosen. */
async function sizesOf({ pretrained, model }: CommonFlags): Promise<typeof vitB32> {
  if (pretrained !== undefined && !existsSync(pretrained)) return vitB32;
  const clip =
    pretrained === undefined
      ? createClip(model as unknown as Parameters<typeof createClip>[0], { rng: () => 0.5 })
      : (await loadClip(await modelFolder(pretrained))).clip;
  const vision = clip.config.vision as { imageSize?: number; patchSize?: number; width?: number; layers?: unknown };
  const text = clip.config.text as { width?: number; layers?: number };
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
  "train_neg_clip.tsv":
    "NegCLIP's TSV (github.com/mertyg/vision-language-models-are-bows) and COCO's images (--set images=<folder>)",
  recaptioned: "image-text pairs with descriptions by `train recaption` (the paper's recaptions are not published)",
};

function dataSource(data: string): string {
  const source = sources[data];
  return source === undefined
    ? "give the path of a folder or file (--set data=<path>)"
    : `get ${source} and give its path (--set data=<path>)`;
}
