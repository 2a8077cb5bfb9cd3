import type { PosTag } from "../../lexicon/lexical-features.js";
import { wideNouns } from "../../lexicon/nouns.js";
import type { TaggedWord } from "../../tagger/tag-words.js";
import { opensBareRelative } from "../bare-relative.js";
import type { CaptionReader, Construction } from "../caption-reader.js";
import { createClause, endClause, lacksObject, leaveVerb } from "../clause.js";
import type { DraftObject } from "../graph-draft.js";
import { closeUpEnd, stripImagePreamble } from "../image-preamble.js";
import { absentOf } from "../negation.js";
import type { NounGroup } from "../noun-group.js";
import type { NounPhrase } from "../noun-phrase.js";
import { placeGroup } from "../place-group.js";
import { addPossessorChain } from "../possessor-chain.js";
import { resolvePossessor } from "../pronouns.js";

/** One or more coordinated noun phrases: objects of the preposition or verb in front, or a new topic; or what is denied. */
export const nounPhrases: Construction = {
  name: "noun phrases",
  read(reader) {
    const { words } = reader;
    if (!opensNounPhrase.has(words[reader.at]!.tag)) return false;
    if (opensClauseBehindComma(reader)) {
      endClause(reader.graph, reader.clause, false);
      reader.clause = createClause(reader.clause.sentence);
    }
    const { clause } = reader;
    // "and a close up of", "and a picture of … on …": words about the picture, where a clause begins.
    let { at } = reader;
    const opens = clause.opensAt === at;
    if (opens || (clause.conjunction && !clause.open)) at = closeUpEnd(words, at);
    if (opens && at === reader.at) at = stripImagePreamble(words, at);
    const asObject = clause.open !== undefined || (lacksObject(clause.verb) && !clause.start);
    const held = clause.open?.subjects.at(-1);
    const holder = held && { object: held, preposition: clause.open!.preposition.name };
    const group = reader.readGroup(at, asObject ? { topic: clause.topic, holder } : undefined);
    if (!group) return false;
    reader.at = group.next;
    if (group.follows?.joined === "holder") {
      clause.joinsHolderAt = group.follows.at;
      clause.joinsTopic = holder?.preposition === "of";
    }
    if (group.follows?.joined === "clause") clause.opensAt = group.follows.at;
    place(reader, group, at);
    return true;
  },
};

/** "A girl reads, a boy writes": behind a verb and a comma stands no object. */
const opensClauseBehindComma = ({ clause, words, at }: CaptionReader): boolean =>
  words[at]!.before === "comma" &&
  words[at]!.tag === "determiner" &&
  words[at - 1]?.tag === "verb" &&
  !clause.conjunction &&
  clause.verb?.group.finite === true &&
  lacksObject(clause.verb);

const opensNounPhrase: ReadonlySet<PosTag> = new Set([
  "determiner",
  "possessive",
  "number",
  "adjective",
  "noun",
  "adverb",
]);

function place(reader: CaptionReader, group: NounGroup, from: number): void {
  const { words, graph, clause } = reader;
  const owners = group.chains.map(([first]) => possessors(reader, first!.phrase));
  const absent = absentOf(reader, group, from);
  if (isFigure(reader, group)) {
    const { phrase } = group.chains[0]!.at(-1)!.phrase;
    graph.report("figurative", "What the sky or the sea is said to be is not a part of the scene.", phrase);
    return;
  }
  const objects = group.chains.map((chain, index) =>
    addPossessorChain(graph, chain, clause.sentence, owners[index]!, absent[index]!),
  );
  clause.negated = false;
  clause.deniesPredicate = !absent[0] && group.chains[0]!.at(-1)!.phrase.determiner === "neither";
  const { open, verb, antecedent, last, conjunction } = clause;
  if (opensGap(words, from) && !open && (antecedent || verb === undefined || verb.objects.length > 0))
    clause.relativeGap = antecedent ?? last;
  clause.conjunction = false;
  // "a table with a glass of water and a glass of wine": the second glass stands where the first does.
  if (from === clause.joinsHolderAt && (clause.addBeside || clause.joinsTopic)) {
    clause.conjunction = false;
    if (clause.addBeside) clause.addBeside(objects);
    else clause.topic = [...clause.topic, ...objects];
    clause.last = clause.addBeside ? objects : clause.topic;
    return;
  }
  // "a man rides a horse and a dog …", "a man is eating and a dog …": a new topic.
  if (conjunction && !open) {
    clause.topicBefore = verb === undefined ? clause.topic : [];
    leaveVerb(graph, clause);
    clause.fronted = undefined;
  }
  placeGroup(graph, clause, objects);
}

/** Who owns what the phrase names, by its possessive pronoun. */
function possessors({ graph, clause }: CaptionReader, { possessive, head }: NounPhrase): readonly DraftObject[] {
  if (!possessive) return [];
  const found = resolvePossessor(possessive.pronoun, graph.objects, clause.last, clause.topic, head);
  if (found.length === 0) graph.report("pronoun", `Whose "${possessive.pronoun}" is is not clear.`, possessive.span);
  return found;
}

/** Whether a noun phrase follows another, or a relative pronoun, at once: "the shirt the man is wearing". */
const opensGap = (words: readonly TaggedWord[], at: number): boolean =>
  words[at]!.before === "" &&
  (words[at - 1]?.tag === "relative" ||
    (words[at - 1]?.tag === "noun" &&
      (words[at]!.tag === "determiner" || words[at]!.tag === "possessive" || opensBareRelative(words, at))));

/** "the sky is a canvas" */
const isFigure = ({ clause }: CaptionReader, { chains }: NounGroup): boolean =>
  clause.verb?.group.copula === true &&
  clause.open === undefined &&
  clause.verb.subjects.length > 0 &&
  clause.verb.subjects.every(({ head }) => wideNouns.has(head)) &&
  chains.length === 1 &&
  /^an?$/.test(chains[0]!.at(-1)!.phrase.determiner ?? "");
