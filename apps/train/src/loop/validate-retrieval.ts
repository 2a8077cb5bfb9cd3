import { type BenchmarkResult, retrieval, runBenchmark, type Scorer, strictPolicy } from "@tesserae/benchmarks";
import type { Dataset } from "@tesserae/data";

/** Image-to-text and text-to-image R@1, R@5 and R@10 over the held-out images and all of their captions. */
export function validateRetrieval(scorer: Scorer, dataset: Dataset): Promise<BenchmarkResult> {
  const benchmark = {
    name: "validation-retrieval",
    version: "1",
    family: retrieval,
    policy: strictPolicy,
    headline: "textToImage@1",
    split: "validation",
    citation: "Karpathy & Fei-Fei 2015, protocol of COCO retrieval",
    licence: "that of the data",
  };
  const items = dataset.samples.map(({ image, captions }) => ({ image: { path: image }, captions }));
  return runBenchmark(benchmark, { items }, scorer, { dataRevision: dataset.revision });
}
