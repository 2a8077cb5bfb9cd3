import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { Source } from "../benchmark/source.js";
import type { AnnotatedImage } from "../detection/annotations.js";
import { cocoBaseClasses, cocoNovelClasses } from "../detection/coco-classes.js";
import { parseCocoJson } from "../detection/parse-coco-json.js";
import type { DetectionProtocol } from "../detection/protocol.js";
import type { ZeroShotOptions } from "../detection/zero-shot-detections.js";
import { type DetectionData, type DetectionItem, detectionFamily } from "../families/detection.js";
import { strictPolicy } from "../families/policy.js";
import { parseJson } from "../formats/parse-json.js";

const proposalFile = "proposals.json";
const templateFile = "templates.txt";

const proposalSchema = z.array(
  z.object({
    image_id: z.union([z.number(), z.string()]),
    bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    score: z.number().optional(),
  }),
);

interface DetectionSet {
  readonly protocol: DetectionProtocol;
  readonly file: string;
  readonly headline: string;
  readonly what: string;
  readonly citation: string;
  /** Names of the categories that are asked about; default: all. */
  readonly classes?: readonly string[];
}

const sets: readonly DetectionSet[] = [
  {
    protocol: "coco",
    file: "annotations/instances_val2017.json",
    headline: "AP50",
    what: "COCO val2017, the 48 base and 17 novel classes of the zero-shot split",
    citation: "Lin et al., COCO, ECCV 2014; Zhong et al., RegionCLIP, CVPR 2022 (protocol)",
    classes: [...cocoBaseClasses, ...cocoNovelClasses],
  },
  {
    protocol: "lvis",
    file: "annotations/lvis_v1_val.json",
    headline: "AP",
    what: "LVIS v1 val, all 1203 categories",
    citation: "Gupta et al., LVIS, CVPR 2019; Zhong et al., RegionCLIP, CVPR 2022 (protocol)",
  },
];

/**
 * `detection/coco` and `detection/lvis`: the official annotations, scored by their own protocols.
 *
 * @param suppress `nonMaximumSuppression` of `@tesserae/region-mapper`.
 */
export function detectionBenchmarks(
  suppress: ZeroShotOptions["suppress"],
): readonly BenchmarkDefinition<DetectionData>[] {
  return sets.map((set) =>
    defineBenchmark({
      name: `detection/${set.protocol}`,
      version: "1",
      family: detectionFamily(set.protocol, suppress),
      policy: { ...strictPolicy, name: `${set.protocol} protocol` },
      headline: set.headline,
      split: "val",
      sampleCount: null,
      folder: set.protocol,
      files: [{ path: set.file }, { path: proposalFile, optional: true }, { path: templateFile, optional: true }],
      images: set.protocol,
      needs:
        `${set.file} (${set.what}) and its photos; then a file of detections as --model, or a model, which labels the boxes of ` +
        `${proposalFile} (COCO's result format without categories, the score being the objectness), else the true boxes. ${templateFile} ` +
        'has prompts, one a line with {c} for the class; default "a photo of a {c}."',
      citation: set.citation,
      licence: "CC BY 4.0 (annotations); photos: per photo",
      read: (source) => readSet(source, set),
    }),
  );
}

async function readSet(source: Source, { file, classes }: DetectionSet): Promise<DetectionData> {
  const groundTruth = parseCocoJson(await source.text(file), file, "ground truth");
  for (const list of ["images", "annotations", "categories"] as const) {
    if (!Array.isArray(groundTruth[list])) throw new BenchmarkError(`${file}: has no list "${list}"`);
  }
  const beside = await source.files("");
  const hasProposals = beside.includes(proposalFile);
  const proposals: z.infer<typeof proposalSchema> = hasProposals
    ? parseJson(await source.text(proposalFile), proposalSchema, proposalFile, "boxes in COCO's result format")
    : groundTruth.annotations
        .filter(({ bbox }) => bbox?.length === 4)
        .map(({ image_id, bbox }) => ({ image_id, bbox: bbox as unknown as [number, number, number, number] }));
  const byImage = new Map<number | string, DetectionItem["proposals"][number][]>();
  for (const { image_id, bbox, score } of proposals) {
    const own = byImage.get(image_id) ?? [];
    own.push({ box: bbox, ...(score !== undefined && { objectness: score }) });
    byImage.set(image_id, own);
  }
  const templates = beside.includes(templateFile)
    ? (await source.text(templateFile)).split(/\r?\n/).filter((line) => line.includes("{c}"))
    : ["a photo of a {c}."];
  return {
    groundTruth,
    classes: groundTruth.categories
      .filter(({ name }) => classes === undefined || classes.includes(name ?? ""))
      .map(({ id, name = String(id) }) => ({
        ...{ id, name },
        prompts: templates.map((template) => template.replaceAll("{c}", name.replaceAll("_", " "))),
      })),
    items: groundTruth.images.map((image) => ({
      id: image.id,
      image: source.image(pathOf(image)),
      proposals: byImage.get(image.id) ?? [],
    })),
    trueBoxes: !hasProposals,
  };
}

/** COCO's file name below its split, or LVIS's address, whose last two parts are split and name. */
function pathOf(image: AnnotatedImage): string {
  const { file_name: name, coco_url: address } = image as { readonly file_name?: string; readonly coco_url?: string };
  if (address !== undefined) return address.split("/").slice(-2).join("/");
  return name === undefined ? `${image.id}.jpg` : `val2017/${name}`;
}
