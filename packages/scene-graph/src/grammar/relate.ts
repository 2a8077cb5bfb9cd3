import type { Span } from "../graph/scene-graph.js";
import { purposeWords } from "../lexicon/function-words.js";
import { positionVerbs } from "../lexicon/verbs.js";
import type { TaggedWord } from "../tagger/tag-words.js";
import type { DraftObject, GraphDraft } from "./graph-draft.js";
import type { Preposition } from "./preposition.js";
import type { VerbGroup } from "./verb-group.js";

/** A verb whose clause is being read. */
export interface OpenVerb {
  readonly group: VerbGroup;
  readonly subjects: readonly DraftObject[];
  objects: readonly DraftObject[];
  /** The preposition in front of the objects, if any. */
  preposition?: string;
  /** Its preposition shares the object of a later one: "standing next to and looking at a horse". */
  shares?: boolean;
}

/** A preposition that waits for its noun phrase, with what it hangs on. */
export interface OpenPreposition {
  readonly preposition: Preposition;
  readonly subjects: readonly DraftObject[];
  readonly verb: OpenVerb | undefined;
  /** The coordinated phrases whose last one the preposition hangs on: "a cup and a glass of water". */
  /** "next to each other": things of one phrase stand to themselves. */
  readonly reciprocal?: boolean;
  readonly among?: readonly DraftObject[];
}

const joinSpans = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });

/** Gives an open preposition its objects: each subject relates to each of them. */
export function relate(graph: GraphDraft, open: OpenPreposition, group: readonly DraftObject[]): void {
  const { preposition, subjects, verb } = open;
  if (verb?.group.negated) {
    verb.objects = group;
    return;
  }
  for (const subject of subjects)
    for (const object of group) {
      if (subject === object && !open.reciprocal) continue;
      if (verb?.group.passive && preposition.name === "by" && !positionVerbs.has(verb.group.lemma))
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
  if (!verb) return;
  verb.objects = group;
  verb.preposition = preposition.name;
}

/** Gives a verb its objects without a preposition. */
export function relateDirectly(graph: GraphDraft, verb: OpenVerb, group: readonly DraftObject[]): void {
  if (!verb.group.negated)
    for (const subject of verb.subjects)
      for (const object of group)
        if (subject !== object) graph.addRelation(subject, verb.group.lemma, object, verb.group.span);
  verb.objects = group;
}

/** "side by side": a preposition that says of several things how they stand to each other. */
export function readSideBySide(words: readonly TaggedWord[], at: number): Preposition | undefined {
  const [first, by, last] = [words[at], words[at + 1], words[at + 2]];
  if (first?.lower !== "side" || by?.lower !== "by" || last?.lower !== "side") return undefined;
  return { name: "side by side", span: { start: first.start, end: last.end }, next: at + 3 };
}

/** "next to each other": every subject to every other; a single plural one to itself. */
export function reciprocate(graph: GraphDraft, open: OpenPreposition): void {
  for (const subject of open.subjects)
    relate(graph, { ...open, subjects: [subject], reciprocal: true }, counterparts(subject, open.subjects));
}

/** "touching each other". */
export function reciprocateVerb(graph: GraphDraft, verb: OpenVerb): void {
  for (const subject of verb.subjects)
    for (const object of counterparts(subject, verb.subjects))
      graph.addRelation(subject, verb.group.lemma, object, verb.group.span);
  verb.objects = verb.subjects;
}

function counterparts(subject: DraftObject, subjects: readonly DraftObject[]): readonly DraftObject[] {
  const others = subjects.filter((one) => one !== subject);
  return others.length === 0 && subject.plural ? [subject] : others;
}

/** A participle without object or place is a property: "a man standing", "the car is parked". */
export function finalizeVerb(graph: GraphDraft, verb: OpenVerb | undefined): void {
  if (!verb || verb.shares || verb.objects.length > 0 || verb.group.copula) return;
  const { span } = verb.group;
  if (verb.group.negated) {
    graph.report("negated", "The caption says that this is not so; it is not in the graph.", span);
    return;
  }
  if (!verb.group.participle) {
    if (verb.subjects.length > 0) graph.report("verb-without-object", `Nothing follows "${verb.group.lemma}".`, span);
    return;
  }
  const name = graph.caption.slice(span.start, span.end).toLowerCase();
  if (purposeWords.has(name)) {
    graph.report("purpose", `"${name}" says what something is for, which is no state of it.`, span);
    return;
  }
  for (const subject of verb.subjects) graph.addAttribute(subject, { name, span });
}

/**
 * A preposition that nothing follows: a property, "the lights are on", "with its head down", or else reported.
 * @param copula whether the clause's verb is "be"
 * @param last whether the sentence ends here, and not with "upside down"
 */
export function strandedPreposition(graph: GraphDraft, open: OpenPreposition, copula: boolean, last: boolean): void {
  const { name, span } = open.preposition;
  if (!open.verb && ((copula && /^(on|off)$/.test(name)) || (last && /^(up|down)$/.test(name)))) {
    for (const subject of open.subjects) graph.addAttribute(subject, { name, span });
    return;
  }
  graph.report("preposition-without-object", `Nothing follows "${open.preposition.name}".`, open.preposition.span);
}
