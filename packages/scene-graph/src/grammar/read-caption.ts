import type { SceneGraph, Span } from "../graph/scene-graph.js";
import type { LanguageModel } from "../lexicon/language-model.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import { openPrepositionalPhrase, subjectsOf } from "./attachment.js";
import { opensBareRelative } from "./bare-relative.js";
import { closeGap, createClause, endClause, lacksObject, leaveVerb } from "./clause.js";
import { createGraphDraft, type DraftObject } from "./graph-draft.js";
import { stripImagePreamble, titleEnd } from "./image-preamble.js";
import { createGroupReader, type NounGroup } from "./noun-group.js";
import type { NounPhrase } from "./noun-phrase.js";
import { placeGroup } from "./place-group.js";
import { addPossessorChain } from "./possessor-chain.js";
import { readPreposition } from "./preposition.js";
import {
  pronounPhrase,
  reciprocalLength,
  resolveHolder,
  resolvePossessor,
  resolvePronoun,
  standsAlone,
} from "./pronouns.js";
import { type Adjectives, readAdjectives } from "./read-adjectives.js";
import { readPredicate } from "./read-predicate.js";
import { readSideBySide, reciprocate, reciprocateVerb, strandedPreposition } from "./relate.js";
import { readVerbGroup } from "./verb-group.js";

