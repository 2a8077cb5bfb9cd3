import { z } from "zod";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { ImageRef } from "../benchmark/image-ref.js";
import { cosine, roundScore } from "../benchmark/similarity.js";
import type { Metric } from "../results/result-schema.js";
import { elevenPointPrecision, rocAuc } from "../statistics/ranking.js";
import type { BenchmarkData, Family, Judgement } from "./family.js";
import { meanPrompts, type Prompted } from "./mean-prompts.js";
import type { TieRule } from "./policy.js";

/** An image and the indices of its classes; all but multi-label sets have one. */
export interface ClassificationItem {
  readonly image: ImageRef;
  readonly labels: readonly number[];
}

/** Images, and for every class its name and the texts ("a photo of a cat.") whose mean stands for it. */
export interface ClassificationData extends BenchmarkData<ClassificationItem> {
  readonly classes: readonly Prompted[];
}

/** Up to this many classes all scores are kept, which areas under curves need. */
const keptClasses = 25;

const predictionSchema = z.object({
  classes: z.array(z.string()),
  records: z.array(
    z.object({
      image: z.string(),
      labels: z.array(z.number()),
      /** Of the first label: classes that score higher, the same, and the same with a lower index. */
      ahead: z.number(),
      tied: z.number(),
      tiedBefore: z.number(),
      scores: z.array(z.number()).optional(),
    }),
  ),
});

/** Where each image's class stands among all. */
export type ClassificationPrediction = z.infer<typeof predictionSchema>;

/**
 * Zero-shot classification. A class's vector is the mean of its texts' unit vectors, normalised again (CLIP_benchmark, ELEVATER).
 * Metrics: `top1`, `top5`, `meanPerClass` (mean over classes of their top1), `rocAuc` where there are two classes, `map11`
 * (mean over classes of the 11-point precision) where images have several: there ELEVATER ranks the images by their softmax over the
 * classes, of 100 times the cosines.
 */
export const classification: Family<ClassificationData, ClassificationPrediction> = {
  name: "classification",
  version: "2",
  general: true,
  check({ items, classes }, what) {
    if (classes.length < 2) throw new BenchmarkError(`${what}: expected at least two classes, got ${classes.length}`);
    if (items.length === 0) throw new BenchmarkError(`${what}: holds no image`);
    items.forEach(({ labels }, index) => {
      if (labels.length === 0 || labels.some((label) => classes[label] === undefined)) {
        throw new BenchmarkError(
          `${what}: item ${index}: labels ${JSON.stringify(labels)}; expected indices below ${classes.length}`,
        );
      }
    });
  },
  images: (item) => [item.image],
  async predict({ items, classes }, similarity, nameImage) {
    const weights = await meanPrompts(classes, similarity);
    const images = await similarity.images(items.map(({ image }) => image));
    const records = items.map(({ image, labels }, index) => {
      const scores = weights.map((weight) => cosine(images[index]!, weight));
      return placeLabel(nameImage(image), labels, scores);
    });
    return { classes: classes.map(({ name }) => name), records };
  },
  judge(prediction, { ties }) {
    const parsed = predictionSchema.safeParse(prediction);
    if (!parsed.success)
      throw new BenchmarkError("these are no predictions of the family classification; run it again");
    const { classes, records } = parsed.data;
    const tied = records.filter((record) => record.tied > 0).length;
    if (records.some(({ labels }) => labels.length > 1)) return { metrics: multiLabel(records, classes), ties: tied };
    const within = (cutoff: number) => ({
      values: records.map((record) => (record.ahead + beaten(record, ties) < cutoff ? 1 : 0)),
      chance: records.map(() => Math.min(1, cutoff / classes.length)),
    });
    const top1 = within(1);
    return {
      metrics: {
        top1,
        top5: within(5),
        meanPerClass: perClass(records, top1.values, classes),
        ...(classes.length === 2 && { rocAuc: binaryAuc(records) }),
      },
      ties: tied,
    };
  },
};

/** Where an image's first class stands among all, by the scores of the classes. */
export function placeLabel(image: string, labels: readonly number[], exact: readonly number[]): Records[number] {
  const scores = exact.map(roundScore);
  const label = labels[0]!;
  const right = scores[label]!;
  const tied = scores.flatMap((score, other) => (score === right && other !== label ? [other] : []));
  return {
    image,
    labels: [...labels],
    ahead: scores.filter((score) => score > right).length,
    tied: tied.length,
    tiedBefore: tied.filter((other) => other < label).length,
    ...(scores.length <= keptClasses && { scores }),
  };
}

type Records = ClassificationPrediction["records"];

/** Equal scores that count as higher than the right one. */
function beaten({ tied, tiedBefore }: Records[number], ties: TieRule): number {
  return ties === "positive-must-win" ? tied : ties === "first-index-wins" ? tiedBefore : 0;
}

function perClass(records: Records, right: readonly number[], classes: readonly string[]): Metric {
  const byClass = new Map<number, number[]>();
  records.forEach(({ labels: [label] }, index) => {
    const members = byClass.get(label!) ?? [];
    members.push(right[index]!);
    byClass.set(label!, members);
  });
  const means = [...byClass.values()].map(mean);
  return { value: mean(means), n: records.length, chance: 1 / classes.length };
}

function binaryAuc(records: Records): Metric {
  const scores = records.map((record) => record.scores![1]! - record.scores![0]!);
  const positive = records.map(({ labels: [label] }) => label === 1);
  return { value: rocAuc(scores, positive), n: records.length, chance: 0.5 };
}

/** @throws BenchmarkError when there are more classes than scores are kept of */
function multiLabel(records: Records, classes: readonly string[]): Judgement["metrics"] {
  if (records.some(({ scores }) => scores === undefined)) {
    throw new BenchmarkError(`images with several classes: at most ${keptClasses} classes, got ${classes.length}`);
  }
  const shares = records.map(({ scores = [] }) => softmax(scores.map((score) => 100 * score)));
  const precisions = classes.flatMap((_, label) => {
    const positive = records.map(({ labels }) => labels.includes(label));
    return positive.some(Boolean)
      ? [
          {
            share: mean(positive.map(Number)),
            value: elevenPointPrecision(
              shares.map((row) => row[label] ?? 0),
              positive,
            ),
          },
        ]
      : [];
  });
  // In a random order precision is about the share of positives; at recall 0 it is 1 by definition.
  const chance = mean(precisions.map(({ share }) => (1 + 10 * share) / 11));
  return { map11: { value: mean(precisions.map(({ value }) => value)), n: records.length, chance } };
}

function softmax(logits: readonly number[]): readonly number[] {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
