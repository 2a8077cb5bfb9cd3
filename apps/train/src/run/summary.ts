import type { RunRecord } from "./run-recipe.js";

/** What a run came to, in a few lines for a terminal. */
export function summary(record: RunRecord, folder: string): string {
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const miner = record.miner === null ? "" : `, miner ${record.miner.name} ${record.miner.version}`;
  const lines = ["", `${record.name}: recipe ${record.recipe}, scale ${record.scale}${miner}`];
  if (record.loss) {
    const { first, last } = record.loss;
    lines.push(
      `train loss ${first.toFixed(3)} -> ${last.toFixed(3)} (means of the first and the last tenth of ${record.steps} steps)`,
    );
  }
  for (const [name, metric] of Object.entries(record.validation ?? {})) {
    const chance = metric.chance === undefined ? "" : `, chance ${percent(metric.chance)}`;
    lines.push(`held-out ${name} ${percent(metric.value)} (n = ${metric.n}${chance})`);
  }
  const unreadable = record.parts.flatMap(({ unreadableImages = [] }) => unreadableImages as readonly string[]);
  if (unreadable.length > 0) {
    lines.push(`${unreadable.length} images could not be read and were left out; the first: ${unreadable[0]}`);
  }
  lines.push(`${record.seconds.toFixed(0)} s on ${record.backend.name}; written to ${folder}`);
  return lines.join("\n");
}
