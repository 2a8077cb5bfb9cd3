import type { SceneGraph } from "../graph/scene-graph.js";
import { lemmatizedTuples, type Score, score, type WordingOptions } from "./score.js";

export interface SpiceOptions extends WordingOptions {
  /** Whether two words or phrases share a meaning; WordNet's synsets in SPICE. Default: only equal ones. */
  readonly synonyms?: (a: string, b: string) => boolean;
}

/**
 * SPICE (Anderson et al., 2016): F1 over the tuples of two graphs: objects, (object, attribute) and (subject, predicate, object). A tuple
 * matches at most one other; equal tuples are matched first, then tuples whose parts are all synonyms. Synonymous tuples of one graph are not merged.
 * Two empty graphs score 0.
 */
export function spice(candidate: SceneGraph, reference: SceneGraph, options: SpiceOptions = {}): Score {
  const { synonyms } = options;
  const given = lemmatizedTuples(candidate, options);
  const wanted = new Map(lemmatizedTuples(reference, options).map((fact) => [fact.join("\u0000"), fact]));
  const total = wanted.size;
  const unmatched: (readonly string[])[] = [];
  let matched = 0;
  for (const fact of given) {
    if (wanted.delete(fact.join("\u0000"))) matched++;
    else unmatched.push(fact);
  }
  if (synonyms) {
    const same = (a: readonly string[], b: readonly string[]) =>
      a.length === b.length && a.every((part, i) => part === b[i] || synonyms(part, b[i]!));
    for (const fact of unmatched) {
      const found = [...wanted].find(([, other]) => same(fact, other));
      if (found) {
        wanted.delete(found[0]);
        matched++;
      }
    }
  }
  return score(given.length === 0 ? 0 : matched / given.length, total === 0 ? 0 : matched / total);
}
