import { shuffled } from "@tesserae/scene-graph/random";
import { createMiner } from "../contract/create-miner.js";
import type { NegativeMiner } from "../contract/negative-miner.js";
import { isWord, type PlacedWord, permuteWords, placedWords } from "../edits/permute-words.js";

export interface NgramShuffleOptions {
  /** Words that stay together. Default 2. */
  readonly n?: number;
  /** Shuffles tried until one is a negative. Default 10. */
  readonly attempts?: number;
}

/**
 * Cuts the caption into runs of `n` words and puts the runs in random order (FSC-CLIP's `ngram_shuffle_N`; Oh et al., EMNLP 2024): one negative a
 * caption. Punctuation stays in its place.
 *
 * @throws RangeError where `n` is no whole number from 1 up
 */
export function ngramShuffle({ n = 2, attempts = 10 }: NgramShuffleOptions = {}): NegativeMiner {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`ngramShuffle: n is ${n}; give a whole number from 1 up`);
  return createMiner({
    name: `ngram-shuffle-${n}`,
    version: "2",
    citation:
      "Oh et al. Preserving multi-modal capabilities of pre-trained VLMs for improving compositionality. EMNLP 2024",
    mineOne(graph, context) {
      const words = placedWords(graph.caption).filter(isWord);
      const runs: PlacedWord[][] = [];
      for (let i = 0; i < words.length; i += n) runs.push(words.slice(i, i + n));
      if (runs.length < 2) return [];
      for (let i = 0; i < attempts; i++) {
        const permuted = shuffled(context.rng, runs).flat();
        const negative = permuteWords(graph, "shuffle-runs", words, permuted, context);
        if (negative) return [negative];
      }
      return [];
    },
  });
}
