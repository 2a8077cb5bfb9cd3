import type { DraftObject, GraphDraft } from "./graph-draft.js";
import type { Preposition } from "./preposition.js";
import type { Span } from "./scene-graph.js";
import type { VerbGroup } from "./verb-group.js";

/** A verb whose clause is being read. */
export interface OpenVerb {
  readonly group: VerbGroup;
  readonly subjects: readonly DraftObject[];
  objects: readonly DraftObject[];
}

/** A preposition that waits for its noun phrase, with what it hangs on. */
export interface OpenPreposition {
  readonly preposition: Preposition;
  readonly subjects: readonly DraftObject[];
  readonly verb: OpenVerb | undefined;
}

/** Passives after which "by" is a place: "parked by a building". */
const locative = /^(park|stand|sit|seat|place|locate|situate|position|dock|leave|set|moor|anchor|hang|tie|lay|line)$/;

const joinSpans = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });

/** Gives an open preposition its objects: each subject relates to each of them. */
export function relate(graph: GraphDraft, open: OpenPreposition, group: readonly DraftObject[]): void {
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
export function reciprocate(graph: GraphDraft, open: OpenPreposition): void {
  for (const subject of open.subjects) {
    const others = open.subjects.filter((one) => one !== subject);
    relate(graph, { ...open, subjects: [subject] }, others.length > 0 ? others : subject.plural ? [subject] : []);
  }
}

/** A participle without object or place is a property: "a man standing", "the car is parked". */
export function settle(graph: GraphDraft, verb: OpenVerb | undefined): void {
  if (!verb || verb.objects.length > 0 || verb.group.copula || verb.group.negated || !verb.group.participle) return;
  const { span } = verb.group;
  const name = graph.caption.slice(span.start, span.end).toLowerCase();
  for (const subject of verb.subjects) graph.addAttribute(subject, { name, span });
}

/** Reports a preposition that nothing follows. */
export function dangling(graph: GraphDraft, open: OpenPreposition): void {
  graph.report("preposition-without-object", `Nothing follows "${open.preposition.name}".`, open.preposition.span);
}
