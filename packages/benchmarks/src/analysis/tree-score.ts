import type { Scorer } from "../benchmark/scorer.js";
import { roundScore } from "../benchmark/similarity.js";

/** A binary tree over words. */
export type WordTree = string | readonly [WordTree, WordTree];

/** The tree that a text tower's computation is closest to, and how much closer than to others. */
export interface TreeProjection {
  readonly tree: WordTree;
  /**
   * Sum over the tree's splits of how much more alike its two spans are with and without their context than those of the mean split. 0: no
   * split is better than any other.
   */
  readonly score: number;
}

/** Captions whose spans are embedded together. */
const together = 16;

/**
 * The tree projection of a sentence and its score (Murty et al., ICLR 2023, algorithm 1 and equation 5), from a chart of span contextual
 * invariance. Spans are split from the top, each where its two parts are most invariant; the first of equals is taken. The reference
 * subtracts one random split of every span; here it is the mean of all, which that random number is expected to be.
 *
 * @param words at least one
 * @param invariance how alike the words from `start` to `end`, both included, are with and without their context
 */
export function projectTree(
  words: readonly string[],
  invariance: (start: number, end: number) => number,
): TreeProjection {
  const project = (start: number, end: number): TreeProjection => {
    if (start === end) return { tree: words[start] ?? "", score: 0 };
    const splits = Array.from({ length: end - start }, (_, index) => start + index);
    const values = splits.map((at) => invariance(start, at) + invariance(at + 1, end));
    const best = Math.max(...values);
    const at = splits[values.indexOf(best)] ?? start;
    const [left, right] = [project(start, at), project(at + 1, end)];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { tree: [left.tree, right.tree], score: best - mean + left.score + right.score };
  };
  return project(0, words.length - 1);
}

/**
 * The tree score of captions, which MosaiCLIP's analysis compares between models on 5,000 captions of COCO's validation set (Singh et al.,
 * EMNLP 2023; a figure, no numbers). How it applies the method to CLIP is not printed; ours [RECON]: the state of a word in a context is
 * the model's embedding of the text from the context's first word to that word, so that any model that embeds texts can be analysed, and
 * causal towers see what they would see; the context is the sentence, or the span alone. A span's vector is the sum of its words' unit
 * vectors, and likeness is the cosine. Spans that begin the sentence are the same in both contexts.
 *
 * @returns one projection for each caption, in the order given
 */
export async function treeScores(scorer: Scorer, captions: readonly string[]): Promise<readonly TreeProjection[]> {
  const projections: TreeProjection[] = [];
  for (let first = 0; first < captions.length; first += together) {
    const sentences = captions.slice(first, first + together).map((caption) => caption.split(/\s+/).filter(Boolean));
    const spans = [...new Set(sentences.flatMap(everySpan))];
    const vectors = await scorer.embedTexts(spans);
    const states = new Map(spans.map((span, index) => [span, unit(vectors[index] ?? new Float32Array())]));
    for (const words of sentences) {
      const state = (start: number, end: number) => states.get(textOf(words, start, end)) ?? new Float64Array();
      const pool = (context: number, start: number, end: number) =>
        sum(Array.from({ length: end - start + 1 }, (_, index) => state(context, start + index)));
      projections.push(
        projectTree(words, (start, end) => (start === 0 ? 1 : likeness(pool(start, start, end), pool(0, start, end)))),
      );
    }
  }
  return projections;
}

/** Every run of words, as a text. */
function everySpan(words: readonly string[]): readonly string[] {
  return words.flatMap((_, start) => words.slice(start).map((_, length) => textOf(words, start, start + length)));
}

function textOf(words: readonly string[], start: number, end: number): string {
  return words.slice(start, end + 1).join(" ");
}

function unit(vector: Float32Array): Float64Array {
  const norm = Math.sqrt(dot(vector, vector));
  return Float64Array.from(vector, (value) => value / norm);
}

function sum(vectors: readonly Float64Array[]): Float64Array {
  const length = vectors[0]?.length ?? 0;
  return Float64Array.from({ length }, (_, at) => vectors.reduce((total, vector) => total + (vector[at] ?? 0), 0));
}

/** The cosine. */
function likeness(a: Float64Array, b: Float64Array): number {
  return roundScore(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += (a[at] ?? 0) * (b[at] ?? 0);
  return total;
}
