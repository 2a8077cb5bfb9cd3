import type { NegativeMiner } from "../contract/negative-miner.js";
import type { ImageTexts, TextLimits, TextSource } from "../contract/text-source.js";
import { type MosaiclipOptions, mosaiclipOptionsRecord, mosaiclipPairs } from "../miners/mosaiclip/mosaiclip.js";
import { resolveVocabulary } from "../vocabulary/resolve-vocabulary.js";
import { caption } from "./caption.js";
import { join } from "./combine-texts.js";
import { minedNegatives } from "./mined-negatives.js";

export interface SubGraphPairsOptions
  extends Omit<MosaiclipOptions, "maxPositives" | "maxNegatives" | "probabilities"> {
  /** Sub-graphs and edited sub-graphs of one image. Default 3 and 6 (appendix H.1). What `with` adds does not count. */
  readonly max?: TextLimits;
  /** p1, the share of single objects (f_obj); f_rel and f_attr share the rest. Default 0.15, the paper's pre-training value. */
  readonly objectPairs?: number;
  /**
   * What every image gets besides, counted in neither limit. A miner gives one negative, as `minedNegatives(miner)`. Default: the caption
   * alone, first of the positives; that it is one is a reconstruction. The paper's pre-training adds one NegCLIP swap: `[caption(), negclip()]`.
   */
  readonly with?: readonly (TextSource | NegativeMiner)[];
  /** Default "graph", as the paper's P(i). */
  readonly positivesOf?: TextSource["positivesOf"];
}

/**
 * MosaiCLIP's texts (Singh et al., EMNLP 2023, sections 3.3 and 3.4, appendices B and H.1): sub-graphs of the caption as positives, edited
 * sub-graphs as negatives, drawn anew at every call, each text once for an image.
 *
 * @throws RangeError for limits that are no whole numbers from 0, or `objectPairs` outside [0, 1]
 */
export function subGraphPairs({
  max = { positives: 3, negatives: 6 },
  objectPairs = 0.15,
  with: additions = [caption()],
  positivesOf = "graph",
  ...mosaiclip
}: SubGraphPairsOptions = {}): TextSource {
  for (const [of, limit] of Object.entries(max)) {
    if (!Number.isInteger(limit) || limit < 0) {
      throw new RangeError(`subGraphPairs: max.${of} is ${limit}; give a whole number from 0`);
    }
  }
  if (!(objectPairs >= 0 && objectPairs <= 1)) {
    throw new RangeError(`subGraphPairs: objectPairs is ${objectPairs}; give a share in [0, 1]`);
  }
  const other = (1 - objectPairs) / 2;
  const probabilities = { object: objectPairs, relation: other, attribute: other };
  const sources = additions.map((addition) => ("mine" in addition ? minedNegatives(addition) : addition));
  const sum = (of: keyof TextLimits) => sources.reduce((total, source) => total + source.max[of], max[of]);
  return {
    name: "sub-graph-pairs",
    version: "1",
    options: {
      ...mosaiclipOptionsRecord(mosaiclip),
      max,
      objectPairs,
      with: sources.map(({ name, version, options }) => ({ name, version, options })),
      positivesOf,
    },
    max: { positives: sum("positives"), negatives: sum("negatives") },
    positivesOf,
    async texts(graphs, context) {
      const { max: lower, ...always } = context;
      const added: (readonly ImageTexts[])[] = [];
      for (const source of sources) added.push(await source.texts(graphs, always));
      const options = {
        ...mosaiclip,
        vocabulary: resolveVocabulary(mosaiclip.vocabulary, context, "subGraphPairs"),
        probabilities,
        maxPositives: Math.min(max.positives, lower?.positives ?? max.positives),
        maxNegatives: Math.min(max.negatives, lower?.negatives ?? max.negatives),
      };
      return graphs.map((graph, i) => {
        const pairs = mosaiclipPairs(graph, options, context.rng, context.reject);
        return join([...added.map((list) => list[i]!), pairs]);
      });
    },
    async dispose() {
      for (const source of sources) await source.dispose?.();
    },
  };
}
