import { shuffled } from "@tesserae/scene-graph/random";
import { atoms, replaceAtom } from "../candidates/atoms.js";
import { createMiner } from "../contract/create-miner.js";
import type { Negative } from "../contract/negative.js";
import type { NegativeMiner } from "../contract/negative-miner.js";
import { pick } from "../vocabulary/random.js";

/** For a word of the graph (an object name, an attribute, a predicate), the words that may take its place. */
export type Lexicon = Readonly<Record<string, readonly string[]>>;

export interface ReplaceOptions {
  readonly lexicon: Lexicon;
  /** At most this many negatives a caption. Default 3. */
  readonly maxNegatives?: number;
}

/**
 * Replaces one object, attribute or predicate of the caption by a word that the lexicon gives for it, such as antonyms or things of the same
 * kind. Nouns keep their number, verbs their form.
 */
export function replace({ lexicon, maxNegatives = 3 }: ReplaceOptions): NegativeMiner {
  const words = new Map(Object.entries(lexicon));
  return createMiner({
    name: "replace",
    version: "4",
    mineOne(graph, context) {
      const places = shuffled(
        context.rng,
        atoms(graph).filter(({ name }) => words.has(name)),
      );
      const negatives: Negative[] = [];
      for (const atom of places) {
        if (negatives.length >= maxNegatives) break;
        const word = pick(words.get(atom.name)!, context.rng);
        const negative = word && replaceAtom(graph, atom, word, `replace-${atom.type}`, context);
        if (negative) negatives.push(negative);
      }
      return negatives;
    },
  });
}
