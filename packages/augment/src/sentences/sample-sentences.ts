import { type Rng, shuffled } from "@tesserae/scene-graph/random";
import { splitSentences } from "./split-sentences.js";

export interface SampleSentencesOptions {
  readonly rng: Rng;
  /** How many sentences to keep, at most all. Default: a number drawn uniformly from 1 to all of them (a reconstruction). */
  readonly count?: number;
}

/**
 * Keeps a random, never empty subset of a caption's sentences, in their order (sentence sampling of Semantic Guidance, Stone et al. 2024; the
 * distribution of the subset's size is not published). A caption of one sentence is returned as it is.
 *
 * @throws RangeError where `count` is not a number
 */
export function sampleSentences(caption: string, { rng, count }: SampleSentencesOptions): string {
  if (Number.isNaN(count)) throw new RangeError("sampleSentences: count is NaN; give the number of sentences to keep");
  const sentences = splitSentences(caption);
  if (sentences.length < 2) return caption;
  const size = Math.min(count ?? 1 + Math.floor(rng() * sentences.length), sentences.length);
  const kept = new Set(shuffled(rng, [...sentences.keys()]).slice(0, Math.max(1, size)));
  return sentences.filter((_, i) => kept.has(i)).join(" ");
}
