export type {
  Averaging,
  Benchmark,
  BenchmarkInfo,
  BenchmarkResult,
  ChoiceItem,
  ItemRecord,
  Metric,
  ModelRecord,
  RetrievalPair,
  RunOptions,
  Scorer,
  TieRule,
} from "./benchmark.js";
export { type BootstrapEstimate, type BootstrapOptions, bootstrap } from "./bootstrap.js";
export { type BuiltCell, type BuiltClaim, type BuiltRow, type BuiltTable, buildTable } from "./build-table.js";
export { cacheScorer } from "./cache-scorer.js";
export { checkTable, type TableCheck } from "./check-table.js";
export { choiceBenchmark } from "./choice-benchmark.js";
export { type Comparison, compareModels, type Verdict } from "./compare-models.js";
export * from "./detection.js";
export { type ItemValues, itemValues } from "./item-values.js";
export { type PairedTestResult, pairedTest } from "./paired-test.js";
export { type RenderOptions, renderTable, type TableFormat, tableFormats } from "./render-table.js";
export { retrievalBenchmark } from "./retrieval-benchmark.js";
export { readSugarcrepe, type SugarcrepeSubset, sugarcrepeInfo, sugarcrepeSubsets } from "./sugarcrepe.js";
export type { Claim, PublishedNumbers, TableColumn, TableRow, TableSpec } from "./table.js";
export { tableSpecs } from "./table-specs.js";
export { demoTable } from "./tables/demo.js";
export { mosaiclipTable1 } from "./tables/mosaiclip-1.js";
export { wilsonInterval } from "./wilson-interval.js";
