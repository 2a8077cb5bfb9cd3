import { isPossessive, isPronoun, type SceneGraph } from "@tesserae/scene-graph";

export interface VocabularyEntry {
  readonly name: string;
  /** How often it occurs. */
  readonly count: number;
}

/** What replacements are drawn from: MosaiCLIP's lists N, A and R. Each is sorted by falling count, equal counts by name. */
export interface Vocabulary {
  readonly objects: readonly VocabularyEntry[];
  readonly attributes: readonly VocabularyEntry[];
  readonly relations: readonly VocabularyEntry[];
}

export interface BuildVocabularyOptions {
  /** Rarer words are left out. Default 1. (MosaiCLIP keeps Visual Genome objects that occur at least 30 times, section 1a.) */
  readonly minCount?: number;
}

/** Counts the object names, attributes and predicates of a corpus of graphs. Pronouns ("he") and possessives ("his", "'s") are left out: in place of a noun or a predicate they make no sentence. */
export function buildVocabulary(
  graphs: Iterable<SceneGraph>,
  { minCount = 1 }: BuildVocabularyOptions = {},
): Vocabulary {
  const objects = new Map<string, number>();
  const attributes = new Map<string, number>();
  const relations = new Map<string, number>();
  for (const graph of graphs) {
    for (const object of graph.objects) {
      if (!isPronoun(object.name)) count(objects, object.name);
      for (const attribute of object.attributes) count(attributes, attribute.name);
    }
    for (const { predicate } of graph.relations) if (!isPossessive(predicate)) count(relations, predicate);
  }
  return {
    objects: entries(objects, minCount),
    attributes: entries(attributes, minCount),
    relations: entries(relations, minCount),
  };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function entries(counts: ReadonlyMap<string, number>, minCount: number): VocabularyEntry[] {
  return [...counts]
    .filter(([, count]) => count >= minCount)
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
