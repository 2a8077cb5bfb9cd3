import { type BenchmarkResult, judgeAgain, type Policy, tieRules } from "@tesserae/benchmarks";
import { type Output, textTable } from "@tesserae/shared";
import { BenchError } from "../bench-error.js";
import { chooseBenchmarks, openBenchmarks } from "../data/open-benchmarks.js";
import { requireResults } from "../results/result-files.js";

/**
 * Judges stored predictions by their own policy and by every other that their benchmark knows, and where there are ties also by the
 * other tie rules; no model is run.
 */
export async function judge(path: string, files: readonly string[], output: Output): Promise<void> {
  const known = [...openBenchmarks(0), ...(await chooseBenchmarks([], files))];
  const results = await requireResults(path);
  const rows = results.flatMap(({ result }) => {
    const definition = known.find(({ name }) => name === result.benchmark);
    if (!definition) throw new BenchError(`${result.benchmark}: no such benchmark; give its file with --benchmark`);
    const policies = [definition.policy, ...(definition.otherPolicies ?? [])];
    const others = policies.filter(({ name }) => name !== result.policy.name);
    return [result.policy, ...others, ...otherTieRules(result)].map((policy) =>
      row(judgeAgain(result, definition.family, policy)),
    );
  });
  const header = ["benchmark", "model", "policy", "tie rule", "average", "metric", "value", "chance", "items", "ties"];
  output.print(textTable(header, rows));
}

/** A result's own policy with every other tie rule, where that can make a difference. */
function otherTieRules({ policy, ties }: BenchmarkResult): readonly Policy[] {
  if (ties === 0) return [];
  return tieRules
    .filter((rule) => rule !== policy.ties)
    .map((rule) => ({ ...policy, name: `${policy.name}, ${rule}`, ties: rule }));
}

function row({ benchmark, model, policy, headline, metrics, ties }: BenchmarkResult): string[] {
  const metric = metrics[headline];
  const points = (share: number | undefined) => (share === undefined ? "" : (share * 100).toFixed(1));
  const numbers = metric
    ? [points(metric.value), points(metric.chance), String(metric.n)]
    : ["no item counts", "", "0"];
  return [benchmark, model.name, policy.name, policy.ties, policy.averaging, headline, ...numbers, String(ties)];
}
