import { type BenchmarkResult, bootstrap, regionRetrievalFamily } from "@tesserae/benchmarks";
import type { RetrievalDirection } from "@tesserae/benchmarks/detection";
import { machine, versions } from "@tesserae/shared";
import { appFolder } from "../app-folder.js";
import type { RegionData } from "./region-sample.js";

/**
 * What a result file says of a retrieval between regions and texts, so that tables can take it.
 *
 * @param complexity most pairs of a test image, which is part of the benchmark's name
 */
export function retrievalResult(
  test: RegionData,
  complexity: number | undefined,
  scores: { readonly textToRegion: RetrievalDirection; readonly regionToText: RetrievalDirection },
  model: BenchmarkResult["model"],
): BenchmarkResult {
  const image = test.samples.flatMap(({ boxes }, index) => boxes.map(() => index));
  const metrics: BenchmarkResult["metrics"] = {};
  const values: BenchmarkResult["values"] = {};
  for (const name of ["textToRegion", "regionToText"] as const) {
    const { perQuery, precisionAt, chance, queries } = scores[name];
    const counted = perQuery.flatMap((value, query) => (value === undefined ? [] : [{ value, query }]));
    const own = counted.map(({ value }) => value);
    const clusters = name === "regionToText" ? { clusters: counted.map(({ query }) => image[query]!) } : {};
    const { value, interval } = bootstrap(own, clusters);
    metrics[name] = { value, n: queries, interval: [...interval], chance };
    for (const [k, precision] of Object.entries(precisionAt)) {
      metrics[`${name} P@${k}`] = { value: precision, n: queries, chance };
    }
    values[name] = { values: own, ...clusters };
  }
  return {
    schema: 2,
    benchmark: `${test.name}/region-retrieval${complexity === undefined ? "" : `-${complexity}`}`,
    benchmarkVersion: "1",
    family: { name: regionRetrievalFamily.name, version: regionRetrievalFamily.version },
    split: "test",
    dataRevision: test.revision,
    sampleCount: image.length,
    skipped: 0,
    limited: false,
    policy: { name: "R-Precision", ties: "positive-must-win", averaging: "micro" },
    tieRule: "positive-must-win",
    averaging: "micro",
    seed: 0,
    model,
    headline: "textToRegion",
    metrics,
    ties: 0,
    values,
    predictions: null,
    citation:
      "Varma et al., ViLLA: Fine-Grained Vision-Language Representation Learning from Real-World Data, ICCV 2023",
    licence: test.name === "docmnist" ? "MNIST: CC BY-SA 3.0" : "as the photos'",
    versions: versions(appFolder),
    machine: machine(),
  };
}
