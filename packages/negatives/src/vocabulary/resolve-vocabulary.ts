import type { Vocabulary, VocabularyEntry } from "./build-vocabulary.js";

/** A vocabulary, or "corpus": that of the captions at hand, which whoever mines gives in the context. */
export type VocabularyOption = Vocabulary | "corpus";

/**
 * The vocabulary that an option means.
 *
 * @throws RangeError where it is the corpus's and the context has none
 */
export function resolveVocabulary(
  option: VocabularyOption = "corpus",
  context: { readonly vocabulary?: Vocabulary },
  who: string,
): Vocabulary {
  const vocabulary = option === "corpus" ? context.vocabulary : option;
  if (vocabulary !== undefined) return vocabulary;
  throw new RangeError(
    `${who}: vocabulary is "corpus", and the context has no vocabulary; give it there, or give one that buildVocabulary(graphs) made`,
  );
}

/** A vocabulary in the options of a run: how many words it has, and a checksum of them all. */
export function describeVocabulary(option: VocabularyOption = "corpus"): unknown {
  if (option === "corpus") return option;
  const { objects, attributes, relations } = option;
  return {
    objects: objects.length,
    attributes: attributes.length,
    relations: relations.length,
    checksum: checksum([objects, attributes, relations]),
  };
}

/** FNV-1a of the names and counts, 32 bits in hexadecimal. */
function checksum(lists: readonly (readonly VocabularyEntry[])[]): string {
  let hash = 0x811c9dc5;
  for (const character of lists
    .map((list) => list.map(({ name, count }) => `${name}\t${count}`).join("\n"))
    .join("\n\n")) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
