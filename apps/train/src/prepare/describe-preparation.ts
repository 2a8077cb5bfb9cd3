import { join } from "node:path";
import { problemsName } from "./prepare.js";
import type { PreparedManifest } from "./prepared.js";

/** What a preparation came to, in a few lines for a terminal. */
export function describePreparation({ counts, miner, files, sha256 }: PreparedManifest, out: string): string {
  const { records, captions, covered, negatives, skipped, repaired, kinds, rejects, failures } = counts;
  const list = (named: Readonly<Record<string, number>>) =>
    Object.entries(named)
      .map(([name, count]) => `${name} ${count}`)
      .join(", ");
  const lines = [
    "",
    `${captions} of ${records} captions prepared; miner ${miner.name} ${miner.version}: a negative for ${((100 * covered) / captions).toFixed(1)} %, ${(negatives / captions).toFixed(2)} a caption`,
  ];
  if (negatives > 0) lines.push(`negatives by kind: ${list(kinds)}`);
  if (Object.keys(rejects).length > 0) lines.push(`candidates thrown away: ${list(rejects)}`);
  if (skipped > 0) lines.push(`${skipped} records skipped`);
  if (repaired > 0) lines.push(`${repaired} captions changed before parsing`);
  if (Object.keys(failures).length > 0) lines.push(`captions at which the miner failed: ${list(failures)}`);
  if (skipped + repaired > 0 || Object.keys(failures).length > 0) {
    lines.push(`each with file and line in ${join(out, problemsName)}`);
  }
  lines.push(`${files.length} ${files.length === 1 ? "file" : "files"} in ${out}, sha256 ${sha256.slice(0, 12)}`);
  return lines.join("\n");
}
