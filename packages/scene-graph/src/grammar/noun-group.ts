import { animateNouns, containers, countingNouns, pieceNouns } from "../lexicon/nouns.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import { type NounPhrase, readNounPhrase } from "./noun-phrase.js";

/** A noun phrase behind its possessors: "the man's red hat" is [man, hat], and the hat has the clitic between them. */
export interface ChainLink {
  readonly phrase: NounPhrase;
  readonly clitic?: TaggedWord;
}

/** Coordinated noun phrases, each with its possessors in front of it. */
export interface NounGroup {
  readonly chains: readonly (readonly ChainLink[])[];
  readonly next: number;
}

/** Reads a noun phrase with its possessors; undefined where none starts. */
function readChain(words: readonly TaggedWord[], from: number): { chain: ChainLink[]; next: number } | undefined {
  const chain: ChainLink[] = [];
  let clitic: TaggedWord | undefined;
  let i = from;
  for (;;) {
    const phrase = readCounted(words, i);
    if (!phrase) return chain.length > 0 ? { chain, next: i } : undefined;
    chain.push({ phrase, ...(clitic && { clitic }) });
    i = phrase.next;
    if (words[i]?.tag !== "clitic" || words[i]!.before === "sentence") return { chain, next: i };
    clitic = words[i]!;
    i++;
  }
}

/** A noun phrase; of "a group of people" the people, with "group of" as their quantity. */
function readCounted(words: readonly TaggedWord[], from: number): NounPhrase | undefined {
  const phrase = readNounPhrase(words, from);
  if (!phrase || !countingNouns.has(phrase.head)) return phrase;
  const of = words[phrase.next];
  if (of?.lower !== "of" || of.before !== "") return phrase;
  const counted = readNounPhrase(words, phrase.next + 1);
  if (!counted || words[phrase.next + 1]!.before !== "") return phrase;
  const isPiece = pieceNouns.has(phrase.head);
  const lead = words
    .slice(from, phrase.next + 1)
    .filter(({ tag }) => tag !== "determiner" && !(isPiece && tag === "adjective"))
    .map((word) => word.lower)
    .join(" ");
  return {
    ...counted,
    attributes: isPiece ? [...phrase.attributes, ...counted.attributes] : counted.attributes,
    quantity: counted.quantity ?? lead,
    phrase: { start: phrase.phrase.start, end: counted.phrase.end },
  };
}

/**
 * Reads coordinated noun phrases of one caption: "a man, a woman and a dog". As an object, a phrase that opens a new clause is left out.
 * What was found out about a comma list is kept, so that reading a long one takes time in proportion to its length.
 */
export function createGroupReader(
  words: readonly TaggedWord[],
): (from: number, asObject: boolean) => NounGroup | undefined {
  const listEnds = new Map<number, boolean>();

  /** Whether a comma list from here ends with "and": only then its commas coordinate. */
  const endsInConjunction = (from: number): boolean => {
    const visited: number[] = [];
    let ends = false;
    let i = from;
    while (words[i]?.before === "comma") {
      const known = listEnds.get(i);
      if (known !== undefined || words[i]!.tag === "conjunction") {
        ends = known ?? true;
        break;
      }
      visited.push(i);
      const chain = readChain(words, i);
      if (!chain) break;
      i = chain.next;
      if (words[i]?.tag === "conjunction" && words[i]!.before !== "sentence") {
        ends = true;
        break;
      }
    }
    for (const at of visited) listEnds.set(at, ends);
    return ends;
  };

  return (from, asObject) => {
    const first = readChain(words, from);
    if (!first) return undefined;
    const chains = [first.chain];
    let next = first.next;
    const listed = endsInConjunction(next);
    for (;;) {
      let at = next;
      const comma = words[at]?.before === "comma";
      if (words[at] === undefined || words[at]!.before === "sentence") break;
      if (words[at]!.tag === "conjunction" && words[at]!.lower !== "but") at++;
      else if (!(comma && listed)) break;
      const chain = readChain(words, at);
      if (!chain) break;
      const after = words[chain.next];
      const inline = after !== undefined && after.before === "";
      if (
        asObject &&
        inline &&
        (after.tag === "be" ||
          after.tag === "verb" ||
          after.tag === "auxiliary" ||
          (after.tag === "ing" && animateNouns.has(chain.chain.at(-1)!.phrase.head)) ||
          (after.tag === "preposition" && comma) ||
          (after.lower === "of" && containers.has(chain.chain.at(-1)!.phrase.head)))
      )
        break;
      chains.push(chain.chain);
      next = chain.next;
    }
    return { chains, next };
  };
}
