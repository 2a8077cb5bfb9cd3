import { builtInMiners, type NegativeMiner, type RejectReason } from "@tesserae/negatives";
import { createTaskProgress, type Output, textTable } from "@tesserae/shared";
import { wordnetMiner } from "../definitions/compared-miners.js";
import { comparePublished } from "../negatives/compare-published.js";
import { type Corpus, corpusVocabulary, loadMiners, openCorpus } from "../negatives/corpus.js";
import { type MinedCorpus, mineCorpus } from "../negatives/mine-corpus.js";

export interface NegativesOptions {
  readonly miner?: readonly string[];
  readonly limit?: number;
  readonly seed: number;
  readonly examples: number;
}

/** For each file of captions, a table of what every miner finds in it; where the file brings negatives of its own, a comparison with them. */
export async function negatives(paths: readonly string[], options: NegativesOptions, output: Output): Promise<void> {
  for (const path of paths) {
    const corpus = await openCorpus(path, options.limit);
    const related = corpus.graphs.filter(({ relations }) => relations.length > 0).length;
    output.print(`${corpus.name}: ${corpus.graphs.length} captions, ${related} with a relation`);
    for (const problem of corpus.problems.slice(0, options.examples)) output.print(`  ${problem}`);
    await printCoverage(corpus, options, output);
    if (corpus.published) await printComparison(corpus, corpus.published, options.examples, output);
    output.print("");
  }
}

const reasons: Readonly<Record<RejectReason, string>> = {
  "same text": "same",
  "follows from the caption": "follows",
  duplicate: "duplicate",
  "overlapping edits": "overlap",
  "not at a word boundary": "cuts word",
  "inside a quotation": "quoted",
  "reads otherwise": "reads otherwise",
  "does not agree": "disagrees",
  "may be true of the image": "may be true",
};

async function printCoverage(corpus: Corpus, { miner, seed }: NegativesOptions, output: Output): Promise<void> {
  const vocabulary = corpusVocabulary(corpus.graphs);
  const miners = await loadMiners([...Object.keys(builtInMiners), ...(miner ?? [])], vocabulary);
  const wordnet = openWordnetMiner(output);
  const rows: string[][] = [];
  for (const one of wordnet ? [...miners, wordnet] : miners) {
    const progress = createTaskProgress({ ...output, print: () => {} });
    progress.start(one.name);
    const mined = await mineCorpus(one, corpus.graphs, seed, progress.update);
    progress.finish("");
    rows.push(coverageRow(mined));
    for (const example of mined.report.examples) output.print(`  ${example}`);
    await one.dispose?.();
  }
  output.print(
    textTable(
      ["miner", "version", "negatives", "covered", "of related", "violations", "problems", ...Object.values(reasons)],
      rows,
    ),
  );
}

function openWordnetMiner(output: Output): NegativeMiner | undefined {
  try {
    return wordnetMiner();
  } catch (error) {
    output.print(`The miner that needs WordNet is left out: ${(error as Error).message}`);
    return undefined;
  }
}

function coverageRow({ report, related }: MinedCorpus): string[] {
  const violations = report.problems["not a negative"] ?? 0;
  const problems = Object.values(report.problems).reduce((sum, count) => sum + count, 0) - violations;
  return [
    report.miner,
    report.version,
    String(report.negatives),
    percent(report.covered, report.captions),
    percent(related.covered, related.captions),
    String(violations),
    String(problems),
    ...Object.keys(reasons).map((reason) => String(report.rejects[reason as RejectReason] ?? 0)),
  ];
}

async function printComparison(
  { name, graphs }: Corpus,
  published: readonly (readonly string[])[],
  examples: number,
  output: Output,
): Promise<void> {
  const { rows, negatives: count, made, broken, missed, ...by } = await comparePublished(graphs, published);
  output.print(
    [
      "",
      `The negatives that ${name} brings, beside all that negclip() finds:`,
      `  rows of which negclip() makes every negative   ${percent(by.rowsAllMade, rows)}  (${by.rowsAllMade} of ${rows})`,
      `  rows of which it makes at least one            ${percent(by.rowsSomeMade, rows)}  (${by.rowsSomeMade} of ${rows})`,
      `  negatives that it makes                        ${percent(made, count)}  (${made} of ${count})`,
      `  rows with a negative that breaks the guarantee ${percent(by.rowsBroken, rows)}  (${by.rowsBroken} of ${rows})`,
      `  negatives that break the guarantee             ${percent(broken.length, count)}  (${broken.length} of ${count})`,
    ].join("\n"),
  );
  output.print("Some that break it:");
  for (const one of spread(broken, examples)) output.print(`  ${one.why}: "${one.caption}" -> "${one.negative}"`);
  output.print("Some that hold and that negclip() does not make:");
  for (const one of spread(missed, examples)) output.print(`  "${one.caption}" -> "${one.negative}"`);
}

/** `count` items at even distances. */
function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / Math.max(1, count)));
  return items.filter((_, i) => i % step === 0).slice(0, count);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
}
