import type { Construction } from "../caption-reader.js";
import { readAdjectives } from "../read-adjectives.js";

/** Adjectives behind their noun. */
export const adjectives: Construction = {
  name: "adjectives",
  read(reader) {
    const { words, graph, clause } = reader;
    const { attributes, next } = readAdjectives(words, reader.at);
    if (attributes.length === 0) return false;
    reader.at = next;
    if (clause.open || clause.last.length === 0 || clause.negated)
      graph.report("adjective", "No noun was found for this.", attributes[0]!.span);
    else for (const object of clause.last) for (const attribute of attributes) graph.addAttribute(object, attribute);
    return true;
  },
};

/** A word without a place in the graph: reported, unless it only modifies. */
export const leftover: Construction = {
  name: "leftover",
  read(reader) {
    const { graph, clause } = reader;
    const { tag, text, lower, start, end } = reader.words[reader.at]!;
    if (!/^(adverb|determiner|there|negation)$/.test(tag))
      graph.report("unattached", `"${text}" has no place in the graph.`, { start, end });
    // "no backwards clock": the adverb keeps "no" from its noun.
    if (tag === "negation" || lower === "no") clause.negated = true;
    reader.at++;
    return true;
  },
};

/** Text on something, "no dogs": it is reported, and ends the verb or the preposition that waits for it. */
export const quotation: Construction = {
  name: "quotation",
  read(reader) {
    const { graph, clause } = reader;
    const { quoted, start, end } = reader.words[reader.at]!;
    if (!quoted) return false;
    graph.report("quotation", "This is text on something; what it says is not a part of the scene.", { start, end });
    if (clause.verb && clause.verb.objects.length === 0) {
      clause.verb.shares = true;
      clause.last = clause.verb.subjects;
      clause.verb = undefined;
    }
    clause.open = undefined;
    reader.at++;
    return true;
  },
};
