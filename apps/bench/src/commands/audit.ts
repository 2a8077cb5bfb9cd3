import { resolve } from "node:path";
import { type Output, textTable, writeFileAtomic } from "@tesserae/shared";
import { auditPage } from "../negatives/audit-page.js";
import { type AuditedSet, benchmarkSets, minerSets } from "../negatives/audit-sets.js";
import { auditTable } from "../negatives/audit-table.js";
import { openCorpus } from "../negatives/corpus.js";

export interface AuditOptions {
  readonly miner?: readonly string[];
  readonly benchmark?: readonly string[];
  /** Where the benchmarks' files are. */
  readonly data?: string;
  readonly limit?: number;
  readonly seed: number;
  readonly out: string;
}

/** Audits what every miner makes of captions: prints the table, and writes a page with it and its pictures. */
export async function audit(path: string, options: AuditOptions, output: Output): Promise<void> {
  const corpus = await openCorpus(path, options.limit);
  const captions = corpus.graphs.map(({ caption }) => caption);
  const sets: AuditedSet[] = [];
  await minerSets(corpus, options.miner ?? [], options.seed, (set) => sets.push(set));
  await benchmarkSets(options.benchmark ?? [], options, captions, (set) => sets.push(set));
  output.print("How often a model that sees no image prefers the true caption, in percent; 50 is chance.");
  const { header, rows } = auditTable(sets);
  output.print(textTable(header, rows));
  const notes = [
    `Captions: ${corpus.name}, ${captions.length}, seed ${options.seed}; one negative of each caption and miner.`,
    "same words: share of pairs with the same bag of words; words more: mean length of the negative minus that of the true caption.",
    "shorter prefers the shorter text; unigram and trigram are counted on the captions, without the pair's own; learned is trained on one half of the set and judges the other.",
    "worst: the greatest accuracy, or 1 minus the least, since a model may also learn to prefer the other text.",
  ];
  for (const note of notes) output.print(note);
  const file = resolve(options.out);
  await writeFileAtomic(file, auditPage("Negatives without images", sets, notes));
  output.print(`page: ${file}`);
}
