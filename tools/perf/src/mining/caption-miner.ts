import { decompose } from "@tesserae/augment";
import { buildVocabulary, builtInMiners, type NegativeMiner } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";

/** Captions, and the built-in miner to mine them with. */
export interface MineJob {
  readonly miner: string;
  readonly captions: readonly string[];
}

/** Captions that the vocabulary of replacements is built from. */
const vocabularyCaptions = 2000;

/**
 * Parses, decomposes and mines captions one after another, and keeps nothing but counts, as a stream would.
 * The function that it returns reuses each miner and a vocabulary of the first captions that it saw.
 */
export function captionMiner(): (job: MineJob) => Promise<{ readonly covered: number }> {
  const miners = new Map<string, NegativeMiner>();
  const rng = seededRng(0);
  return async ({ miner: name, captions }) => {
    let miner = miners.get(name);
    if (!miner) {
      const graphs = captions.slice(0, vocabularyCaptions).map((caption) => parse(caption));
      miner = builtInMiners[name]!(buildVocabulary(graphs));
      miners.set(name, miner);
    }
    let covered = 0;
    for (const caption of captions) {
      const graph = parse(caption);
      decompose(graph);
      const [negatives] = await miner.mine([graph], { rng });
      if (negatives!.length > 0) covered++;
    }
    return { covered };
  };
}
