import * as tf from "@tensorflow/tfjs-core";
import { bootstrap, type TreeProjection, treeScores, type WordTree } from "@tesserae/benchmarks";
import { createTaskProgress, type Output, textTable } from "@tesserae/shared";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { BenchError } from "../bench-error.js";
import { findModel } from "../models/open-model.js";
import { openCorpus } from "../negatives/corpus.js";

export interface TreeScoreOptions {
  /** What `findModel` takes. */
  readonly model: readonly string[];
  readonly limit?: number | undefined;
  readonly backend?: string | undefined;
  readonly threads?: number | undefined;
  readonly batchSize?: number | undefined;
}

/** Captions that are analysed before progress is told. */
const together = 64;
/** Trees that are printed of each model. */
const shownTrees = 2;

/** Prints how tree-like models read captions, with 95 % intervals over captions. Says nothing about what they get right. */
export async function treeScore(path: string, options: TreeScoreOptions, output: Output): Promise<void> {
  const { graphs, problems, name } = await openCorpus(path, options.limit);
  const captions = graphs.map(({ caption }) => caption);
  if (captions.length === 0) throw new BenchError(`${path}: holds no caption`);
  const found = await Promise.all(options.model.map(findModel));
  tf.enableProdMode();
  const { backend, threads } = options;
  await selectBackend({
    ...(backend === undefined ? {} : { backend }),
    ...(threads === undefined ? {} : { threads }),
    log: output.print,
  });
  const progress = createTaskProgress(output);
  const rows: string[][] = [];
  const trees: string[] = [];
  for (const one of found) {
    const loadImage = () => Promise.reject(new BenchError("a tree score asks for no image"));
    const model = await one.open({ ...options, loadImage });
    try {
      const projections: TreeProjection[] = [];
      progress.start(one.name);
      for (let first = 0; first < captions.length; first += together) {
        projections.push(...(await treeScores(model.scorer, captions.slice(first, first + together))));
        progress.update(projections.length, captions.length);
      }
      const { value, interval } = bootstrap(projections.map(({ score }) => score));
      progress.finish(`${one.name}: ${captions.length} captions of ${name}`);
      rows.push([one.name, value.toFixed(4), interval.map((end) => end.toFixed(4)).join(" to ")]);
      trees.push(...projections.slice(0, shownTrees).map(({ tree }) => `${one.name}: ${bracketed(tree)}`));
    } finally {
      await model.dispose();
    }
  }
  output.print(textTable(["model", "tree score", "95 % interval"], rows));
  for (const line of [...trees, ...problems.map((problem) => `left out: ${problem}`)]) output.print(line);
}

function bracketed(tree: WordTree): string {
  return typeof tree === "string" ? tree : `(${tree.map(bracketed).join(" ")})`;
}
