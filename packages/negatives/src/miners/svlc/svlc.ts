import { parse, type SceneGraph, type Token, tag } from "@tesserae/scene-graph";
import { shuffled } from "@tesserae/scene-graph/random";
import { type Atom, atoms, replaceAtom } from "../../candidates/atoms.js";
import { createMiner } from "../../contract/create-miner.js";
import { createNegative } from "../../contract/create-negative.js";
import type { Negative } from "../../contract/negative.js";
import type { MineContext, NegativeMiner } from "../../contract/negative-miner.js";
import { inFormOf } from "../../grammar/conjugate.js";
import { areOfOneKind } from "../../guarantee/nouns.js";
import { drawAllowed, isAbsentAttribute } from "../../vocabulary/draw.js";
import { svlcLists } from "./svlc-lists.js";

export type SvlcList = keyof typeof svlcLists;

export interface SvlcOptions {
  /** Default: all six. One negative of each list that has a word in the caption. */
  readonly lists?: readonly SvlcList[];
}

const allLists = Object.keys(svlcLists) as SvlcList[];

/**
 * SVLC's rule-based negatives (Doveh et al., CVPR 2023, "teaching structured vision and language concepts"): a word of a list is replaced by another
 * of the list, for colours, materials, sizes, states, actions and counts. The released code replaces letters wherever they occur ("red" in "covered");
 * here adjectives are replaced where the graph has them as attributes, verbs where the tagger sees verbs (in their form), and counts where it sees numbers.
 */
export function svlc({ lists = allLists }: SvlcOptions = {}): NegativeMiner {
  return createMiner({
    name: "svlc",
    version: "3",
    options: { lists },
    citation: "Doveh et al. Teaching structured vision & language concepts to vision & language models. CVPR 2023",
    mineOne: (graph, context) =>
      lists.map((list) => {
        if (list === "action" || list === "count") return replaceToken(graph, list, context);
        return replaceAttribute(graph, list, context);
      }),
  });
}

function replaceAttribute(
  graph: SceneGraph,
  list: "colour" | "material" | "size" | "state",
  context: MineContext,
): Negative | undefined {
  const attributes = atoms(graph).filter(({ type }) => type === "attribute");
  for (const atom of shuffled(context.rng, attributes)) {
    const word = drawOther(rivals(list, atom.name), atom, graph, context);
    const negative = word && replaceAtom(graph, atom, word, `replace-${list}`, context);
    if (negative) return negative;
  }
  return undefined;
}

/** The words that may take a word's place, of every group of the list that holds it. */
function rivals(list: SvlcList, word: string): readonly string[] {
  const groups = svlcLists[list].flatMap((entry) => (typeof entry === "string" ? [] : [entry as readonly string[]]));
  const groupsOrList = groups.length > 0 ? groups : [svlcLists[list] as readonly string[]];
  return groupsOrList
    .filter((group) => group.includes(word))
    .flat()
    .filter((other) => other !== word);
}

function drawOther(words: readonly string[], { object }: Atom, graph: SceneGraph, { rng }: MineContext) {
  const lives = areOfOneKind(object.name, "person");
  const fits = (word: string) => (word === "young" ? lives : word !== "new" || !lives);
  const entries = words.filter(fits).map((word) => ({ name: word, count: 1 }));
  return drawAllowed(entries, (word) => isAbsentAttribute(word, object, graph), rng);
}

/** Verbs and numbers; the new text is parsed, since a number has no place in the graph and a verb may be part of a predicate. */
function replaceToken(graph: SceneGraph, list: "action" | "count", context: MineContext): Negative | undefined {
  const kind = list === "action" ? "verb" : "number";
  const wordOf = ({ lemma, text }: { lemma: string; text: string }) => (list === "action" ? lemma : text.toLowerCase());
  const tokens = tag(graph.caption);
  const places = tokens.filter(
    (token, i) =>
      token.tag === kind &&
      rivals(list, wordOf(token)).length > 0 &&
      (list === "count" || fitsFrame(token, tokens[i + 1], tokens[i - 1])),
  );
  for (const token of shuffled(context.rng, places)) {
    for (const word of shuffled(context.rng, rivals(list, wordOf(token))).slice(0, 3)) {
      const text = list === "action" ? inFormOf(word, token.text, token.lemma) : word;
      const options = { ...context, readGraph: (caption: string) => parse(caption) };
      const negative = createNegative(graph, `replace-${list}`, [{ span: token.span, text }], options);
      if (negative) return negative;
    }
  }
  return undefined;
}

const transitive: ReadonlySet<string> = new Set(svlcLists.action[0]);

/** Whether a verb of the list is used as its rivals are: one that takes an object before an object ("rides a horse"), the others not; none in the passive. */
function fitsFrame(verb: Token, next: Token | undefined, previous: Token | undefined): boolean {
  const hasObject =
    next !== undefined && ["determiner", "noun", "plural-noun", "adjective", "number", "pronoun"].includes(next.tag);
  const isPassive = !verb.text.endsWith("ing") && previous?.lemma === "be";
  return hasObject === transitive.has(verb.lemma) && !isPassive;
}
