import { parse, type SceneGraph } from "@tesserae/scene-graph";
import type { Rng } from "@tesserae/scene-graph/random";
import { sampleSentences } from "./sample-sentences.js";

export interface SentenceSamplingOptions {
  /** How many sentences to keep, at most all. Default: a number drawn uniformly from 1 to all of them (a reconstruction). */
  readonly count?: number;
  /** Reads the sampled text. Default: `parse` of `@tesserae/scene-graph`. */
  readonly parse?: (caption: string) => SceneGraph;
}

/** A `TextSource` of `@tesserae/negatives` that gives one positive and no negatives. */
export interface SentenceSampling {
  readonly name: "sentence-sampling";
  readonly version: string;
  readonly options: { readonly count: number | "uniform" };
  readonly max: { readonly positives: 1; readonly negatives: 0 };
  readonly positivesOf: "own";
  texts(
    graphs: readonly SceneGraph[],
    context: { readonly rng: Rng },
  ): { readonly positives: readonly SceneGraph[]; readonly negatives: readonly never[] }[];
}

/**
 * Semantic Guidance's sentence sampling (Stone et al., 2024) as a text source: the positive of an image is a random subset of its caption's
 * sentences, drawn anew at every call. It stands where `caption()` would.
 *
 * @throws RangeError where `count` is not a whole number from 1
 */
export function sentenceSampling({ count, parse: read = parse }: SentenceSamplingOptions = {}): SentenceSampling {
  if (count !== undefined && (!Number.isInteger(count) || count < 1)) {
    throw new RangeError(`sentenceSampling: count is ${count}; give a whole number from 1`);
  }
  return {
    name: "sentence-sampling",
    version: "1",
    options: { count: count ?? "uniform" },
    max: { positives: 1, negatives: 0 },
    positivesOf: "own",
    texts: (graphs, { rng }) =>
      graphs.map((graph) => {
        const text = sampleSentences(graph.caption, count === undefined ? { rng } : { rng, count });
        return { positives: [text === graph.caption ? graph : read(text)], negatives: [] };
      }),
  };
}
