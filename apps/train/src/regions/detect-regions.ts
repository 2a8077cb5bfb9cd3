import { type Detection, evaluateDetections, zeroShotDetections } from "@tesserae/benchmarks/detection";
import type { Clip, Tokenizer } from "@tesserae/models";
import { nonMaximumSuppression } from "@tesserae/region-mapper";
import { embedAllRegions, embedAttributes } from "./embed-regions.js";
import type { PixelStore } from "./pixel-store.js";
import type { RegionData } from "./region-sample.js";

/** Zero-shot detection with the true boxes as proposals. */
export interface RegionDetection {
  /** AP at an overlap of half, mean over the categories that the images show, in [0, 1]. */
  readonly AP50: number;
  /** What random scores get: the mean of these categories' shares of the boxes. */
  readonly chance: number;
  readonly boxes: number;
  readonly categories: readonly { readonly name: string; readonly boxes: number; readonly AP50: number }[];
}

/**
 * Looks for categories among the true boxes of images, as RegionCLIP with `CROP_REGION_TYPE GT`: each box gets the classes whose prompts
 * are nearest, with a background of logit 0; suppression by class.
 *
 * @param categories what is looked for; boxes of others are proposals as well, and wrong ones
 */
export async function detectRegions(
  { clip, tokenizer }: { readonly clip: Clip; readonly tokenizer: Tokenizer },
  data: RegionData,
  store: PixelStore,
  categories: readonly string[],
): Promise<RegionDetection> {
  const embedded = await embedAllRegions(clip, data.samples, store);
  const prompts = embedAttributes(clip, tokenizer, categories, data.prompts);
  const values = (await prompts.data()) as Float32Array;
  const size = prompts.shape[1];
  prompts.dispose();
  const found: Detection[] = zeroShotDetections(
    data.samples.map(({ image, boxes }, index) => ({
      image_id: image,
      boxes: [...boxes],
      embeddings: embedded[index]!,
    })),
    categories.map((_, id) => ({ id, prompts: [values.slice(id * size, (id + 1) * size)] })),
    { suppress: (boxes, scores) => nonMaximumSuppression(boxes, scores, { threshold: 0.5 }), least: 0 },
  );
  const annotations = data.samples.flatMap(({ image, boxes, categories: own = [] }) =>
    boxes.flatMap((box, index) => {
      const category = categories.indexOf(own[index]!);
      return category < 0 ? [] : [{ image_id: image, category_id: category, bbox: box, area: box[2] * box[3] }];
    }),
  );
  const truth = {
    images: data.samples.map(({ image }) => ({ id: image })),
    categories: categories.map((name, id) => ({ id, name })),
    annotations: annotations.map((annotation, index) => ({ ...annotation, id: index + 1 })),
  };
  const scores = evaluateDetections(truth, found, { protocol: "coco" });
  const all = data.samples.reduce((sum, { boxes }) => sum + boxes.length, 0);
  const shown = scores.categories.filter(({ objects }) => objects > 0);
  return {
    AP50: scores.metrics.AP50!,
    chance: shown.reduce((sum, { objects }) => sum + objects / all, 0) / Math.max(1, shown.length),
    boxes: all,
    categories: shown.map(({ name, objects, AP50 }) => ({ name, boxes: objects, AP50 })),
  };
}
