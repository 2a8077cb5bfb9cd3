import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSugarcrepe, sugarcrepeSubsets } from "@tesserae/benchmarks";
import { type Audit, type AuditPair, audit, builtInMiners, refine } from "@tesserae/negatives";
import { seededRng } from "@tesserae/scene-graph/random";
import { BenchError } from "../bench-error.js";
import { type Corpus, corpusVocabulary, loadMiners } from "./corpus.js";
import { mineCorpus } from "./mine-corpus.js";

/** A set of pairs and how well text alone tells it apart. */
export interface AuditedSet {
  readonly name: string;
  readonly pairs: readonly AuditPair[];
  readonly audit: Audit;
}

/** The blind models that refinement balances: all of the package's own. */
const balanced = ["shorter", "unigram", "trigram", "learned"] as const;

/**
 * One set for each miner, with one negative of each caption that it has any for, chosen at random; all of them together as "mixed"; and what refinement
 * leaves of that.
 */
export async function minerSets(
  corpus: Corpus,
  references: readonly string[],
  seed: number,
  onSet: (set: AuditedSet) => void,
): Promise<void> {
  const captions = corpus.graphs.map(({ caption }) => caption);
  const miners = await loadMiners([...Object.keys(builtInMiners), ...references], corpusVocabulary(corpus.graphs));
  const rng = seededRng(seed);
  const mixed: AuditPair[] = [];
  for (const miner of miners) {
    const { negatives } = await mineCorpus(miner, corpus.graphs, seed);
    const pairs = negatives.flatMap((list, i): AuditPair[] => {
      const negative = list[Math.floor(rng() * list.length)];
      const caption = captions[i]!;
      return negative ? [{ positive: negative.source ?? caption, negative: negative.caption, caption }] : [];
    });
    mixed.push(...pairs);
    onSet({ name: miner.name, pairs, audit: await audit(pairs, { corpus: captions }) });
    await miner.dispose?.();
  }
  const whole = await audit(mixed, { corpus: captions });
  onSet({ name: "mixed", pairs: mixed, audit: whole });
  const kept = refine(
    balanced.map((name) => whole.gaps[name]!),
    { rng },
  ).map((index) => mixed[index]!);
  onSet({ name: "mixed, refined", pairs: kept, audit: await audit(kept, { corpus: captions }) });
}

/** SugarCrepe's seven files. @throws BenchError where one is missing or malformed */
export async function sugarcrepeSets(
  folder: string,
  corpus: readonly string[],
  onSet: (set: AuditedSet) => void,
): Promise<void> {
  for (const subset of sugarcrepeSubsets) {
    const path = join(folder, `${subset}.json`);
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch {
      throw new BenchError(`${path}: cannot be read; --sugarcrepe wants the folder of SugarCrepe's seven files`);
    }
    const pairs = readSugarcrepe(text, path).map(({ captions: [positive = "", negative = ""] }) => ({
      positive,
      negative,
    }));
    onSet({ name: `SugarCrepe ${subset}`, pairs, audit: await audit(pairs, { corpus }) });
  }
}
