import type { SceneGraph } from "../graph/scene-graph.js";
import { lemmatizedTuples, type Score, score } from "./score.js";

/** Turns texts into vectors of one length, in order. */
export type Embed = (texts: readonly string[]) => Promise<readonly ArrayLike<number>[]> | readonly ArrayLike<number>[];

/**
 * Soft-SPICE (FACTUAL, Li et al., 2023): every tuple is written as text and embedded; precision is the mean over the candidate's tuples of the highest
 * cosine with a tuple of the reference, recall the same from the other side. That F1 joins the two is our reading of the README.
 */
export function softSpice(embed: Embed): (candidate: SceneGraph, reference: SceneGraph) => Promise<Score> {
  return async (candidate, reference) => {
    const left = lemmatizedTuples(candidate).map((fact) => fact.join(" "));
    const right = lemmatizedTuples(reference).map((fact) => fact.join(" "));
    if (left.length === 0 || right.length === 0) return score(0, 0);
    const vectors = (await embed([...left, ...right])).map(unit);
    if (vectors.length !== left.length + right.length)
      throw new RangeError(
        `softSpice: embed returned ${vectors.length} vectors for ${left.length + right.length} texts; one a text is needed.`,
      );
    const a = vectors.slice(0, left.length);
    const b = vectors.slice(left.length);
    const best = (from: readonly number[][], to: readonly number[][]) =>
      from.reduce((sum, one) => sum + Math.max(...to.map((other) => dot(one, other))), 0) / from.length;
    return score(best(a, b), best(b, a));
  };
}

function unit(vector: ArrayLike<number>): number[] {
  const values = Array.from(vector);
  const length = Math.hypot(...values);
  return length === 0 ? values : values.map((value) => value / length);
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
