import {
  type BenchmarkData,
  choice,
  classification,
  type Family,
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
import peers from "./fixtures/peer-metrics.json" with { type: "json" };

type Vectors = readonly (readonly (readonly number[])[])[];

/** The vectors of images and captions that are called "0-1" (item, place). */
function vectorScorer(images: Vectors, texts: Vectors): Scorer {
  const find = (vectors: Vectors, name: string) => {
    const [item = 0, place = 0] = name.split("-").map(Number);
    return Float32Array.from(vectors[item]?.[place] ?? []);
  };
  return {
    name: "vectors",
    revision: "1",
    embedImages: async (refs) => refs.map((ref) => find(images, "path" in ref ? ref.path : "")),
    embedTexts: async (names) => names.map((name) => find(texts, name)),
  };
}

/** Items whose images and captions are called so. */
function gridItems(images: Vectors, texts: Vectors) {
  return images.map((own, item) => ({
    images: own.map((_, place) => ({ path: `${item}-${place}` })),
    captions: (texts[item] ?? []).map((_, place) => `${item}-${place}`),
    correct: 0,
  }));
}

async function run<Data extends BenchmarkData>(
  family: Family<Data>,
  data: Data,
  scorer: Scorer,
  policy: Policy = strictPolicy,
) {
  const { metrics } = await runBenchmark({ ...metadata, family, policy, headline: "x" }, data, scorer);
  return (name: string) => metrics[name]?.value;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Expected numbers: tools/oracles/peer_metrics.py, which calls the peers' own functions. */
describe("metrics equal those of the peers' own functions", () => {
  it("Winoground and SugarCrepe as CLIP_benchmark evaluates them", async () => {
    const { winoground, sugarcrepe } = peers;
    const value = await run(
      pair,
      { items: gridItems(winoground.images, winoground.texts) },
      vectorScorer(winoground.images, winoground.texts),
    );
    ["text", "image", "group"].forEach((name, index) => {
      expect(value(name), name).toBeCloseTo(winoground.expected[index] ?? Number.NaN, 6);
    });
    const items = gridItems(sugarcrepe.images, sugarcrepe.texts);
    const accuracy = await run(choice, { items }, vectorScorer(sugarcrepe.images, sugarcrepe.texts));
    expect(accuracy("accuracy")).toBeCloseTo(sugarcrepe.expected, 6);
  });

  it("VL-CheckList as vl_checklist counts it, ties included", async () => {
    const { scores, accuracy } = peers.vlChecklist;
    const scorer: Scorer = {
      ...vectorScorer([], []),
      score: async (_, captions) =>
        captions.map((caption) => {
          const [item = 0, place = 0] = caption.split("-").map(Number);
          return scores[item]?.[place] ?? Number.NaN;
        }),
    };
    const items = gridItems(
      scores.map(() => [[]]),
      scores.map(() => [[], []]),
    );
    expect((await run(choice, { items }, scorer))("accuracy")).toBeCloseTo(accuracy, 4);
  });

  it("retrieval in both directions as CLIP_benchmark counts it", async () => {
    const { images, texts, owner, expected } = peers.retrieval;
    const items = images.map((_, image) => ({
      image: { path: `0-${image}` },
      captions: owner.flatMap((one, text) => (one === image ? [`0-${text}`] : [])),
    }));
    const value = await run(retrieval, { items }, vectorScorer([images], [texts]));
    for (const [name, recall] of Object.entries(expected)) expect(value(name), name).toBeCloseTo(recall, 12);
  });

  it("accuracy, mean per class, ROC-AUC and 11-point mAP as scikit-learn and ELEVATER's evaluators compute them", () => {
    const { logits, labels, top1, top5, meanPerClass } = peers.classification;
    const records = logits.map((scores, index) => {
      const label = labels[index] ?? 0;
      const ahead = scores.filter((score) => score > (scores[label] ?? 0)).length;
      return { image: String(index), labels: [label], ahead, tied: 0, tiedBefore: 0, scores };
    });
    const { metrics } = classification.judge({ classes: ["a", "b", "c", "d", "e", "f"], records }, strictPolicy);
    expect(meanOf((metrics.top1 as ItemMetric).values)).toBeCloseTo(top1, 12);
    expect(meanOf((metrics.top5 as ItemMetric).values)).toBeCloseTo(top5, 12);
    expect(metrics.meanPerClass).toMatchObject({ value: expect.closeTo(meanPerClass, 12) });
    const { binary, multiLabel } = peers;
    const isOne = (label: number | undefined) => label === 1;
    expect(rocAuc(binary.scores, binary.labels.map(isOne))).toBeCloseTo(binary.rocAuc, 12);
    const severalLabels = multiLabel.scores.map((scores, index) => ({
      ...{ image: String(index), ahead: 0, tied: 0, tiedBefore: 0, scores },
      labels: [0, 1, 2, 3].filter((label) => isOne(multiLabel.labels[index]?.[label])),
    }));
    const several = classification.judge({ classes: ["a", "b", "c", "d"], records: severalLabels }, strictPolicy);
    expect(several.metrics.map11).toMatchObject({ value: expect.closeTo(multiLabel.map11, 12) });
  });
});
