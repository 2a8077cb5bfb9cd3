import { z } from "zod";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import { type ImageRef, imageName } from "../benchmark/image-ref.js";
import { type RetrievalDirection, regionRetrieval as retrieve } from "../detection/region-retrieval.js";
import type { Metric } from "../results/result-schema.js";
import type { BenchmarkData, Family, ItemMetric } from "./family.js";
import { meanPrompts, type Prompted } from "./mean-prompts.js";

/** A region, which is an image with a box, and the attributes that are true of it. */
export interface RegionItem {
  readonly image: ImageRef;
  /** Indices below the number of attributes. */
  readonly attributes: readonly number[];
}

/** Regions, and all attributes with the texts that say them. */
export interface RegionRetrievalData extends BenchmarkData<RegionItem> {
  readonly attributes: readonly Prompted[];
}

const directionSchema = z.object({
  /** R-Precision of each query; null for one without a right answer. */
  perQuery: z.array(z.number().nullable()),
  precisionAt: z.record(z.string(), z.number()),
  chance: z.number(),
});

const predictionSchema = z.object({
  /** The image of each region: regions of one image are no independent queries. */
  images: z.array(z.string()),
  /** Whether boxes were cut out and embedded as images of their own. */
  cutOut: z.boolean(),
  regionToText: directionSchema,
  textToRegion: directionSchema,
});

/** How well regions find their attributes, and attributes their regions. */
export type RegionRetrievalPrediction = z.infer<typeof predictionSchema>;

const directions = ["textToRegion", "regionToText"] as const;

/**
 * Retrieval between all regions and all attributes, as ViLLA reports it (`regionRetrieval`). Metrics: `textToRegion` and `regionToText`,
 * R-Precision, and each with "P@1", "P@5" and "P@10". A scorer that gives no vectors of regions gets them cut out of the image.
 */
export const regionRetrievalFamily: Family<RegionRetrievalData, RegionRetrievalPrediction> = {
  name: "region-retrieval",
  version: "1",
  embedsRegions: true,
  check({ items, attributes }, what) {
    if (items.length === 0) throw new BenchmarkError(`${what}: holds no region`);
    const wrong = items.findIndex((item) => item.attributes.some((index) => attributes[index] === undefined));
    if (wrong < 0) return;
    throw new BenchmarkError(
      `${what}: region ${wrong}: attributes ${JSON.stringify(items[wrong]!.attributes)}; expected indices below ${attributes.length}`,
    );
  },
  images: ({ image }) => [image],
  async predict({ items, attributes }, similarity, nameImage) {
    const texts = await meanPrompts(attributes, similarity);
    const { vectors: regions, cutOut } = await similarity.regions(items.map(({ image }) => image));
    const found = retrieve({ regions, texts, relevant: items.map((item) => item.attributes) });
    return {
      images: items.map(({ image }) => nameImage(withoutBox(image))),
      cutOut,
      regionToText: stored(found.regionToText),
      textToRegion: stored(found.textToRegion),
    };
  },
  unlikeReference: ({ cutOut }) =>
    cutOut
      ? "its regions were cut out of the images, while ViLLA takes them from the map of the whole image"
      : undefined,
  judge(prediction) {
    const parsed = predictionSchema.safeParse(prediction);
    if (!parsed.success)
      throw new BenchmarkError("these are no predictions of the family region-retrieval; run it again");
    const metrics: Record<string, ItemMetric | Metric> = {};
    for (const name of directions) {
      const { perQuery, precisionAt, chance } = parsed.data[name];
      const counted = perQuery.flatMap((value, query) => (value === null ? [] : [{ value, query }]));
      metrics[name] = {
        values: counted.map(({ value }) => value),
        chance: counted.map(() => chance),
        ...(name === "regionToText" && { clusters: counted.map(({ query }) => parsed.data.images[query]!) }),
      };
      for (const [k, value] of Object.entries(precisionAt)) {
        metrics[`${name} P@${k}`] = { value, n: counted.length, chance };
      }
    }
    return { metrics, ties: 0 };
  },
};

function stored({ perQuery, precisionAt, chance }: RetrievalDirection): z.infer<typeof directionSchema> {
  return { perQuery: perQuery.map((value) => value ?? null), precisionAt: { ...precisionAt }, chance };
}

function withoutBox(image: ImageRef): ImageRef {
  return "path" in image ? { path: imageName(image) } : { bytes: image.bytes, name: image.name };
}
