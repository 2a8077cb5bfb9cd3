import { type BenchmarkResult, compareResults, differenceBetween, type Verdict } from "@tesserae/benchmarks";
import { type Output, textTable } from "@tesserae/shared";
import { BenchError } from "../bench-error.js";
import { dropLimited, requireResults } from "../results/result-files.js";

export interface DiffOptions {
  readonly json?: boolean | undefined;
}

/** One metric of one benchmark in both. */
interface Difference {
  readonly benchmark: string;
  readonly metric: string;
  readonly a: number;
  readonly b: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly pValue: number;
  readonly verdict: string;
}

/** Prints, for every benchmark that two result files or folders share, the difference of b over a with a paired test. */
export async function diff(a: string, b: string, options: DiffOptions, output: Output): Promise<void> {
  const first = await resultsOfOneModel(a);
  const second = await resultsOfOneModel(b);
  const shared = [...first.keys()].filter((benchmark) => second.has(benchmark));
  if (shared.length === 0) {
    throw new BenchError(
      `${a} and ${b} share no benchmark: ${[...first.keys()].join(", ")} and ${[...second.keys()].join(", ")}; run one on both`,
    );
  }
  const notes: string[] = [];
  const differences = shared.flatMap((benchmark): Difference[] => {
    const [from, to] = [first.get(benchmark)!, second.get(benchmark)!];
    const reason = differenceBetween(from, to);
    if (reason === undefined) return compareBoth(from, to);
    notes.push(`${benchmark} is left out: ${reason}`);
    return [];
  });
  if (options.json) {
    output.print(JSON.stringify({ a, b, differences, notes }, null, 2));
    return;
  }
  const points = (share: number) => (share * 100).toFixed(1);
  const rows = differences.map((one) => [
    ...[one.benchmark, one.metric, points(one.a), points(one.b)],
    `${one.difference > 0 ? "+" : ""}${points(one.difference)}`,
    ...[`[${one.interval.map(points).join(", ")}]`, one.pValue.toPrecision(2), one.verdict],
  ]);
  output.print(`a: ${a}\nb: ${b}\n`);
  output.print(textTable(["benchmark", "metric", "a", "b", "b - a", "95 % interval", "p", ""], rows));
  for (const note of notes) output.print(note);
  output.print(
    "\nPercent; McNemar's exact test for right and wrong, paired bootstrap elsewhere; not corrected for many tests.\n" +
      "This compares two runs on given items. It says nothing about the methods: another training seed may turn it round.",
  );
}

function compareBoth(from: BenchmarkResult, to: BenchmarkResult): Difference[] {
  return Object.keys(from.values)
    .filter((metric) => metric in to.values && (from.values[metric]!.values.length ?? 0) > 0)
    .map((metric) => {
      const { test, verdict } = compareResults(metric, to, from);
      return {
        ...{ benchmark: from.benchmark, metric },
        ...{ a: from.metrics[metric]!.value, b: to.metrics[metric]!.value, difference: test.difference },
        ...{ interval: test.interval, pValue: test.pValue, verdict: verdictOfDifference[verdict] },
      };
    });
}

const verdictOfDifference: Readonly<Record<Verdict, string>> = {
  significant: "b is better",
  "same direction, not significant": "not significant",
  "no difference": "no difference",
  "opposite direction, not significant": "not significant",
  contradicted: "a is better",
  "one training seed": "one training seed",
  "not run": "not run",
};

async function resultsOfOneModel(path: string): Promise<ReadonlyMap<string, BenchmarkResult>> {
  const stored = dropLimited(await requireResults(path));
  const names = new Set(stored.map(({ result }) => result.model.name));
  if (names.size > 1) {
    throw new BenchError(`${path}: holds results of ${[...names].join(", ")}; give the folder of one run`);
  }
  return new Map(stored.map(({ result }) => [result.benchmark, result]));
}
