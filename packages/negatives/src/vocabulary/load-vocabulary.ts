import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { tag } from "@tesserae/scene-graph";
import type { Vocabulary, VocabularyEntry } from "./build-vocabulary.js";

/**
 * Reads MosaiCLIP's lists N, A and R from word lists: a folder with one text file whose name holds "object", one with "attribute" and one
 * with "relation" or "predicate", or a JSON file { objects, attributes, relations } of words. Of a text file every line is an entry whose
 * synonyms stand behind commas, as in the Visual Genome lists that go with bottom-up attention; the first is taken, as its lemma ("sitting on"
 * becomes "sit on"). Alias files ("…alias…") are left out.
 *
 * @throws Error where a list is missing, empty or there are several of one kind
 */
export function loadVocabulary(path: string): Vocabulary {
  if (!existsSync(path)) throw new Error(`vocabulary ${path}: no such file or folder`);
  const read = statSync(path).isDirectory() ? folderReader(path) : jsonReader(path);
  return { objects: read("objects"), attributes: read("attributes"), relations: read("relations") };
}

type ListName = keyof Vocabulary;

const fileNames: Readonly<Record<ListName, RegExp>> = {
  objects: /object/i,
  attributes: /attribute/i,
  relations: /relation|predicate/i,
};

function folderReader(folder: string): (list: ListName) => VocabularyEntry[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".txt") && !/alias/i.test(name));
  return (list) => {
    const named = files.filter((name) => fileNames[list].test(name));
    // Of the 1,600 objects and of VG150's list, "…_vocab" is the one that goes with attributes.
    const chosen = named.length > 1 ? named.filter((name) => /vocab/i.test(name)) : named;
    if (chosen.length !== 1) {
      const found = named.length === 0 ? "no" : `${named.length} (${named.join(", ")})`;
      throw new Error(
        `vocabulary ${folder}: ${found} .txt file for ${list}; give one whose name matches ${fileNames[list].source}`,
      );
    }
    const lines = readFileSync(join(folder, chosen[0]!), "utf8").split(/\r?\n/);
    return entries(
      lines.map((line) => line.split(",")[0]!),
      list,
      join(folder, chosen[0]!),
    );
  };
}

function jsonReader(file: string): (list: ListName) => VocabularyEntry[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(
      `vocabulary ${file}: is no JSON (${(error as Error).message}); give a folder of word lists or a JSON file`,
    );
  }
  return (list) => {
    const words = (content as Readonly<Record<string, unknown>> | null)?.[list];
    if (!Array.isArray(words) || words.some((word) => typeof word !== "string")) {
      throw new Error(
        `vocabulary ${basename(file)}: "${list}" is no list of words; expected { objects, attributes, relations }`,
      );
    }
    return entries(words as string[], list, file);
  };
}

function entries(words: readonly string[], list: ListName, where: string): VocabularyEntry[] {
  const names = new Set(words.map((word) => lemma(word.trim().toLowerCase(), list)).filter((name) => name !== ""));
  if (names.size === 0) throw new Error(`vocabulary ${where}: holds no words for ${list}`);
  return [...names].map((name) => ({ name, count: 1 }));
}

/** As the graph writes it: the head of a noun in the singular, the verb of a predicate in its infinitive. Attributes stand as they are. */
function lemma(words: string, list: ListName): string {
  if (list === "attributes" || words === "") return words;
  const tokens = tag(words);
  const at = list === "objects" ? tokens.length - 1 : 0;
  return tokens
    .map(({ text, lemma, tag: kind }, i) =>
      i === at && (list === "objects" ? kind === "plural-noun" : kind === "verb") ? lemma : text,
    )
    .join(" ");
}
