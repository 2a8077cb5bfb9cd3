import type { SceneGraph } from "@tesserae/scene-graph";
import { actionVerbs } from "@tesserae/scene-graph/lexicon";
import { shuffled } from "@tesserae/scene-graph/random";
import { type Atom, atoms, replaceAtom, takesOtherPredicate } from "../candidates/atoms.js";
import { createMiner } from "../contract/create-miner.js";
import type { Negative } from "../contract/negative.js";
import type { NegativeMiner } from "../contract/negative-miner.js";
import { attributeType, excludesAttribute, isVacuousAttribute } from "../guarantee/attributes.js";
import { fitsAge } from "../guarantee/noun-kind.js";
import { isUbiquitousNoun } from "../guarantee/nouns.js";
import {
  drawAllowed,
  drawByFrequency,
  isAbsentAttribute,
  isAbsentObject,
  isAbsentPredicate,
} from "../vocabulary/draw.js";
import type { Thesaurus, WeightedWord } from "../vocabulary/thesaurus.js";

export interface CloveOptions {
  /** `openWordnet()` of `@tesserae/negatives/wordnet`. */
  readonly thesaurus: Thesaurus;
  /** Negatives a caption. Default 1, as CLoVe trains with. */
  readonly maxNegatives?: number;
}

/** Prepositions by rough frequency in captions (own estimate; CLoVe's table is not reproduced). */
const prepositions: readonly WeightedWord[] = Object.entries({
  on: 100,
  in: 100,
  with: 60,
  near: 20,
  "next to": 20,
  "in front of": 16,
  behind: 8,
  under: 8,
  over: 6,
  by: 6,
  above: 5,
  below: 2,
  inside: 4,
  beside: 4,
}).map(([name, count]) => ({ name, count }));

/**
 * Replaces one atom by a word of WordNet (the "replace" negatives of CLoVe, Castro et al., 2024): an object by a
 * co-hyponym that can be seen, a colour by another colour, any other attribute by an antonym, else by a co-hyponym of
 * the noun of that name, a verb by an antonym or co-hyponym, a preposition by another. Words are drawn by their
 * counts in WordNet's tagged corpora.
 */
export function clove({ thesaurus, maxNegatives = 1 }: CloveOptions): NegativeMiner {
  return createMiner({
    name: "clove",
    version: "6",
    options: { maxNegatives },
    citation: "Castro et al. CLoVe: Encoding compositional language in contrastive vision-language models. 2024",
    mineOne(graph, context) {
      const found: Negative[] = [];
      for (const atom of shuffled(context.rng, atoms(graph))) {
        if (found.length >= maxNegatives) break;
        if (atom.type === "relation" && !takesOtherPredicate(graph, atom)) continue;
        const words = candidates(atom, thesaurus);
        const isAllowed = (name: string) => isAbsent(name, atom, graph, thesaurus);
        const word = drawAllowed(words, isAllowed, context.rng, drawByFrequency);
        const negative = word && replaceAtom(graph, atom, word, `wordnet-${atom.type}`, context);
        if (negative) found.push(negative);
      }
      return found;
    },
  });
}

function candidates({ type, name }: Atom, { antonyms, coHyponyms, things }: Thesaurus): readonly WeightedWord[] {
  if (type === "object") {
    const find = things ?? ((noun: string) => coHyponyms(noun, "noun"));
    const whole = find(name);
    return whole.length > 0 ? whole : find(name.slice(name.lastIndexOf(" ") + 1));
  }
  if (type === "attribute") {
    // WordNet's opposite of a colour is "achromatic", that of "green" is "ripe", that of "glowing" "unenthusiastic".
    if (name.endsWith("ing")) return [];
    const opposite = attributeType(name) === "colour" ? [] : antonyms(name, "adjective");
    return opposite.length > 0 ? opposite : coHyponyms(name, "noun");
  }
  if (prepositions.some((preposition) => preposition.name === name)) return prepositions;
  if (name.includes(" ")) return [];
  // Words under one verb are often what it does as well: "eat" and "dine", "cut" and "sever". The verbs of captions are
  // told apart by a table.
  const isOfCaptions = (verbs: readonly WeightedWord[]) => verbs.filter((verb) => actionVerbs.has(verb.name));
  const opposite = isOfCaptions(antonyms(name, "verb"));
  return opposite.length > 0 ? opposite : isOfCaptions(coHyponyms(name, "verb"));
}

function isAbsent(word: string, { type, name, object }: Atom, graph: SceneGraph, { isRelated }: Thesaurus): boolean {
  if (type === "relation") return isAbsentPredicate(word, name);
  if (type === "attribute") {
    const isOther = attributeType(name) === undefined || excludesAttribute(name, word);
    return isOther && fitsAge(word, object.name) && isAbsentAttribute(word, object, graph) && !isVacuousAttribute(word);
  }
  // A man may be a host, a character, an adult: only the plain words for people exclude one another.
  const isRole = (noun: string) => isRelated(noun, "person", "noun") && !/^(?:man|woman|boy|girl)$/.test(noun);
  return (
    !isUbiquitousNoun(word) &&
    !(isRole(word) && graph.objects.some((other) => isRelated(other.name, "person", "noun"))) &&
    isAbsentObject(word, graph) &&
    !graph.objects.some((other) => isRelated(word, other.name, "noun"))
  );
}
