import { isAnimate } from "../animacy.js";
import type { Construction } from "../caption-reader.js";
import { createClause, endClause, leaveVerb } from "../clause.js";
import { stripImagePreamble } from "../image-preamble.js";
import { readNounPhrase } from "../noun-phrase.js";
import { readPreposition } from "../preposition.js";

/** "and", "or", "but": what follows joins what stands before. */
export const conjunction: Construction = {
  name: "conjunction",
  read(reader) {
    const { tag, lower } = reader.words[reader.at]!;
    if (tag !== "conjunction") return false;
    reader.clause.conjunction = true;
    reader.clause.disjunction = lower === "or" || lower === "nor";
    // "not a dog but a cat"; "everything but meat"
    if (lower === "but") reader.clause.negated = exceptionOpeners.test(reader.words[reader.at - 1]?.lower ?? "");
    reader.at++;
    return true;
  },
};

/** Words behind which "but" leaves out what follows. */
const exceptionOpeners = /^(all|everything|everyone|everybody|anything|anyone|anybody)$/;

/** "who", "which", "that": a clause about the noun phrase read last. */
export const relativePronoun: Construction = {
  name: "relative pronoun",
  read(reader) {
    const { words, graph, clause } = reader;
    if (words[reader.at]!.tag !== "relative") return false;
    leaveVerb(graph, clause);
    // "a girl without a hat who smiles": the girl, not the hat that is not there
    const person = words[reader.at]!.lower === "who" && clause.last.every(({ absent }) => absent);
    const somebody = person
      ? graph.objects.findLast((one) => one.sentence === clause.sentence && isAnimate(one))
      : undefined;
    clause.antecedent = somebody ? [somebody] : clause.last;
    clause.open = undefined;
    reader.at++;
    return true;
  },
};

/** "while", "as", "because": a clause of its own; "while on a phone" is said of the clause's topic. */
export const subordinator: Construction = {
  name: "subordinator",
  read(reader) {
    const { words, graph, clause } = reader;
    // "as tall as a house" relates as a preposition does.
    if (words[reader.at]!.tag !== "subordinator" || readPreposition(words, reader.at)) return false;
    reader.at++;
    const next = words[reader.at]?.before === "" ? words[reader.at] : undefined;
    if (next && readNounPhrase(words, reader.at)) {
      endClause(graph, clause, false);
      reader.clause = createClause(clause.sentence);
      reader.at = stripImagePreamble(words, reader.at);
      return true;
    }
    leaveVerb(graph, clause);
    clause.antecedent = undefined;
    clause.start = next?.tag !== "preposition";
    if (!clause.start) clause.last = clause.topic;
    return true;
  },
};
