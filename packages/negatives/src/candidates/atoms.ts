import type { SceneGraph, SceneObject, Span } from "@tesserae/scene-graph";
import { type CreateNegativeOptions, createNegative } from "../contract/create-negative.js";
import type { Negative } from "../contract/negative.js";
import { inNumberOf } from "../grammar/inflect.js";
import { writePredicate } from "../grammar/write-predicate.js";
import { areCompatiblePredicates } from "../guarantee/predicates.js";

/** One thing that a caption says: an object, an attribute of one, or a relation. */
export interface Atom {
  readonly type: "object" | "attribute" | "relation";
  /** As the graph names it. */
  readonly name: string;
  readonly span: Span;
  /** The object, the attribute's object, or the relation's subject. */
  readonly object: SceneObject;
}

/** All atoms of a caption: its objects, their attributes, its relations. */
export function atoms(graph: SceneGraph): Atom[] {
  const byId = new Map(graph.objects.map((object) => [object.id, object]));
  return [
    ...graph.objects.map((object): Atom => ({ type: "object", name: object.name, span: object.span, object })),
    ...graph.objects.flatMap((object) =>
      object.attributes.map(({ name, span }): Atom => ({ type: "attribute", name, span, object })),
    ),
    ...graph.relations.flatMap(({ subject, predicate, span }): Atom[] => {
      const object = byId.get(subject);
      return object ? [{ type: "relation", name: predicate, span, object }] : [];
    }),
  ];
}

/**
 * Puts another word in the place of an atom: an object in its number ("dogs" by "fox": "foxes"), a predicate in the form of the verb
 * ("rides" by "hold": "holds"). Undefined where the result would be no negative, or where both words may be true of the same thing.
 */
export function replaceAtom(
  graph: SceneGraph,
  { type, name, span }: Atom,
  word: string,
  kind: string,
  options: CreateNegativeOptions,
): Negative | undefined {
  const surface = graph.caption.slice(span.start, span.end);
  if (type !== "relation") {
    const text = type === "object" ? inNumberOf(word, surface, name) : word;
    return createNegative(graph, kind, [{ span, text, name: word }], options);
  }
  const written = writePredicate(word, name, surface);
  if (areCompatiblePredicates(written.name, name)) {
    options.reject?.("follows from the caption");
    return undefined;
  }
  return createNegative(graph, kind, [{ span, ...written }], options);
}
