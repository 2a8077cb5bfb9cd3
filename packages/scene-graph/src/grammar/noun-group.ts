import { countingNouns, pieceNouns } from "../lexicon/nouns.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import { type Coordination, type Joined, joinedBy, predicateAt } from "./coordination.js";
import { type NounPhrase, readNounPhrase } from "./noun-phrase.js";

/** A noun phrase behind its possessors: "the man's red hat" is [man, hat], and the hat has the clitic between them. */
export interface ChainLink {
  readonly phrase: NounPhrase;
  readonly clitic?: TaggedWord;
}

/** Coordinated noun phrases, each with its possessors in front of it. */
export interface NounGroup {
  readonly chains: readonly (readonly ChainLink[])[];
  /** The word in front of each, "and" or "or"; empty for the first and behind a comma. */
  readonly joints: readonly string[];
  readonly next: number;
  /** A coordinated phrase that is not in the group: where it starts, and what it joins instead. */
  readonly follows?: { readonly at: number; readonly joined: Exclude<Joined, "object"> };
}

/** What stands around a group that is an object: what the clause is about, and what the group is "of". */
export type ObjectContext = Pick<Coordination, "topic" | "holder">;

/** A noun phrase with its possessors, and the index behind it. */
interface Chain {
  readonly chain: readonly ChainLink[];
  readonly next: number;
}

/** Reads a noun phrase with its possessors; undefined where none starts. */
function readChain(words: readonly TaggedWord[], from: number): Chain | undefined {
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
    ...(phrase.determiner !== undefined &&
      (counted.determiner === undefined || phrase.determiner === "no") && { determiner: phrase.determiner }),
    phrase: { start: phrase.phrase.start, end: counted.phrase.end },
  };
}

/** Reads coordinated noun phrases from an index; undefined where none starts. */
export type GroupReader = (from: number, around: ObjectContext | undefined) => NounGroup | undefined;

/**
 * Reads coordinated noun phrases of one caption: "a man, a woman and a dog". As an object, a phrase that opens a new clause is left out.
 * What was found out about a comma list is kept, so that reading a long one takes time in proportion to its length.
 */
export function createGroupReader(words: readonly TaggedWord[]): GroupReader {
  const listEnds = new Map<number, boolean>();
  return (from, around) => {
    const first = readChain(words, from);
    if (!first) return undefined;
    const chains = [first.chain];
    const joints = [""];
    let next = first.next;
    const listed = endsInConjunction(words, next, listEnds);
    for (;;) {
      let at = next;
      const comma = words[at]?.before === "comma";
      if (words[at] === undefined || words[at]!.before === "sentence") break;
      if (words[at]!.tag === "conjunction" && words[at]!.lower !== "but") at++;
      else if (!(comma && listed)) break;
      const chain = readChain(words, at);
      if (!chain) break;
      if (around) {
        const pair = chains.length === 1 && at > next;
        const joined = joinedBehind(words, around, chains.at(-1)!, chain, { comma, pair });
        if (joined !== "object") return { chains, joints, next, follows: { at, joined } };
      }
      chains.push(chain.chain);
      joints.push(at > next ? words[at - 1]!.lower : "");
      next = chain.next;
    }
    return { chains, joints, next };
  };
}

/** What a phrase joins that stands behind another, as an object. */
function joinedBehind(
  words: readonly TaggedWord[],
  around: ObjectContext,
  object: readonly ChainLink[],
  conjunct: Chain,
  marks: Pick<Coordination, "comma" | "pair">,
): Joined {
  return joinedBy({
    ...around,
    ...marks,
    object: object.at(-1)!.phrase,
    conjunct: conjunct.chain.at(-1)!.phrase,
    predicate: predicateAt(words, complementEnd(words, conjunct.next)),
  });
}

/** Whether a comma list from an index ends with "and": only then its commas coordinate. @param known what was found out before, by index */
function endsInConjunction(words: readonly TaggedWord[], from: number, known: Map<number, boolean>): boolean {
  const visited: number[] = [];
  let ends = false;
  let i = from;
  while (words[i]?.before === "comma") {
    const before = known.get(i);
    if (before !== undefined || words[i]!.tag === "conjunction") {
      ends = before ?? true;
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
  for (const at of visited) known.set(at, ends);
  return ends;
}

/** The index after "of wine": a complement of the phrase that ends at an index, and adverbs. */
function complementEnd(words: readonly TaggedWord[], from: number): number {
  let i = from;
  while (words[i]?.lower === "of" && words[i]!.before === "") {
    const chain = readChain(words, i + 1);
    if (!chain || words[i + 1]!.before !== "") break;
    i = chain.next;
  }
  while (words[i]?.tag === "adverb" && words[i]!.before === "") i++;
  return i;
}
