import { addChain } from "./add-chain.js";
import { attach, subjectsOf } from "./attachment.js";
import type { English } from "./english.js";
import { createGraphDraft, type DraftObject } from "./graph-draft.js";
import { createGroupReader } from "./noun-group.js";
import { type NounPhrase, readAdjectives } from "./noun-phrase.js";
import { skipPictureWords, titleEnd } from "./picture-words.js";
import { readPreposition } from "./preposition.js";
import { isReciprocal, resolvePossessor, resolvePronoun } from "./pronouns.js";
import { readPredicate } from "./read-predicate.js";
import {
  dangling,
  type OpenPreposition,
  type OpenVerb,
  readSideBySide,
  reciprocate,
  relate,
  settle,
} from "./relate.js";
import type { SceneGraph } from "./scene-graph.js";
import type { TaggedWord } from "./tag.js";
import { readVerbGroup } from "./verb-group.js";

/** A place that is said before what is there: "on the table is a cup". */
interface OpenFront {
  readonly open: OpenPreposition;
  readonly objects: readonly DraftObject[];
}

/** Reads tagged words into a graph: one pass from left to right with the clause's topic, its verb and the last noun phrases at hand. */
export function readCaption(caption: string, words: readonly TaggedWord[], english: English): SceneGraph {
  const graph = createGraphDraft(caption);
  const readGroup = createGroupReader(words);
  let sentence = 0;
  let topic: readonly DraftObject[] = [];
  let last: readonly DraftObject[] = [];
  let antecedent: readonly DraftObject[] | undefined;
  let verb: OpenVerb | undefined;
  let open: OpenPreposition | undefined;
  let negated = false;
  let conjunction = false;
  let fronted: OpenFront | undefined;
  // What a clause with a place left empty says something of: the shirt of "the shirt the man is wearing".
  let gap: readonly DraftObject[] | undefined;
  let clauseStart = true;
  let i = 0;

  /** Ends a clause with an empty place: the verb or the preposition without an object is about what stands before the clause. */
  const closeGap = () => {
    if (gap && open) {
      relate(graph, open, gap);
      open = undefined;
    } else if (gap && verb && !verb.group.copula && verb.objects.length === 0) {
      for (const subject of verb.subjects)
        for (const object of gap) graph.addRelation(subject, verb.group.lemma, object, verb.group.span);
      verb.objects = gap;
    }
    gap = undefined;
  };

  const endSentence = () => {
    closeGap();
    if (open) dangling(graph, open);
    settle(graph, verb);
  };

  const startSentence = () => {
    endSentence();
    sentence++;
    topic = [];
    last = [];
    antecedent = undefined;
    verb = undefined;
    open = undefined;
    negated = false;
    conjunction = false;
    fronted = undefined;
    clauseStart = true;
  };

  /** Who owns what the phrase names, by its possessive pronoun. */
  const possessors = ({ possessive }: NounPhrase): readonly DraftObject[] => {
    if (!possessive) return [];
    const found = resolvePossessor(possessive.word, graph.objects, last, topic);
    if (found.length === 0) graph.report("pronoun", `Whose "${possessive.word}" is is not clear.`, possessive.span);
    return found;
  };

  /** Gives a group of objects its place: object of a preposition or verb, predicate, or a new topic. */
  const place = (group: readonly DraftObject[]) => {
    if (open) {
      relate(graph, open, group);
      if (open.subjects.length === 0 && !open.verb) fronted = { open, objects: group };
      open = undefined;
    } else if (verb?.group.copula && verb.objects.length === 0 && verb.subjects.length === 0 && fronted) {
      for (const object of group)
        for (const to of fronted.objects)
          graph.addRelation(object, fronted.open.preposition.name, to, fronted.open.preposition.span);
      topic = group;
    } else if (verb && !verb.group.copula && verb.objects.length === 0 && verb.subjects.length > 0 && !clauseStart) {
      for (const subject of verb.subjects)
        for (const object of group) graph.addRelation(subject, verb.group.lemma, object, verb.group.span);
      verb.objects = group;
    } else {
      if (fronted && topic.length === 0 && !verb) {
        // "on the table a cup": the fronted place belongs to the topic.
        for (const object of group)
          for (const to of fronted.objects)
            graph.addRelation(object, fronted.open.preposition.name, to, fronted.open.preposition.span);
        fronted = undefined;
      }
      topic = group;
      settle(graph, verb);
      verb = undefined;
      antecedent = undefined;
    }
    last = group;
    clauseStart = false;
  };

  const title = titleEnd(caption, words);
  if (title > 0) {
    graph.report("title", "A heading is not a part of the scene.", {
      start: words[0]!.start,
      end: words[title - 1]!.end,
    });
    i = title;
  }

  while (i < words.length) {
    const word = words[i]!;
    if (word.before === "sentence") startSentence();
    if (i === title || word.before === "sentence") {
      const skipped = skipPictureWords(words, i);
      if (skipped > i) {
        i = skipped;
        continue;
      }
    }
    if (word.kind === "there" && words[i + 1]?.kind === "be") {
      i += 2;
      verb = undefined;
      open = undefined;
      clauseStart = true;
      while (words[i]?.kind === "negation") {
        negated = true;
        i++;
      }
      continue;
    }
    if (word.kind === "conjunction") {
      conjunction = true;
      i++;
      continue;
    }
    if (word.kind === "relative") {
      settle(graph, verb);
      antecedent = last;
      verb = undefined;
      open = undefined;
      i++;
      continue;
    }
    if (word.kind === "subordinator") {
      settle(graph, verb);
      verb = undefined;
      antecedent = undefined;
      clauseStart = true;
      i++;
      continue;
    }
    const group = readVerbGroup(words, i, english);
    if (group) {
      i = group.next;
      if (gap && verb && group.finite) {
        topic = gap;
        closeGap();
      }
      const subjects: readonly DraftObject[] = subjectsOf(group, {
        topic,
        last,
        antecedent,
        verb,
        conjunction,
        comma: word.before === "comma",
        clauseStart,
      });
      if (antecedent && group.finite) antecedent = undefined;
      settle(graph, verb);
      verb = { group, subjects, objects: [] };
      open = undefined;
      negated = group.negated;
      conjunction = false;
      clauseStart = false;
      if (group.copula) i = readPredicate(words, i, graph, subjects, negated);
      else if (subjects.length === 0)
        graph.report("verb-without-subject", `No subject was found for "${group.lemma}".`, group.span);
      continue;
    }
    const preposition = word.kind === "clitic" ? undefined : readPreposition(words, i);
    if (preposition) {
      i = preposition.next;
      if (/without|except/.test(preposition.name)) negated = true;
      if (open) dangling(graph, open);
      open = { preposition, ...attach(verb, last, topic, clauseStart) };
      conjunction = false;
      continue;
    }
    const sideBySide = readSideBySide(words, i);
    if (sideBySide) {
      reciprocate(graph, { preposition: sideBySide, ...attach(verb, last, topic, clauseStart) });
      open = undefined;
      i = sideBySide.next;
      continue;
    }
    if (isReciprocal(word.lower, words[i + 1]?.lower)) {
      if (open) reciprocate(graph, open);
      else
        graph.report("pronoun", `Who "${word.lower} ${words[i + 1]!.lower}" are is not clear.`, {
          start: word.start,
          end: words[i + 1]!.end,
        });
      open = undefined;
      i += 2;
      continue;
    }
    const asObject =
      open !== undefined || (verb !== undefined && verb.objects.length === 0 && !verb.group.copula && !clauseStart);
    const from = i;
    const read = readGroup(i, asObject);
    if (read) {
      i = read.next;
      if (negated || read.chains.every((chain) => chain.at(-1)!.phrase.determiner === "no")) {
        for (const chain of read.chains)
          graph.report(
            "negated",
            "The caption says that this is absent; it is not in the graph.",
            chain.at(-1)!.phrase.phrase,
          );
        negated = false;
        open = undefined;
        if (verb?.group.negated) verb = undefined;
        continue;
      }
      const owners = read.chains.map(([first]) => possessors(first!.phrase));
      const objects = read.chains.map((chain, index) => addChain(graph, chain, sentence, owners[index]!));
      if (opensGap(words, from) && !open && (antecedent || verb === undefined || verb.objects.length > 0))
        gap = antecedent ?? last;
      const joins = conjunction && !open && !(verb && verb.objects.length === 0 && !clauseStart);
      conjunction = false;
      if (joins) {
        settle(graph, verb);
        verb = undefined;
      }
      place(objects);
      continue;
    }
    if (word.kind === "pronoun") {
      i++;
      const subjects = open ? open.subjects : verb && verb.objects.length === 0 ? verb.subjects : [];
      const found = resolvePronoun(word.lower, graph.objects, subjects);
      if (found && !negated) place([found]);
      else {
        graph.report("pronoun", `What "${word.text}" stands for is not clear.`, { start: word.start, end: word.end });
        if (/^(another|others)$/.test(word.lower)) {
          // Somebody else: what follows is not said of anyone named before.
          settle(graph, verb);
          verb = undefined;
          antecedent = undefined;
          topic = [];
          last = [];
        }
        open = undefined;
      }
      continue;
    }
    const adjectives = readAdjectives(words, i);
    if (adjectives.attributes.length > 0) {
      i = adjectives.next;
      if (!open && last.length > 0 && !negated)
        for (const object of last) for (const attribute of adjectives.attributes) graph.addAttribute(object, attribute);
      else graph.report("adjective", "No noun was found for this.", adjectives.attributes[0]!.span);
      continue;
    }
    if (word.kind !== "adverb" && word.kind !== "determiner" && word.kind !== "there" && word.kind !== "negation")
      graph.report("unattached", `"${word.text}" has no place in the graph.`, { start: word.start, end: word.end });
    if (word.kind === "negation") negated = true;
    i++;
  }
  endSentence();
  return graph.finish();
}

/** Whether a noun phrase follows another, or a relative pronoun, at once: "the shirt the man is wearing". */
const opensGap = (words: readonly TaggedWord[], at: number): boolean =>
  words[at]!.before === "" &&
  (words[at - 1]?.kind === "relative" ||
    (words[at - 1]?.kind === "noun" && (words[at]!.kind === "determiner" || words[at]!.kind === "possessive")));
