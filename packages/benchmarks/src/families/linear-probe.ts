import { BenchmarkError } from "../benchmark/benchmark-error.js";
import { fitLogisticRegression, type LogisticRegression } from "../statistics/logistic-regression.js";
import { createRandomIndex } from "../statistics/random-index.js";
import {
  type ClassificationItem,
  type ClassificationPrediction,
  classification,
  placeLabel,
} from "./classification.js";
import type { BenchmarkData, Family } from "./family.js";

/** Images of one class each: those to test on are the items. */
export interface LinearProbeData extends BenchmarkData<ClassificationItem> {
  readonly classes: readonly { readonly name: string }[];
  readonly training: readonly ClassificationItem[];
  /** What the penalty is chosen on; where there are none, a fifth of the training images is drawn for it. */
  readonly validation?: readonly ClassificationItem[];
}

/** Predictions as those of classification, and the penalty that was chosen. */
export type LinearProbePrediction = ClassificationPrediction & { readonly c: number; readonly converged: boolean };

/** Powers of ten between the first tries for C, and the finest distance that is tried: 8 steps a decade. */
const coarse = [-6, -4, -2, 0, 2, 4, 6];
const finest = 1 / 8;

/**
 * Linear probe, as CLIP reports it (Radford et al. 2021, appendix A.3): logistic regression by L-BFGS, at most 1000 iterations, on the
 * image vectors, which have length one. C is searched from 1e-6 to 1e6 on the validation images: seven tries, then ever closer around the
 * best one until there are eight steps a decade; the probe is then fitted on training and validation images together.
 * Metrics: those of `classification`.
 */
export const linearProbe: Family<LinearProbeData, LinearProbePrediction> = {
  name: "linear-probe",
  version: "1",
  general: true,
  check({ items, classes, training, validation = [] }, what) {
    if (classes.length < 2) throw new BenchmarkError(`${what}: expected at least two classes, got ${classes.length}`);
    if (items.length === 0) throw new BenchmarkError(`${what}: holds no image to test on`);
    for (const [part, images] of Object.entries({ training, validation, test: items })) {
      const wrong = images.findIndex(({ labels }) => labels.length !== 1 || classes[labels[0]!] === undefined);
      if (wrong < 0) continue;
      throw new BenchmarkError(
        `${what}: ${part} image ${wrong}: labels ${JSON.stringify(images[wrong]!.labels)}; expected one below ${classes.length}`,
      );
    }
    const seen = new Set([...training, ...validation].map(({ labels }) => labels[0]!));
    const unseen = classes.flatMap(({ name }, label) => (seen.has(label) ? [] : [name]));
    if (unseen.length > 0) {
      throw new BenchmarkError(
        `${what}: no training image of ${unseen.length} of ${classes.length} classes; the first: ${unseen[0]}`,
      );
    }
  },
  images: ({ image }) => [image],
  shared: ({ training, validation = [] }) => [...training, ...validation].map(({ image }) => image),
  async predict({ items, classes, training, validation }, similarity, nameImage) {
    const embed = async (part: readonly ClassificationItem[]): Promise<Examples> => ({
      features: await similarity.images(part.map(({ image }) => image)),
      labels: part.map(({ labels }) => labels[0]!),
    });
    // Nothing to choose by: every class has one image, and C is then the smallest that is tried.
    const parts = validation ? { fitted: training, held: validation } : holdOut(training);
    const [fitted, held, test] = [await embed(parts.fitted), await embed(parts.held), await embed(items)];
    const c = searchPenalty((power) => {
      const probe = fit(fitted, classes.length, 10 ** power);
      return held.features.filter((own, at) => highest(probe.logits(own)) === held.labels[at]).length;
    });
    const probe = fit(
      { features: [...fitted.features, ...held.features], labels: [...fitted.labels, ...held.labels] },
      classes.length,
      c,
    );
    return {
      c,
      converged: probe.converged,
      classes: classes.map(({ name }) => name),
      records: items.map(({ image, labels }, at) =>
        placeLabel(nameImage(image), labels, probe.logits(test.features[at]!)),
      ),
    };
  },
  judge: (prediction, policy) => classification.judge(prediction, policy),
};

interface Examples {
  readonly features: readonly Float32Array[];
  readonly labels: readonly number[];
}

function fit({ features, labels }: Examples, classes: number, c: number): LogisticRegression {
  return fitLogisticRegression(features, labels, classes, c);
}

/** A fifth of the images of every class, at least one where there are two. */
function holdOut(images: readonly ClassificationItem[]) {
  const randomIndex = createRandomIndex(0);
  const byClass = new Map<number, number[]>();
  images.forEach(({ labels }, index) => {
    const members = byClass.get(labels[0]!) ?? [];
    members.push(index);
    byClass.set(labels[0]!, members);
  });
  const held = new Set<number>();
  for (const members of byClass.values()) {
    const count = members.length < 2 ? 0 : Math.max(1, Math.floor(members.length / 5));
    for (let drawn = 0; drawn < count; drawn++) held.add(members.splice(randomIndex(members.length), 1)[0]!);
  }
  return {
    fitted: images.filter((_, index) => !held.has(index)),
    held: images.filter((_, index) => held.has(index)),
  };
}

/**
 * The C that is right most often: the tries around the best one come closer by halves. Of equally good ones the smallest, whose penalty
 * is the strongest.
 */
export function searchPenalty(rightAt: (power: number) => number): number {
  const known = new Map<number, number>();
  const best = (powers: readonly number[]) => {
    for (const power of powers) if (!known.has(power)) known.set(power, rightAt(power));
    const most = Math.max(...known.values());
    return Math.min(...[...known].filter(([, right]) => right === most).map(([power]) => power));
  };
  let peak = best(coarse);
  for (let step = 1; step >= finest; step /= 2) {
    peak = best([peak - step, peak + step].filter((power) => Math.abs(power) <= 6));
  }
  return 10 ** peak;
}

function highest(logits: readonly number[]): number {
  return logits.indexOf(Math.max(...logits));
}
