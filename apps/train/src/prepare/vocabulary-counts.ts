import type { Vocabulary, VocabularyEntry } from "@tesserae/negatives";

const lists = ["objects", "attributes", "relations"] as const;

/** Adds vocabularies up; the sum does not depend on their order. */
export interface VocabularyCounts {
  add(vocabulary: Vocabulary): void;
  /** Sorted as `buildVocabulary` sorts: by falling count, equal counts by name. */
  vocabulary(): Vocabulary;
}

export function createVocabularyCounts(): VocabularyCounts {
  const counts = {
    objects: new Map<string, number>(),
    attributes: new Map<string, number>(),
    relations: new Map<string, number>(),
  };
  return {
    add: (vocabulary) => {
      for (const list of lists) {
        for (const { name, count } of vocabulary[list]) counts[list].set(name, (counts[list].get(name) ?? 0) + count);
      }
    },
    vocabulary: () => ({
      objects: entries(counts.objects),
      attributes: entries(counts.attributes),
      relations: entries(counts.relations),
    }),
  };
}

function entries(counts: ReadonlyMap<string, number>): VocabularyEntry[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
