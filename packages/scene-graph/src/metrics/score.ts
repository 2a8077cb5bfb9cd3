import type { SceneGraph } from "../graph/scene-graph.js";
import { tuples } from "../graph/tuples.js";
import { headLemma } from "../lexicon/noun-forms.js";

/** Precision, recall and their harmonic mean, from 0 to 1. */
export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export function score(precision: number, recall: number): Score {
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** The facts of a graph with every word put into the singular, as both measures of FACTUAL compare them. */
export function lemmatizedTuples(graph: SceneGraph): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const fact of tuples(graph)) {
    const parts = fact.map((part) => part.toLowerCase().split(/\s+/).map(headLemma).join(" "));
    found.set(parts.join("\u0000"), parts);
  }
  return [...found.values()];
}
