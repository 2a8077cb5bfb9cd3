import { lengthUnits } from "../../lexicon/function-words.js";
import { denyingPrepositions } from "../../lexicon/prepositions.js";
import { openPrepositionalPhrase } from "../attachment.js";
import { type Construction, spanOf } from "../caption-reader.js";
import { lacksObject } from "../clause.js";
import { readPreposition } from "../preposition.js";
import { reciprocalLength } from "../pronouns.js";
import { readSideBySide, reciprocate, reciprocateVerb, strandedPreposition } from "../relate.js";
import { hasCopula, shareObject } from "./predicates.js";

/** A preposition of one or more words; its noun phrase follows. */
export const preposition: Construction = {
  name: "preposition",
  read(reader) {
    const { words, graph, clause, at } = reader;
    const found = words[at]!.tag === "clitic" ? undefined : readPreposition(words, at);
    if (!found) return false;
    reader.at = found.next;
    if (denyingPrepositions.has(found.name)) clause.negated = true;
    if (clause.open && clause.conjunction) shareObject(clause, clause.open);
    else if (clause.open) strandedPreposition(graph, clause.open, hasCopula(reader), false);
    clause.open = openPrepositionalPhrase(found, clause);
    clause.conjunction = false;
    return true;
  },
};

/** "side by side". */
export const sideBySide: Construction = {
  name: "side by side",
  read(reader) {
    const { words, graph, clause, at } = reader;
    const found = readSideBySide(words, at);
    if (!found) return false;
    reciprocate(graph, openPrepositionalPhrase(found, clause));
    clause.open = undefined;
    reader.at = found.next;
    return true;
  },
};

/** "each other", "one another": behind a preposition or a verb. */
export const reciprocal: Construction = {
  name: "reciprocal",
  read(reader) {
    const { words, graph, clause, at } = reader;
    const length = reciprocalLength(words[at]!.lower, words[at + 1]?.lower);
    if (length === 0) return false;
    const span = spanOf(words, at, at + length);
    if (clause.open) reciprocate(graph, clause.open);
    else if (lacksObject(clause.verb)) reciprocateVerb(graph, clause.verb);
    else graph.report("pronoun", `Who "${graph.caption.slice(span.start, span.end)}" are is not clear.`, span);
    clause.open = undefined;
    reader.at += length;
    return true;
  },
};

/** Places that are told by how far they are. */
const distant: ReadonlySet<string> = new Set([
  "above",
  "below",
  "from",
  "away from",
  "behind",
  "in front of",
  "beyond",
  "past",
  "under",
  "beneath",
  "underneath",
  "over",
]);

/** "4 cm above the table": how far, in front of a place. */
export const distance: Construction = {
  name: "distance",
  read(reader) {
    const { words, at } = reader;
    const unit = words[at + 1];
    if (words[at]!.tag !== "number" || unit?.before !== "" || !lengthUnits.has(unit.lower)) return false;
    const place = words[at + 2]?.before === "" ? readPreposition(words, at + 2) : undefined;
    if (!place || place.name === "of") return false;
    // "one foot on a board", "number 3 in front of it"
    if (/^f(oo|ee)t$/.test(unit.lower) && !distant.has(place.name)) return false;
    if (unit.lower === "in" && /^(front|back)/.test(place.name)) return false;
    reader.at += 2;
    return true;
  },
};
