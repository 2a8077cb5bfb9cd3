import { comparedAmount } from "../amounts.js";
import { type Construction, spanOf } from "../caption-reader.js";

/** The "than" of "more horses than men": the horses are "more than" the men. */
export const amountComparison: Construction = {
  name: "amount comparison",
  read(reader) {
    const { words, clause, at } = reader;
    if (words[at]!.lower !== "than" || words[at]!.before !== "" || clause.open || clause.last.length === 0)
      return false;
    const amount = comparedAmount(words, at);
    if (!amount) return false;
    const preposition = { name: `${amount} than`, span: spanOf(words, at, at + 1), next: at + 1 };
    clause.open = { preposition, subjects: clause.last, verb: undefined };
    reader.at++;
    return true;
  },
};
