import { parse, type SceneGraph } from "@tesserae/scene-graph";
import { isEntailed } from "./is-entailed.js";

/** How English denies, each with what the text says without the denial: "a man without a hat" is "a man with a hat". */
const denials: readonly (readonly [pattern: RegExp, affirmed: string])[] = [
  [/\bthere\s+(?:is|are|was|were)\s+(?:no|(?:not|never)\s+(?:an?|any))(?:\s+single)?\s+/giu, "a "],
  [/\bthere\s+(?:isn|aren|wasn|weren)['’]?t\s+(?:an?|any|a single)\s+/giu, "a "],
  [/\bnowhere\s+(?:is|are)\s+there\s+/giu, ""],
  [/\b(?:without|with\s+no)\s+(?:an?\s+|any\s+|the\s+)?/giu, "with a "],
  [/\b(is|are|was|were)\s+(?:not|never)\s+/giu, "$1 "],
  [/\b(is|are|was|were)n['’]t\s+/giu, "$1 "],
  [/\b(?:do|does|did)(?:\s+not|n['’]t)\s+/giu, "does "],
  [/\bnot\s+(?=an?\s|any\s)/giu, ""],
  [/\bno\s+(?!longer\b|one\b)/giu, "a "],
  [/\bnot\s+(?!an?\s|any\s)/giu, ""],
];

const denialWord = /\b(?:no|not|never|nowhere|without)\b|n['’]t\b/iu;

/**
 * Whether a text denies something that a caption's graph states: "There is no dog on the mat" of "a dog on a mat". The parser leaves out what is denied, so
 * that the graph of such a text alone would follow from the caption. Each denial is taken back by itself, and what the text then says is compared.
 */
export function deniesStated(text: string, graph: SceneGraph): boolean {
  if (!denialWord.test(text)) return false;
  return denials.some(([pattern, affirmed]) =>
    [...text.matchAll(pattern)].some((match) => {
      const said = match[0].replace(new RegExp(pattern.source, "iu"), affirmed);
      const read = parse(text.slice(0, match.index) + said + text.slice(match.index + match[0].length));
      return saysMore(read, parse(text)) && isEntailed(read, graph);
    }),
  );
}

/** Whether what the denial kept out is now in the graph. */
function saysMore(affirmed: SceneGraph, denied: SceneGraph): boolean {
  const facts = ({ objects, relations }: SceneGraph) =>
    objects.length + relations.length + objects.reduce((sum, { attributes }) => sum + attributes.length, 0);
  return facts(affirmed) > facts(denied);
}
