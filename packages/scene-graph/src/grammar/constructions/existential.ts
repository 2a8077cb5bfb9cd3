import type { Construction } from "../caption-reader.js";

/** "there is", "there are no": what follows is there, or is not. */
export const existential: Construction = {
  name: "existential",
  read(reader) {
    const { words, clause, at } = reader;
    if (words[at]!.tag !== "there" || words[at + 1]?.tag !== "be") return false;
    reader.at += 2;
    clause.verb = undefined;
    clause.open = undefined;
    clause.start = true;
    for (; words[reader.at]?.tag === "negation"; reader.at++) clause.negated = true;
    return true;
  },
};
