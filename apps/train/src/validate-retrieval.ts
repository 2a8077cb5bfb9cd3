import { type BenchmarkResult, retrievalBenchmark, type Scorer } from "@tesserae/benchmarks";
import type { Dataset } from "@tesserae/data";

/** Image-to-text and text-to-image R@1, R@5 and R@10 over the held-out images and all of their captions. */
export async function validateRetrieval(scorer: Scorer, dataset: Dataset): Promise<BenchmarkResult> {
  const pairs = dataset.samples.map(({ image, captions }) => ({ image, captions }));
  const benchmark = retrievalBenchmark(
    {
      name: "validation-retrieval",
      version: "1",
      split: "validation",
      chance: 1 / pairs.length,
      tieRule: "positive-must-win",
      averaging: "micro",
      citation: "Karpathy & Fei-Fei 2015, protocol of COCO retrieval",
      licence: "that of the data",
      dataRevision: dataset.revision,
    },
    pairs,
  );
  return benchmark.run(scorer);
}
