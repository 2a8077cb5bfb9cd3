export { projectTree, type TreeProjection, treeScores, type WordTree } from "./analysis/tree-score.js";
export { type BenchmarkDefinition, type BenchmarkFile, defineBenchmark } from "./benchmark/benchmark-definition.js";
export { BenchmarkError } from "./benchmark/benchmark-error.js";
export { cacheScorer } from "./benchmark/cache-scorer.js";
export { type Box, type ImageRef, imageKey, imageName } from "./benchmark/image-ref.js";
export { type RunnableBenchmark, type RunOptions, runBenchmark } from "./benchmark/run-benchmark.js";
export type { Scorer } from "./benchmark/scorer.js";
export { createSimilarity, type Grid, type Similarity } from "./benchmark/similarity.js";
export type { Source } from "./benchmark/source.js";
export { chanceScorer, textScorer } from "./benchmark/text-scorer.js";
export { benchmarks } from "./definitions/benchmarks.js";
export { detectionBenchmarks } from "./definitions/detection.js";
export { elevaterSets } from "./definitions/image-sets.js";
export * from "./detection.js";
export type { Beats, Cell } from "./families/beats.js";
export { type ChoiceItem, choice } from "./families/choice.js";
export { type ClassificationData, type ClassificationItem, classification } from "./families/classification.js";
export { type DetectionData, type DetectionItem, detectionFamily } from "./families/detection.js";
export type { BenchmarkData, Family, ItemMetric, Judgement } from "./families/family.js";
export {
  type GridFacts,
  type GridFamilyOptions,
  type GridItem,
  type GridRecord,
  gridFamily,
} from "./families/grid-family.js";
export { type ImageChoiceItem, imageChoice } from "./families/image-choice.js";
export { type LinearProbeData, linearProbe } from "./families/linear-probe.js";
export { type MatchingItem, type MatchingRecords, matching } from "./families/matching.js";
export type { Prompted } from "./families/mean-prompts.js";
export { type PairItem, pair } from "./families/pair.js";
export { type ParaphraseItem, paraphrase } from "./families/paraphrase.js";
export {
  type Averaging,
  firstIndexPolicy,
  type Policy,
  strictPolicy,
  type TieRule,
  tieRules,
} from "./families/policy.js";
export { type RegionItem, type RegionRetrievalData, regionRetrievalFamily } from "./families/region-retrieval.js";
export { type RetrievalItem, type RetrievalPrediction, retrieval } from "./families/retrieval.js";
export { parseCsv } from "./formats/parse-csv.js";
export { parseJson, parseJsonLines } from "./formats/parse-json.js";
export { parsePythonTexts } from "./formats/parse-python-texts.js";
export { type Comparison, compareResults, differenceBetween, type Verdict } from "./results/compare-results.js";
export { itemValues } from "./results/item-values.js";
export { judgeAgain } from "./results/judge-again.js";
export { readResult } from "./results/read-result.js";
export {
  type BenchmarkResult,
  type ItemValues,
  type Metric,
  type ModelRecord,
  type RunRecord,
  resultSchema,
  runRecordSchema,
} from "./results/result-schema.js";
export { type BootstrapEstimate, type BootstrapOptions, bootstrap } from "./statistics/bootstrap.js";
export { holm } from "./statistics/holm.js";
export { fitLogisticRegression, type LogisticRegression } from "./statistics/logistic-regression.js";
export { type PairedTestResult, pairedTest } from "./statistics/paired-test.js";
export { elevenPointPrecision, rocAuc } from "./statistics/ranking.js";
export { seedTest } from "./statistics/seed-test.js";
export { wilsonInterval } from "./statistics/wilson-interval.js";
export {
  type BuiltCell,
  type BuiltClaim,
  type BuiltCurve,
  type BuiltRow,
  type BuiltTable,
  buildTable,
} from "./table/build-table.js";
export { checkTable, type TableCheck } from "./table/check-table.js";
export { type Expression, type ExpressionValue, type Lookup, mean, metric, minus, pooled } from "./table/expression.js";
export { type RenderOptions, renderTable, type TableFormat, tableFormats } from "./table/render-table.js";
export type {
  Claim,
  PublishedNumbers,
  TableColumn,
  TableCurve,
  TableRow,
  TableSpec,
  WorldCounterpart,
  WorldRow,
} from "./table/table-spec.js";
export { withoutEmpty } from "./table/without-empty.js";
export { worldTable } from "./table/world-table.js";
export { tables } from "./tables/tables.js";
