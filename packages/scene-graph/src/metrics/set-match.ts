import type { SceneGraph } from "../graph/scene-graph.js";
import { lemmatizedTuples, type WordingOptions } from "./score.js";

/**
 * FACTUAL's Set Match: true if both graphs state the same set of facts, every word put into the singular first. FACTUAL uses WordNet's noun
 * lemmatiser for that; this is a rule of our own. Number words and digits are alike, and so are "with" and "has", unless `exact` is set. Facts are compared as they stand: use `toFactual` and `fromFactual` first to
 * compare a parse with FACTUAL's references, which have conventions of their own.
 */
export function setMatch(candidate: SceneGraph, reference: SceneGraph, options: WordingOptions = {}): boolean {
  const keys = (graph: SceneGraph) =>
    lemmatizedTuples(graph, options)
      .map((fact) => fact.join("\u0000"))
      .sort()
      .join("\u0001");
  return keys(candidate) === keys(reference);
}
