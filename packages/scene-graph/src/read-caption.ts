import type { English } from "./english.js";
import { createGraphDraft, type DraftObject, type GraphDraft } from "./graph-draft.js";
import { type Covering, type NounPhrase, readAdjectives, readNounPhrase } from "./noun-phrase.js";
import { type Preposition, readPreposition } from "./preposition.js";
import { resolvePronoun } from "./pronouns.js";
import type { SceneGraph, Span } from "./scene-graph.js";
import type { TaggedWord } from "./tag.js";
import { readVerbGroup, type VerbGroup } from "./verb-group.js";
import { animates, pictureNouns } from "./word-lists.js";

interface OpenVerb {
  readonly group: VerbGroup;
  readonly subjects: readonly DraftObject[];
  objects: readonly DraftObject[];
}

/** A participle without object or place is a property: "a man standing", "the car is parked". */
function settle(graph: GraphDraft, verb: OpenVerb | undefined): void {
  if (!verb || verb.objects.length > 0 || verb.group.copula || verb.group.negated || !verb.group.participle) return;
  const { span } = verb.group;
  const name = graph.caption.slice(span.start, span.end).toLowerCase();
  for (const subject of verb.subjects) graph.addAttribute(subject, { name, span });
}

/** A preposition that waits for its noun phrase, with what it hangs on. */
interface OpenPreposition {
  readonly preposition: Preposition;
  readonly subjects: readonly DraftObject[];
  readonly verb: OpenVerb | undefined;
  readonly adjective: Span | undefined;
}

/** Counting nouns: "a group of people" is people. The others ("a plate of food") are objects themselves. */
const counting =
  /^(group|bunch|pair|couple|lot|lots|number|variety|row|series|collection|assortment|kind|type|sort|plenty|array|dozen|dozens|hundreds|load|herd|flock|crowd|bit|bits|set|line|piece|pieces|slice|slices|block|chunk|chunks|strip|loaf)$/;

const joinSpans = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });
const acts = (object: DraftObject) => animates.has(object.head);

