import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { Family } from "../families/family.js";
import type { Policy } from "../families/policy.js";
import type { BenchmarkResult } from "./result-schema.js";
import { summarise } from "./summarise.js";

/**
 * The result that another policy makes of the same predictions; no model is run.
 *
 * @throws BenchmarkError when the family is another one than the predictions come from.
 */
export function judgeAgain(result: BenchmarkResult, family: Family, policy: Policy): BenchmarkResult {
  if (result.family.name !== family.name || result.family.version !== family.version) {
    throw new BenchmarkError(
      `${result.benchmark}: its predictions are of ${result.family.name} ${result.family.version}, not of ` +
        `${family.name} ${family.version}; run the benchmark again`,
    );
  }
  const judgement = family.judge(result.predictions, policy);
  return {
    ...result,
    ...(policy.name !== result.policy.name && { unlikeReference: judgedByAnother(policy, result.policy) }),
    policy,
    tieRule: policy.ties,
    averaging: policy.averaging,
    ...summarise(judgement, policy, result.seed),
    ties: judgement.ties,
  };
}

/** Why a result that was judged by another policy isn't the reference's number. */
export function judgedByAnother(policy: Policy, reference: Policy): string {
  return `it is judged by the policy "${policy.name}" instead of "${reference.name}"`;
}
