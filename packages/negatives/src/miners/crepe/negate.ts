import type { SceneGraph } from "@tesserae/scene-graph";
import type { Atom } from "../../candidates/atoms.js";
import { phraseOf } from "../../candidates/swaps.js";
import { type CreateNegativeOptions, createNegative } from "../../contract/create-negative.js";
import type { Negative } from "../../contract/negative.js";
import { endsInPerfect, inFormOf, verbForm } from "../../grammar/conjugate.js";
import { startsWithVerb } from "../../grammar/write-predicate.js";

/**
 * Denies an atom in place: "a not red dog", "a dog not on a box", "a dog does not sit on a box", "a man with no hat". An object is denied by
 * its determiner; one without a determiner is left alone, and so is a possession ("a child's swing").
 */
export function negate(
  graph: SceneGraph,
  { type, name, span, object }: Atom,
  kind: string,
  options: CreateNegativeOptions,
): Negative | undefined {
  const surface = graph.caption.slice(span.start, span.end);
  if (type === "attribute") {
    // "Regular not small town": only behind a determiner or "is" does "not" read.
    if (
      !/\b(?:an?|the|is|are|was|were|his|her|its|their|this|that|one|two|three|some)\s+$/i.test(
        graph.caption.slice(0, span.start),
      )
    )
      return undefined;
    return createNegative(graph, kind, [{ span, text: `not ${surface}`, name: `not ${name}` }], {
      ...options,
      readGraph: keepFollowed,
    });
  }
  if (type === "relation") {
    const isInfinitive = /\bto\s+$/i.test(graph.caption.slice(0, span.start));
    const edit = {
      span,
      text: isInfinitive ? `not ${surface}` : denied(name, surface, graph.caption.slice(0, span.start)),
      name: `not ${name}`,
    };
    return createNegative(graph, kind, [edit], { ...options, readGraph: keepFollowed });
  }
  const { start } = phraseOf(object);
  const determiner = /^(?:an?|the|some|one|two|three|four|five|several|many)(?=\s)/i.exec(graph.caption.slice(start));
  if (!determiner) return undefined;
  return createNegative(graph, kind, [{ span: { start, end: start + determiner[0].length }, text: "no" }], {
    ...options,
    readGraph: (_, followed) => ({
      ...followed!,
      objects: followed!.objects.map((other) => (other.id === object.id ? { ...other, quantity: "no" } : other)),
    }),
  });
}

/** The parser reads what is denied as not said, so the graph of a denial is the one that was followed. */
const keepFollowed = (_: string, followed: SceneGraph | undefined): SceneGraph => followed!;

/** "rides" becomes "does not ride", "ride" "do not ride", "rode" "did not ride"; anything else has "not" in front. */
function denied(predicate: string, surface: string, before: string): string {
  const verb = predicate.split(" ")[0]!;
  const [written = "", ...rest] = surface.split(/\s+/);
  // "has attracted" has its auxiliary already.
  if (!startsWithVerb(predicate) || verb === "be" || endsInPerfect(before)) return `not ${surface}`;
  const form = verbForm(written, verb);
  if (form === "present") return ["does not", verb, ...rest].join(" ");
  if (form === "base") return ["do not", verb, ...rest].join(" ");
  if (form === "past" && rest.length === 0 && inFormOf(verb, written, verb) === written.toLowerCase())
    return `did not ${verb}`;
  return `not ${surface}`;
}
