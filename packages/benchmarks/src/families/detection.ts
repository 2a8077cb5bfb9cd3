import { z } from "zod";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { ImageRef } from "../benchmark/image-ref.js";
import type { Similarity } from "../benchmark/similarity.js";
import type { Detection, DetectionGroundTruth } from "../detection/annotations.js";
import { evaluateDetections } from "../detection/evaluate-detections.js";
import type { DetectionProtocol } from "../detection/protocol.js";
import { zeroShotSplitScores } from "../detection/split-scores.js";
import { type ZeroShotOptions, zeroShotDetections } from "../detection/zero-shot-detections.js";
import type { Metric } from "../results/result-schema.js";
import type { BenchmarkData, Family } from "./family.js";
import type { Prompted } from "./mean-prompts.js";

/** An image and the boxes in which something might be. */
export interface DetectionItem {
  readonly id: number | string;
  readonly image: ImageRef;
  readonly proposals: readonly {
    readonly box: readonly [number, number, number, number];
    /** How sure the proposer is; left out for true boxes. */
    readonly objectness?: number;
  }[];
}

/** Images, what is truly in them, and the classes to look for. */
export interface DetectionData extends BenchmarkData<DetectionItem> {
  /** Annotations of other categories than the classes do not count. */
  readonly groundTruth: DetectionGroundTruth;
  readonly classes: readonly (Prompted & { readonly id: number })[];
  /** Whether the proposals are the true boxes. */
  readonly trueBoxes: boolean;
}

const predictionSchema = z.object({
  protocol: z.enum(["coco", "lvis"]),
  /** A detector's own boxes, the map of the whole image, or regions cut out of it. */
  from: z.enum(["detections", "map", "cut-out"]),
  trueBoxes: z.boolean(),
  metrics: z.record(z.string(), z.number()),
  categories: z.array(
    z.object({
      ...{ id: z.number(), name: z.string(), objects: z.number() },
      ...{ AP: z.number(), AP50: z.number(), AP75: z.number(), AR: z.number() },
    }),
  ),
  objects: z.number(),
  /** Detections of images or categories that are not asked about. */
  notAsked: z.number(),
  problems: z.array(z.object({ where: z.string(), count: z.number(), leftOut: z.boolean(), message: z.string() })),
});

/** What was measured, and what was wrong with the files. */
export type DetectionPrediction = z.infer<typeof predictionSchema>;

/**
 * Detection by a protocol's own numbers (`evaluateDetections`); by "coco" also "AP50 base" and "AP50 novel" of RegionCLIP's table. A model
 * that is a file of detections is scored as it is; others label the proposals by the nearest class text, as RegionCLIP does.
 *
 * @param suppress takes away boxes behind surer ones: `nonMaximumSuppression` of `@tesserae/region-mapper`.
 */
