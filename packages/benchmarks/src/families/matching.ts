import { z } from "zod";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { ImageRef } from "../benchmark/image-ref.js";
import { rocAuc } from "../statistics/ranking.js";
import type { BenchmarkData, Family } from "./family.js";
import { meetsThreshold } from "./policy.js";

/** An image and a caption that do or do not belong together. */
export interface MatchingItem {
  readonly image: ImageRef;
  readonly caption: string;
  readonly matches: boolean;
  readonly group?: string;
}

const recordsSchema = z.array(
  z.object({
    image: z.string(),
    caption: z.string(),
    matches: z.boolean(),
    group: z.string().optional(),
    score: z.number(),
  }),
);

/** What was predicted for each image and caption. */
export type MatchingRecords = z.infer<typeof recordsSchema>;

/**
 * Image-text matching: is this caption true of this image? Metrics: `rocAuc`, which needs no threshold, and `accuracy`: a score above
 * the policy's threshold says yes. Dual encoders have no natural threshold; without one the median of the scores is taken, which
 * knows no label. `first-index-wins` and `tie-is-right` count a score at the threshold as yes.
 */
export const matching: Family<BenchmarkData<MatchingItem>, MatchingRecords> = {
  name: "matching",
  version: "1",
  check({ items }, what) {
    if (!items.some(({ matches }) => matches) || items.every(({ matches }) => matches)) {
      throw new BenchmarkError(`${what}: expected items that match and items that do not`);
    }
  },
  images: (item) => [item.image],
  async predict({ items }, similarity, nameImage) {
    const scores = await similarity.grids(
      items.map(({ image, caption }) => ({ images: [image], captions: [caption] })),
    );
    return items.map(({ image, ...facts }, index) => ({
      image: nameImage(image),
      ...facts,
      score: scores[index]![0]![0]!,
    }));
  },
  judge(prediction, policy) {
    const parsed = recordsSchema.safeParse(prediction);
    if (!parsed.success) throw new BenchmarkError("these are no predictions of the family matching; run it again");
    const records = parsed.data;
    const scores = records.map(({ score }) => score);
    const threshold = policy.threshold ?? median(scores);
    const saysYes = meetsThreshold(policy.ties, threshold);
    const values = records.map(({ score, matches }) => (saysYes(score) === matches ? 1 : 0));
    const groups = records.map(({ group = "" }) => group);
    return {
      metrics: {
        accuracy: { values, chance: values.map(() => 0.5), ...(groups.some((group) => group !== "") && { groups }) },
        rocAuc: {
          value: rocAuc(
            scores,
            records.map(({ matches }) => matches),
          ),
          n: records.length,
          chance: 0.5,
        },
      },
      ties: scores.filter((score) => score === threshold).length,
    };
  },
};

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
