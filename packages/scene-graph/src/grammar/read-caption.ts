import type { SceneGraph } from "../graph/scene-graph.js";
import type { LanguageModel } from "../lexicon/language-model.js";
import { cleanText } from "../tagger/clean-text.js";
import { isEnglish } from "../tagger/is-english.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import { type CaptionReader, type Construction, spanOf } from "./caption-reader.js";
import { createClause, endClause } from "./clause.js";
import { amountComparison } from "./constructions/amount-comparison.js";
import { conjunction, relativePronoun, subordinator } from "./constructions/connectives.js";
import { existential } from "./constructions/existential.js";
import { nounPhrases } from "./constructions/noun-phrases.js";
import { verbGroup } from "./constructions/predicates.js";
import { distance, preposition, reciprocal, sideBySide } from "./constructions/prepositional-phrases.js";
import { pronoun } from "./constructions/pronouns.js";
import { adjectives, leftover, quotation } from "./constructions/remainder.js";
import { createGraphDraft } from "./graph-draft.js";
import { stripImagePreamble, titleEnd } from "./image-preamble.js";
import { createGroupReader } from "./noun-group.js";

/** The constructions of caption English, in the order in which they are tried at a word. */
const constructions: readonly Construction[] = [
  quotation,
  existential,
  amountComparison,
  conjunction,
  relativePronoun,
  subordinator,
  verbGroup,
  preposition,
  sideBySide,
  reciprocal,
  distance,
  nounPhrases,
  pronoun,
  adjectives,
  leftover,
];

/** Reads tagged words into a graph: one pass from left to right with the clause at hand. */
export function readCaption(caption: string, words: readonly TaggedWord[], language: LanguageModel): SceneGraph {
  const graph = createGraphDraft(caption);
  if (!isEnglish(words)) {
    graph.report("not-english", "Only English is read.", spanOf(words, 0, words.length));
    return graph.finish();
  }
  const title = titleEnd(cleanText(caption), words);
  if (title > 0) graph.report("title", "A heading is not a part of the scene.", spanOf(words, 0, title));
  const reader: CaptionReader = {
    words,
    graph,
    language,
    readGroup: createGroupReader(words),
    clause: createClause(0),
    at: title,
  };
  let sentence = -1; // index of the first word of the sentence at hand
  while (reader.at < words.length) {
    const { at } = reader;
    const opensSentence = words[at]!.before === "sentence";
    if (opensSentence) {
      endClause(graph, reader.clause, words[at - 2]?.lower === "upside");
      reader.clause = createClause(reader.clause.sentence + 1);
    }
    if ((at === title || opensSentence) && sentence !== at) {
      sentence = at;
      reader.at = stripImagePreamble(words, at);
      if (reader.at > at) {
        // "No close up of a dog"
        reader.clause.negated = words.slice(at, reader.at).some(({ lower }) => lower === "no");
        continue;
      }
    }
    for (const { read } of constructions) if (read(reader)) break;
  }
  endClause(graph, reader.clause, words.at(-2)?.lower === "upside");
  return graph.finish();
}