/** Reads tagged words into a graph: one pass from left to right with the clause's topic, its verb and the last noun phrases at hand. */
export function readCaption(caption: string, words: readonly TaggedWord[], english: English): SceneGraph {
  const graph = createGraphDraft(caption);
  let sentence = 0;
  let topic: readonly DraftObject[] = [];
  let last: readonly DraftObject[] = [];
  let antecedent: readonly DraftObject[] | undefined;
  let verb: OpenVerb | undefined;
  let open: OpenPreposition | undefined;
  let negated = false;
  let conjunction = false;
  let fronted: OpenFront | undefined;
  let clauseStart = true;
  let i = 0;

  const startSentence = () => {
    if (open) dangling(graph, open);
    settle(graph, verb);
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

  while (i < words.length) {
    const word = words[i]!;
    if (word.before === "sentence") startSentence();
    if (i === 0 || word.before === "sentence") {
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
      const adverbs = verb && !verb.group.copula && verb.objects.length === 0 ? verb : undefined;
      if (open) dangling(graph, open);
      open = { preposition, ...attach(preposition, verb, adverbs, last, topic, clauseStart), adjective: undefined };
      conjunction = false;
      continue;
    }
    if (word.lower === "each" && words[i + 1]?.lower === "other") {
      if (open) reciprocate(graph, open);
      else graph.report("pronoun", 'Who "each other" are is not clear.', { start: word.start, end: words[i + 1]!.end });
      open = undefined;
      i += 2;
      continue;
    }
    const read = readGroup(
      words,
      i,
      open !== undefined || (verb !== undefined && verb.objects.length === 0 && !verb.group.copula && !clauseStart),
    );
    if (read) {
      i = read.next;
      if (negated || read.phrases.every((list) => list.at(-1)!.determiner === "no")) {
        for (const list of read.phrases)
          graph.report("negated", "The caption says that this is absent; it is not in the graph.", list.at(-1)!.phrase);
        negated = false;
        open = undefined;
        continue;
      }
      const objects = read.phrases.map((chain) => addChain(graph, chain, sentence, words));
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
        graph.report("pronoun", `What "${word.text}" stands for is not clear.`, word);
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
  if (open) dangling(graph, open);
  settle(graph, verb);
  return graph.finish();
}

interface OpenFront {
  readonly open: OpenPreposition;
  readonly objects: readonly DraftObject[];
}

function dangling(graph: GraphDraft, open: OpenPreposition): void {
  graph.report("preposition-without-object", `Nothing follows "${open.preposition.name}".`, open.preposition.span);
}

/** "a photo of", "an image showing": words about the picture itself are not in it. */
function skipPictureWords(words: readonly TaggedWord[], from: number): number {
  const phrase = readNounPhrase(words, from);
  if (!phrase || !pictureNouns.has(phrase.head) || phrase.next >= words.length) return from;
  const next = words[phrase.next]!;
  if (next.before === "sentence") return from;
  if (next.lower === "of") return phrase.next + 1;
  if (/^(shows|showing|depicts|depicting|contains|features|featuring)$/.test(next.lower)) return phrase.next + 1;
  return from;
}

/** Adjectives behind "be": attributes of the subjects. Returns the index after them. */
function readPredicate(
  words: readonly TaggedWord[],
  from: number,
  graph: GraphDraft,
  subjects: readonly DraftObject[],
  negated: boolean,
): number {
  if (readPreposition(words, from)) return from;
  const read = readAdjectives(words, from);
  if (read.attributes.length === 0) return from;
  const after = words[read.next];
  if (after && after.before === "" && after.kind === "noun") return from;
  if (negated)
    graph.report("negated", "The caption says that this is not so; it is not in the graph.", read.attributes[0]!.span);
  else for (const subject of subjects) for (const attribute of read.attributes) graph.addAttribute(subject, attribute);
  if (words[read.next]?.lower === "in" && /^colou?r$/.test(words[read.next + 1]?.lower ?? "")) return read.next + 2;
  return read.next;
}

interface SubjectContext {
  readonly topic: readonly DraftObject[];
  readonly last: readonly DraftObject[];
  readonly antecedent: readonly DraftObject[] | undefined;
  readonly verb: OpenVerb | undefined;
  readonly conjunction: boolean;
  readonly comma: boolean;
  readonly clauseStart: boolean;
}

/** Whose verb it is: the antecedent's of a relative clause, the clause's topic's, or the last noun phrase's. */
function subjectsOf(group: VerbGroup, at: SubjectContext): readonly DraftObject[] {
  if (at.antecedent) return at.antecedent;
  if (group.finite) return at.topic;
  if ((at.conjunction || at.comma) && at.verb && at.verb.subjects.length > 0) return at.verb.subjects;
  if (at.clauseStart || at.comma) return at.topic;
  if (at.last.length > 0 && at.topic.length > 0 && at.topic.some(acts) && !at.last.some(acts) && !group.passive)
    return at.topic;
  return at.last.length > 0 ? at.last : at.topic;
}

/** What a preposition hangs on: the verb before it if that has no object yet, else the last noun phrase. */
function attach(
  preposition: Preposition,
  verb: OpenVerb | undefined,
  free: OpenVerb | undefined,
  last: readonly DraftObject[],
  topic: readonly DraftObject[],
  clauseStart: boolean,
): { subjects: readonly DraftObject[]; verb: OpenVerb | undefined } {
  void preposition;
  if (clauseStart) return { subjects: [], verb: undefined };
  if (free) return { subjects: free.subjects, verb: free };
  if (verb?.group.copula && verb.objects.length === 0 && last.length > 0)
    return { subjects: verb.subjects, verb: undefined };
  return { subjects: last.length > 0 ? last : topic, verb: undefined };
}

function relate(graph: GraphDraft, open: OpenPreposition, group: readonly DraftObject[]): void {
  const { preposition, subjects, verb } = open;
  for (const subject of subjects)
    for (const object of group) {
      if (verb?.group.passive && preposition.name === "by" && !locative.test(verb.group.lemma))
        graph.addRelation(object, verb.group.lemma, subject, joinSpans(verb.group.span, preposition.span));
      else if (verb)
        graph.addRelation(
          subject,
          `${verb.group.lemma} ${preposition.name}`,
          object,
          joinSpans(verb.group.span, preposition.span),
        );
      else graph.addRelation(subject, preposition.name, object, preposition.span);
    }
  if (verb) verb.objects = group;
}

/** "next to each other": every subject to every other; a single plural one to itself. */
function reciprocate(graph: GraphDraft, open: OpenPreposition): void {
  for (const subject of open.subjects) {
    const others = open.subjects.filter((one) => one !== subject);
    relate(graph, { ...open, subjects: [subject] }, others.length > 0 ? others : subject.plural ? [subject] : []);
  }
}

/** Passives after which "by" is a place: "parked by a building". */
const locative = /^(park|stand|sit|seat|place|locate|situate|position|dock|leave|set|moor|anchor|hang|tie|lay|line)$/;

interface Group {
  /** Each phrase with its possessors in front of it. */
  readonly phrases: readonly (readonly NounPhrase[])[];
  readonly next: number;
}

/** A noun phrase with its possessors: "the man's red hat" gives [man, hat]. */
function readChain(words: readonly TaggedWord[], from: number): { chain: NounPhrase[]; next: number } | undefined {
  const chain: NounPhrase[] = [];
  let i = from;
  for (;;) {
    let phrase = readNounPhrase(words, i);
    if (!phrase) return chain.length > 0 ? { chain, next: i } : undefined;
    const of = words[phrase.next];
    if (of?.lower === "of" && of.before === "" && counting.test(phrase.head)) {
      const counted = readNounPhrase(words, phrase.next + 1);
      if (counted && words[phrase.next + 1]!.before === "") {
        const lead = words
          .slice(i, phrase.next + 1)
          .filter((word) => word.kind !== "determiner")
          .map((word) => word.lower)
          .join(" ");
        phrase = {
          ...counted,
          quantity: counted.quantity ?? lead,
          phrase: { start: phrase.phrase.start, end: counted.phrase.end },
          attributes: [...counted.attributes],
        };
      }
    }
    chain.push(phrase);
    i = phrase.next;
    if (words[i]?.kind !== "clitic" || words[i]!.before === "sentence") return { chain, next: i };
    i++;
  }
}

/** Coordinated noun phrases: "a man, a woman and a dog". As an object, a phrase that opens a new clause is left out. */
function readGroup(words: readonly TaggedWord[], from: number, asObject: boolean): Group | undefined {
  const first = readChain(words, from);
  if (!first) return undefined;
  const phrases = [first.chain];
  let next = first.next;
  const listed = endsInConjunction(words, next);
  for (;;) {
    let at = next;
    const comma = words[at]?.before === "comma";
    if (words[at] === undefined || words[at]!.before === "sentence") break;
    if (words[at]!.kind === "conjunction" && words[at]!.lower !== "but") at++;
    else if (!(comma && listed)) break;
    const chain = readChain(words, at);
    if (!chain) break;
    const after = words[chain.next];
    const inline = after !== undefined && after.before === "";
    if (
      asObject &&
      inline &&
      (after.kind === "be" ||
        after.kind === "verb" ||
        after.kind === "auxiliary" ||
        after.kind === "ing" ||
        (after.kind === "preposition" && comma))
    )
      break;
    phrases.push(chain.chain);
    next = chain.next;
  }
  return { phrases, next };
}

/** Whether a comma list from here ends with "and": only then its commas coordinate. */
function endsInConjunction(words: readonly TaggedWord[], from: number): boolean {
  let i = from;
  while (words[i]?.before === "comma") {
    if (words[i]!.kind === "conjunction") return true;
    const chain = readChain(words, i);
    if (!chain) return false;
    i = chain.next;
    if (words[i]?.kind === "conjunction" && words[i]!.before !== "sentence") return true;
  }
  return false;
}

const coverPhrase = ({ name, span }: Covering, next: number): NounPhrase => ({
  name,
  head: name,
  attributes: [],
  plural: false,
  span,
  phrase: span,
  next,
});

function addChain(
  graph: GraphDraft,
  chain: readonly NounPhrase[],
  sentence: number,
  words: readonly TaggedWord[],
): DraftObject {
  let owner: DraftObject | undefined;
  for (const phrase of chain) {
    const cover = phrase.covering && graph.addObject(coverPhrase(phrase.covering, phrase.next), sentence);
    const object = graph.addObject(phrase, sentence);
    if (cover && phrase.covering) graph.addRelation(cover, phrase.covering.verb, object, phrase.covering.verbSpan);
    if (owner) {
      const clitic = words.findLast((word) => word.kind === "clitic" && word.end <= phrase.phrase.start)!;
      graph.addRelation(owner, clitic.lower, object, { start: clitic.start, end: clitic.end });
    }
    owner = object;
  }
  return owner!;
}
