import { clove, type NegativeMiner, negclip } from "@tesserae/negatives";
import { openWordnet } from "@tesserae/negatives/wordnet";

/** What NegCLIP's published negatives are compared with: all that its miner finds when it may find any number. */
export function publishedMiner(): NegativeMiner {
  return negclip({ maxNegatives: Number.POSITIVE_INFINITY });
}

/** The miner that needs WordNet's files. @throws where they are not installed */
export function wordnetMiner(): NegativeMiner {
  return clove({ thesaurus: openWordnet() });
}
