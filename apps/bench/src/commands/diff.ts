import { type BenchmarkResult, compareModels } from "@tesserae/benchmarks";
import { BenchError } from "../bench-error.js";
import type { Output } from "../progress.js";
import { preferWhole, readResults } from "../result-files.js";
import { textTable } from "../text-table.js";

/** Prints, for every benchmark that two result files or folders share, the difference of b over a with a paired test. */
export async function diff(a: string, b: string, output: Output): Promise<void> {
  const first = await resultsOfOneModel(a);
  const second = await resultsOfOneModel(b);
  const shared = [...first.keys()].filter((benchmark) => second.has(benchmark));
  if (shared.length === 0) {
    throw new BenchError(
      `${a} and ${b} share no benchmark: ${[...first.keys()].join(", ")} and ${[...second.keys()].join(", ")}; run one on both`,
    );
  }
  const rows = shared.flatMap((benchmark) => {
    const [from, to] = [first.get(benchmark)!, second.get(benchmark)!];
    return Object.keys(from.metrics)
      .filter((metric) => metric in to.metrics)
      .map((metric) => {
        const { test, verdict } = compareModels(to.model.name, from.model.name, metric, [to, from]);
        const points = (share: number) => (share * 100).toFixed(1);
        return [
          benchmark,
          metric,
          points(from.metrics[metric]!.value),
          points(to.metrics[metric]!.value),
          test ? `${test.difference > 0 ? "+" : ""}${points(test.difference)}` : "",
          test ? `[${test.interval.map(points).join(", ")}]` : "",
          test ? test.pValue.toPrecision(2) : "",
          verdictOfDifference[verdict],
        ];
      });
  });
  output.print(`a: ${a}\nb: ${b}\n`);
  output.print(textTable(["benchmark", "metric", "a", "b", "b - a", "95 % interval", "p", ""], rows));
  output.print(
    "\nPercent; McNemar's exact test for right and wrong, paired bootstrap elsewhere; not corrected for many tests.",
  );
}

const verdictOfDifference: Readonly<Record<ReturnType<typeof compareModels>["verdict"], string>> = {
  significant: "b is better",
  "same direction, not significant": "not significant",
  "no difference": "no difference",
  "opposite direction, not significant": "not significant",
  contradicted: "a is better",
  "not run": "not run",
};

async function resultsOfOneModel(path: string): Promise<ReadonlyMap<string, BenchmarkResult>> {
  const stored = preferWhole(await readResults(path));
  const names = new Set(stored.map(({ result }) => result.model.name));
  if (names.size > 1) {
    throw new BenchError(`${path}: holds results of ${[...names].join(", ")}; give the folder of one run`);
  }
  return new Map(stored.map(({ result }) => [result.benchmark, result]));
}
