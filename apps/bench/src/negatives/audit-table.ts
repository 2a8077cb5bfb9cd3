import type { AuditedSet } from "./audit-sets.js";

/** The rows that the command line prints and the page shows; shares in percent, a dash for a set without pairs. */
export function auditTable(sets: readonly AuditedSet[]): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const models = Object.keys(sets[0]?.audit.blindAccuracy ?? {});
  return {
    header: ["set", "pairs", "same words", "words more", ...models, "worst"],
    rows: sets.map(({ name, audit }) => [
      name,
      String(audit.pairs),
      percent(audit.sameBagOfWords),
      fixed(audit.meanLengthDifference, 2),
      ...models.map((model) => percent(audit.blindAccuracy[model]!)),
      percent(audit.worst),
    ]),
  };
}

const percent = (share: number) => fixed(100 * share, 1);
const fixed = (value: number, digits: number) => (Number.isNaN(value) ? "-" : value.toFixed(digits));
