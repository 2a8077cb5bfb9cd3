import type { Construction } from "../caption-reader.js";
import { leaveVerb } from "../clause.js";
import { placeGroup } from "../place-group.js";
import { pronounPhrase, resolveHolder, resolvePronoun, standsAlone } from "../pronouns.js";

/** "it", "him", "they": what it stands for takes its place; an unclear one is reported. */
export const pronoun: Construction = {
  name: "pronoun",
  read(reader) {
    const { words, graph, clause } = reader;
    const word = words[reader.at]!;
    if (word.tag !== "pronoun") return false;
    reader.at++;
    const { open, verb } = clause;
    const subjects = open ? open.subjects : verb && verb.objects.length === 0 ? verb.subjects : [];
    const found =
      resolvePronoun(word.lower, graph.objects, subjects) ??
      (open && resolveHolder(word.lower, subjects, graph.holderOf)) ??
      (!open && standsAlone(word.lower, graph.objects)
        ? graph.addObject(pronounPhrase(word, reader.at), clause.sentence)
        : undefined);
    if (found && !clause.negated) {
      placeGroup(graph, clause, [found]);
      return true;
    }
    graph.report("pronoun", `What "${word.text}" stands for is not clear.`, { start: word.start, end: word.end });
    clause.open = undefined;
    if (/^(another|others)$/.test(word.lower)) {
      // Somebody else: what follows is not said of anyone named before.
      leaveVerb(graph, clause);
      clause.antecedent = undefined;
      clause.topic = [];
      clause.last = [];
    }
    return true;
  },
};
