import type { RunRecord } from "../steps/train.js";

/** What a run came to, in a few lines for a terminal. */
export function summary(record: RunRecord, folder: string): string {
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const lines = [
    "",
    `${record.name}: ${record.method}${record.miner === null ? "" : ` with miner ${record.miner.name} ${record.miner.version}`}`,
    `train loss ${record.loss.first.toFixed(3)} -> ${record.loss.last.toFixed(3)} (means of the first and the last tenth of ${record.steps} steps)`,
  ];
  for (const [name, metric] of Object.entries(record.validation)) {
    const chance = metric.chance === undefined ? "" : `, chance ${percent(metric.chance)}`;
    lines.push(`held-out ${name} ${percent(metric.value)} (n = ${metric.n}${chance})`);
  }
  for (const { miner, captions, covered, negatives } of record.coverage) {
    lines.push(
      `miner ${miner}: a negative for ${percent(covered / captions)} of ${captions} captions, ${(negatives / captions).toFixed(2)} a caption`,
    );
  }
  const { unreadableImages } = record;
  if (unreadableImages.length > 0) {
    lines.push(
      `${unreadableImages.length} images could not be read and were left out; the first: ${unreadableImages[0]}`,
    );
  }
  lines.push(`pairwise complexity ${record.pairwiseComplexity.toFixed(2)} (region-attribute pairs an image)`);
  lines.push(`${record.seconds.toFixed(0)} s on ${record.backend.name}; written to ${folder}`);
  return lines.join("\n");
}
