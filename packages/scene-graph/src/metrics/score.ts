import type { SceneGraph } from "../graph/scene-graph.js";
import { tuples } from "../graph/tuples.js";
import { headLemma } from "../lexicon/noun-forms.js";
import { numberOf } from "../lexicon/number-words.js";

/** Precision, recall and their harmonic mean, from 0 to 1. */
export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export function score(precision: number, recall: number): Score {
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** How facts are compared. */
export interface WordingOptions {
  /** Compare the words as they stand, as FACTUAL's measures do. Default false: "two", "2" and "a pair of" are alike, and so are "with" and "has". */
  readonly exact?: boolean;
}

/** A fact with number words in digits and "with" as "have". */
function inOneWording(fact: readonly string[]): readonly string[] {
  const [subject, predicate, value] = fact;
  if (predicate === undefined) return fact;
  if (predicate === "is") return [subject!, predicate, String(numberOf(value!) ?? value!)];
  return [subject!, /^(with|has)$/.test(predicate) ? "have" : predicate, value!];
}

/** The facts of a graph with every word put into the singular, as both measures of FACTUAL compare them. */
export function lemmatizedTuples(
  graph: SceneGraph,
  { exact = false }: WordingOptions = {},
): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const fact of tuples(graph)) {
    const lemmas = fact.map((part) => part.toLowerCase().split(/\s+/).map(headLemma).join(" "));
    const parts = exact ? lemmas : inOneWording(lemmas);
    found.set(parts.join("\u0000"), parts);
  }
  return [...found.values()];
}
