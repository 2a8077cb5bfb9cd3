import type { ChoiceItem } from "@tesserae/benchmarks";
import { type Audit, type AuditPair, audit, builtInMiners, refine } from "@tesserae/negatives";
import { seededRng } from "@tesserae/scene-graph/random";
import { BenchError } from "../bench-error.js";
import { createDataSource, type DataFolders } from "../data/data-source.js";
import { chooseBenchmarks, openBenchmarks } from "../data/open-benchmarks.js";
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

/** Each chosen benchmark whose items are one right and one wrong caption. @throws BenchError where files are missing or malformed */
export async function benchmarkSets(
  names: readonly string[],
  folders: DataFolders,
  corpus: readonly string[],
  onSet: (set: AuditedSet) => void,
): Promise<void> {
  for (const definition of await chooseBenchmarks(openBenchmarks(0), names)) {
    const { items } = await definition.read(createDataSource(definition, folders));
    const pairs = (items as readonly Partial<ChoiceItem>[]).flatMap(({ captions, correct }) =>
      captions?.length === 2 && correct !== undefined
        ? [{ positive: captions[correct]!, negative: captions[1 - correct]! }]
        : [],
    );
    if (pairs.length === 0) throw new BenchError(`--benchmark ${definition.name}: has no items of two captions`);
    onSet({ name: definition.name, pairs, audit: await audit(pairs, { corpus }) });
  }
}