/** Reads tagged words into a graph: one pass from left to right with the clause at hand. */
export function readCaption(caption: string, words: readonly TaggedWord[], language: LanguageModel): SceneGraph {
  const graph = createGraphDraft(caption);
  const readGroup = createGroupReader(words);
  const title = titleEnd(caption, words);
  let clause = createClause(0);
  let i = title;
  if (title > 0) graph.report("title", "A heading is not a part of the scene.", spanOf(words, 0, title));

  const isCopula = () => clause.verb?.group.copula === true;

  /** Who owns what the phrase names, by its possessive pronoun. */
  const possessors = ({ possessive }: NounPhrase): readonly DraftObject[] => {
    if (!possessive) return [];
    const found = resolvePossessor(possessive.pronoun, graph.objects, clause.last, clause.topic);
    if (found.length === 0) graph.report("pronoun", `Whose "${possessive.pronoun}" is is not clear.`, possessive.span);
    return found;
  };

  /** What is not so is reported and stays off the graph. */
  const deny = ({ chains }: NounGroup) => {
    for (const chain of chains)
      graph.report(
        "negated",
        "The caption says that this is absent; it is not in the graph.",
        chain.at(-1)!.phrase.phrase,
      );
    clause.negated = false;
    clause.open = undefined;
    if (clause.verb?.group.negated) clause.verb = undefined;
  };

  const placeNounGroup = (group: NounGroup, from: number) => {
    const owners = group.chains.map(([first]) => possessors(first!.phrase));
    const objects = group.chains.map((chain, index) =>
      addPossessorChain(graph, chain, clause.sentence, owners[index]!),
    );
    const { open, verb, antecedent, last, conjunction } = clause;
    if (opensGap(words, from) && !open && (antecedent || verb === undefined || verb.objects.length > 0))
      clause.relativeGap = antecedent ?? last;
    clause.conjunction = false;
    // "a man rides a horse and a dog …": a new topic, unless the verb waits for an object.
    if (conjunction && !open && !(verb && verb.objects.length === 0 && !clause.start)) leaveVerb(graph, clause);
    placeGroup(graph, clause, objects);
  };

  const placePronoun = (word: TaggedWord) => {
    const { open, verb } = clause;
    const subjects = open ? open.subjects : verb && verb.objects.length === 0 ? verb.subjects : [];
    const found =
      resolvePronoun(word.lower, graph.objects, subjects) ??
      (open && resolveHolder(word.lower, subjects, graph.holderOf)) ??
      (!open && standsAlone(word.lower, graph.objects)
        ? graph.addObject(pronounPhrase(word, i), clause.sentence)
        : undefined);
    if (found && !clause.negated) {
      placeGroup(graph, clause, [found]);
      return;
    }
    graph.report("pronoun", `What "${word.text}" stands for is not clear.`, { start: word.start, end: word.end });
    clause.open = undefined;
    if (!/^(another|others)$/.test(word.lower)) return;
    // Somebody else: what follows is not said of anyone named before.
    leaveVerb(graph, clause);
    clause.antecedent = undefined;
    clause.topic = [];
    clause.last = [];
  };

  /** Adjectives behind their noun. */
  const placeAdjectives = ({ attributes }: Adjectives) => {
    if (clause.open || clause.last.length === 0 || clause.negated)
      graph.report("adjective", "No noun was found for this.", attributes[0]!.span);
    else for (const object of clause.last) for (const attribute of attributes) graph.addAttribute(object, attribute);
  };

  while (i < words.length) {
    const word = words[i]!;
    if (word.before === "sentence") {
      endClause(graph, clause, words[i - 2]?.lower === "upside");
      clause = createClause(clause.sentence + 1);
    }
    if (i === title || word.before === "sentence") {
      const skipped = stripImagePreamble(words, i);
      if (skipped > i) {
        i = skipped;
        continue;
      }
    }
    if (word.tag === "there" && words[i + 1]?.tag === "be") {
      i += 2;
      clause.verb = undefined;
      clause.open = undefined;
      clause.start = true;
      for (; words[i]?.tag === "negation"; i++) clause.negated = true;
      continue;
    }
    if (word.tag === "conjunction") {
      clause.conjunction = true;
      i++;
      continue;
    }
    if (word.tag === "relative") {
      leaveVerb(graph, clause);
      clause.antecedent = clause.last;
      clause.open = undefined;
      i++;
      continue;
    }
    if (word.tag === "subordinator") {
      leaveVerb(graph, clause);
      clause.antecedent = undefined;
      i++;
      // "while on a phone" is said of the clause's topic.
      clause.start = words[i]?.tag !== "preposition";
      if (!clause.start) clause.last = clause.topic;
      continue;
    }
    const group = readVerbGroup(words, i, language);
    if (group) {
      i = group.next;
      if (clause.relativeGap && clause.verb && group.finite) {
        clause.topic = clause.relativeGap;
        closeGap(graph, clause);
      }
      const subjects = subjectsOf(group, clause, word.before === "comma");
      if (group.finite) clause.antecedent = undefined;
      leaveVerb(graph, clause);
      clause.verb = { group, subjects, objects: [] };
      clause.open = undefined;
      clause.negated = group.negated;
      clause.conjunction = false;
      clause.start = false;
      if (group.copula) i = readPredicate(words, i, graph, subjects, group.negated);
      else if (subjects.length === 0)
        graph.report("verb-without-subject", `No subject was found for "${group.lemma}".`, group.span);
      continue;
    }
    const preposition = word.tag === "clitic" ? undefined : readPreposition(words, i);
    if (preposition) {
      i = preposition.next;
      if (/without|except/.test(preposition.name)) clause.negated = true;
      if (clause.open) strandedPreposition(graph, clause.open, isCopula(), false);
      clause.open = openPrepositionalPhrase(preposition, clause);
      clause.conjunction = false;
      continue;
    }
    const sideBySide = readSideBySide(words, i);
    if (sideBySide) {
      reciprocate(graph, openPrepositionalPhrase(sideBySide, clause));
      clause.open = undefined;
      i = sideBySide.next;
      continue;
    }
    const reciprocal = reciprocalLength(word.lower, words[i + 1]?.lower);
    if (reciprocal > 0) {
      const span = spanOf(words, i, i + reciprocal);
      if (clause.open) reciprocate(graph, clause.open);
      else if (lacksObject(clause.verb)) reciprocateVerb(graph, clause.verb);
      else graph.report("pronoun", `Who "${caption.slice(span.start, span.end)}" are is not clear.`, span);
      clause.open = undefined;
      i += reciprocal;
      continue;
    }
    const read = readGroup(i, clause.open !== undefined || (lacksObject(clause.verb) && !clause.start));
    if (read) {
      const from = i;
      i = read.next;
      if (clause.negated || read.chains.every((chain) => chain.at(-1)!.phrase.determiner === "no")) deny(read);
      else placeNounGroup(read, from);
      continue;
    }
    if (word.tag === "pronoun") {
      i++;
      placePronoun(word);
      continue;
    }
    const adjectives = readAdjectives(words, i);
    if (adjectives.attributes.length > 0) {
      i = adjectives.next;
      placeAdjectives(adjectives);
      continue;
    }
    if (!/^(adverb|determiner|there|negation)$/.test(word.tag))
      graph.report("unattached", `"${word.text}" has no place in the graph.`, { start: word.start, end: word.end });
    if (word.tag === "negation") clause.negated = true;
    i++;
  }
  endClause(graph, clause, words.at(-2)?.lower === "upside");
  return graph.finish();
}

const spanOf = (words: readonly TaggedWord[], from: number, to: number): Span => ({
  start: words[from]!.start,
  end: words[to - 1]!.end,
});

/** Whether a noun phrase follows another, or a relative pronoun, at once: "the shirt the man is wearing". */
const opensGap = (words: readonly TaggedWord[], at: number): boolean =>
  words[at]!.before === "" &&
  (words[at - 1]?.tag === "relative" ||
    (words[at - 1]?.tag === "noun" &&
      (words[at]!.tag === "determiner" || words[at]!.tag === "possessive" || opensBareRelative(words, at))));