export function detectionFamily(
  protocol: DetectionProtocol,
  suppress: ZeroShotOptions["suppress"],
): Family<DetectionData, DetectionPrediction> {
  return {
    name: `detection, ${protocol}`,
    version: "1",
    embedsRegions: true,
    check({ items, classes }, what) {
      if (items.length === 0) throw new BenchmarkError(`${what}: holds no image`);
      if (classes.length === 0) throw new BenchmarkError(`${what}: none of its categories is asked about`);
    },
    images: ({ image }) => [image],
    async predict(data, similarity) {
      const given = await similarity.detections();
      const { detections, from } = given
        ? { detections: given, from: "detections" as const }
        : await label(data, similarity, suppress);
      const truth = askedAbout(data);
      const images = new Set(truth.images.map(({ id }) => id));
      const classes = new Set(data.classes.map(({ id }) => id));
      const allClasses = new Set(data.groundTruth.categories.map(({ id }) => id));
      const allImages = new Set(data.groundTruth.images.map(({ id }) => id));
      // Unknown images and categories stay, so that they are told as faults.
      const asked = detections.filter(
        ({ image_id, category_id }) =>
          (images.has(image_id) || !allImages.has(image_id)) &&
          (classes.has(category_id) || !allClasses.has(category_id)),
      );
      const { metrics, categories, counts, problems } = evaluateDetections(truth, asked, { protocol });
      return {
        protocol,
        from,
        trueBoxes: given === undefined && data.trueBoxes,
        metrics: { ...metrics, ...(protocol === "coco" && splitScores(categories)) } as Record<string, number>,
        categories: categories.map((category) => ({ ...category })),
        objects: counts.annotationsUsed,
        notAsked: detections.length - asked.length,
        problems: problems.map(({ where, count, leftOut, message }) => ({ where, count, leftOut, message })),
      };
    },
    unlikeReference: ({ from, trueBoxes }) => {
      if (trueBoxes) return "true boxes were its proposals, for lack of proposals.json";
      return from === "cut-out"
        ? "its boxes were cut out of the images, while RegionCLIP takes them from the map of the whole image"
        : undefined;
    },
    remarks: ({ problems, notAsked }) => [
      ...(notAsked > 0 ? [`${notAsked} detections of other images or classes are not counted`] : []),
      ...problems.map(
        ({ where, count, leftOut, message }) => `${where}: ${count} ${leftOut ? "left out" : "kept"}: ${message}`,
      ),
    ],
    judge(prediction) {
      const parsed = predictionSchema.safeParse(prediction);
      if (!parsed.success) throw new BenchmarkError("these are no predictions of the family detection; run it again");
      const metrics: Record<string, Metric> = {};
      for (const [name, value] of Object.entries(parsed.data.metrics)) {
        if (value !== -1) metrics[name] = { value, n: parsed.data.objects };
      }
      if (Object.keys(metrics).length === 0) throw new BenchmarkError("no object of the classes is in these images");
      return { metrics, ties: 0 };
    },
  };
}

function splitScores(categories: Parameters<typeof zeroShotSplitScores>[0]) {
  const { base, novel } = zeroShotSplitScores(categories);
  return { "AP50 base": base, "AP50 novel": novel };
}

/** The ground truth of the items, as far as the classes go. */
function askedAbout({ items, groundTruth, classes }: DetectionData): DetectionGroundTruth {
  const images = new Set(items.map(({ id }) => id));
  const wanted = new Set(classes.map(({ id }) => id));
  const all = new Set(groundTruth.images.map(({ id }) => id));
  const categories = new Set(groundTruth.categories.map(({ id }) => id));
  return {
    images: groundTruth.images.filter(({ id }) => images.has(id)),
    categories: groundTruth.categories.filter(({ id }) => wanted.has(id)),
    annotations: groundTruth.annotations.filter(
      ({ image_id, category_id }) =>
        (images.has(image_id) || !all.has(image_id)) && (wanted.has(category_id) || !categories.has(category_id)),
    ),
  };
}

async function label(
  { items, classes }: DetectionData,
  similarity: Similarity,
  suppress: ZeroShotOptions["suppress"],
): Promise<{ readonly detections: readonly Detection[]; readonly from: "map" | "cut-out" }> {
  const refs = items.flatMap(({ image, proposals }) => proposals.map(({ box }): ImageRef => ({ ...image, box })));
  const { vectors, cutOut } = await similarity.regions(refs);
  const prompts = await similarity.captions(classes.flatMap((own) => own.prompts));
  let region = 0;
  let prompt = 0;
  const images = items.map(({ id, proposals }) => {
    const embeddings = vectors.slice(region, region + proposals.length);
    region += proposals.length;
    const objectness = proposals.flatMap((proposal) => proposal.objectness ?? []);
    return {
      image_id: id,
      boxes: proposals.map(({ box }) => box),
      embeddings,
      ...(objectness.length === proposals.length && objectness.length > 0 && { objectness }),
    };
  });
  const texts = classes.map((own) => {
    const vectorsOfOwn = prompts.slice(prompt, prompt + own.prompts.length);
    prompt += own.prompts.length;
    return { id: own.id, prompts: vectorsOfOwn };
  });
  return { detections: zeroShotDetections(images, texts, { suppress }), from: cutOut ? "cut-out" : "map" };
}
