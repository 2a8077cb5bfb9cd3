import {
  type BenchmarkData,
  choice,
  classification,
  elevenPointPrecision,
  type Family,
  firstIndexPolicy,
  type ItemMetric,
  type Policy,
  pair,
  retrieval,
  rocAuc,
  runBenchmark,
  type Scorer,
  strictPolicy,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { metadata } from "../fixtures/scorers.js";
import expected from "./fixtures/score-metrics.json" with { type: "json" };

/** Scores of images "0-1" (item, place) and captions "0-1". */
const gridScorer = (scores: readonly (readonly (readonly number[])[])[]): Scorer => ({
  name: "grid",
  revision: "1",
  embedImages: async () => [],
  embedTexts: async () => [],
  score: async (image, captions) => {
    const [item, row] = ("path" in image ? image.path : "").split("-").map(Number);
    return captions.map((_, column) => scores[item!]![row!]![column]!);
  },
});
const run = async <Data extends BenchmarkData>(family: Family<Data>, policy: Policy, data: Data, scorer: Scorer) => {
  const { metrics } = await runBenchmark({ ...metadata, family, policy, headline: "x" }, data, scorer);
  return (name: string) => metrics[name]!.value;
};
const captionsOf = (item: number, count: number) => Array.from({ length: count }, (_, column) => `${item}-${column}`);

/** Expected numbers: tools/oracles/score_metrics.py, the formulas of the reference code in NumPy, on scores with many ties. */
describe("metrics equal the reference formulas", () => {
  it("Winoground's three scores", async () => {
    const { scores } = expected.pair;
    const items = scores.map((_, item) => ({
      images: [{ path: `${item}-0` }, { path: `${item}-1` }],
      captions: captionsOf(item, 2),
    }));
    const value = await run(pair, strictPolicy, { items }, gridScorer(scores));
    expect(["text", "image", "group"].map(value)).toEqual(expected.pair.expected);
  });

  it("ARO's means over groups by argmax, SugarCrepe's and VL-CheckList's strict comparison", async () => {
    const { scores, groups, aro, aroMinimum, strict } = expected.choice;
    const items = scores.map((_, item) => ({
      ...{ images: [{ path: `${item}-0` }], captions: captionsOf(item, 2), correct: 1, group: groups[item]! },
    }));
    const accuracy = async (policy: Policy) =>
      (await run(choice, policy, { items }, gridScorer(scores.map((row) => [row]))))("accuracy");
    const macro: Policy = { name: "macro", ties: "first-index-wins", averaging: "macro" };
    expect(await accuracy({ ...macro, withoutGroups: ["near"] })).toBeCloseTo(aro[0]!, 12);
    expect(await accuracy(firstIndexPolicy)).toBeCloseTo(aro[1]!, 12);
    expect(await accuracy({ ...macro, minimumGroupSize: 10 })).toBeCloseTo(aroMinimum, 12);
    expect(await accuracy(strictPolicy)).toBeCloseTo(strict, 12);
  });

  it("CREPE's R@1 by argsort", async () => {
    const { scores, recallAt1 } = expected.crepe;
    const items = scores.map((_, item) => ({
      images: [{ path: `${item}-0` }],
      captions: captionsOf(item, 6),
      correct: 0,
    }));
    const value = await run(choice, firstIndexPolicy, { items }, gridScorer(scores.map((row) => [row])));
    expect(value("accuracy")).toBeCloseTo(recallAt1, 12);
  });

  it("CLIP_benchmark's retrieval in both directions", async () => {
    const { images, texts, owner, expected: recalls } = expected.retrieval;
    const items = images.map((_, index) => ({
      image: { path: String(index) },
      captions: owner.flatMap((one, text) => (one === index ? [String(text)] : [])),
    }));
    const scorer: Scorer = {
      name: "vectors",
      revision: "1",
      embedImages: async (refs) => refs.map((ref) => Float32Array.from(images[Number("path" in ref && ref.path)]!)),
      embedTexts: async (names) => names.map((name) => Float32Array.from(texts[Number(name)]!)),
    };
    const value = await run(retrieval, firstIndexPolicy, { items }, scorer);
    for (const [name, recall] of Object.entries(recalls)) expect(value(name), name).toBeCloseTo(recall, 12);
  });

  it("ELEVATER's accuracy, mean per class, ROC-AUC and 11-point mAP", () => {
    const { logits, labels, top1, meanPerClass } = expected.classification;
    const records = logits.map((scores, index) => {
      const label = labels[index]!;
      const tied = scores.flatMap((score, other) => (other !== label && score === scores[label] ? [other] : []));
      return {
        ...{ image: String(index), labels: [label], ahead: scores.filter((score) => score > scores[label]!).length },
        ...{ tied: tied.length, tiedBefore: tied.filter((other) => other < label).length, scores },
      };
    });
    const { metrics } = classification.judge({ classes: ["a", "b", "c", "d", "e"], records }, firstIndexPolicy);
    const right = (metrics.top1 as ItemMetric).values;
    expect(right.reduce((sum, value) => sum + value, 0) / right.length).toBeCloseTo(top1, 12);
    expect(metrics.meanPerClass).toMatchObject({ value: expect.closeTo(meanPerClass, 12) });
    const { binary, multiLabel } = expected;
    expect(
      rocAuc(
        binary.scores,
        binary.labels.map((label) => label === 1),
      ),
    ).toBeCloseTo(binary.rocAuc, 12);
    const precisions = [0, 1, 2, 3].map((label) =>
      elevenPointPrecision(
        multiLabel.scores.map((row) => row[label]!),
        multiLabel.labels.map((row) => row[label] === 1),
      ),
    );
    expect(precisions.reduce((sum, value) => sum + value, 0) / 4).toBeCloseTo(multiLabel.map11, 12);
  });
});
