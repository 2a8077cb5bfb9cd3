import type { TaggedWord } from "../tagger/tag-words.js";
import type { DraftObject, GraphDraft } from "./graph-draft.js";
import { readPreposition } from "./preposition.js";
import { readAdjectives } from "./read-adjectives.js";

/** Adjectives behind "be": attributes of the subjects. Returns the index after them. */
export function readPredicate(
  words: readonly TaggedWord[],
  from: number,
  graph: GraphDraft,
  subjects: readonly DraftObject[],
  negated: boolean,
): number {
  if (readPreposition(words, from)) return from;
  const isNeither = words[from]?.lower === "neither";
  const read = readAdjectives(words, isNeither ? from + 1 : from);
  if (read.attributes.length === 0) return from;
  const after = words[read.next];
  if (after && after.before === "" && after.tag === "noun") return from;
  if (negated || isNeither)
    graph.report("negated", "The caption says that this is not so; it is not in the graph.", read.attributes[0]!.span);
  else for (const subject of subjects) for (const attribute of read.attributes) graph.addAttribute(subject, attribute);
  if (words[read.next]?.lower === "in" && /^colou?r$/.test(words[read.next + 1]?.lower ?? "")) return read.next + 2;
  return read.next;
}
