import type { SceneGraph, SceneObject, SceneRelation, Span } from "./scene-graph.js";
import { writtenPredicate } from "./verbalise.js";

/**
 * Writes an object as `verbalise` does, "{quantity} {attributes} {name}", to stand at an offset of a text; the object's spans point into that
 * text.
 */
export function realizeObject(
  object: SceneObject,
  at: number,
): { readonly text: string; readonly object: SceneObject } {
  let text = "";
  const write = (word: string): Span => {
    text += text === "" ? word : ` ${word}`;
    const end = at + text.length;
    return { start: end - word.length, end };
  };
  if (object.quantity !== undefined) write(object.quantity);
  const attributes = object.attributes.map(({ name }) => ({ name, span: write(name) }));
  const span = write(object.name);
  return { text, object: { ...object, attributes, span, phrase: { start: at, end: span.end } } };
}

/**
 * The graph with its `verbalise` text as caption and with spans that point into it; an object that is written twice has the spans of the first
 * time. For sub-graphs, which have no caption of their own.
 */
export function realizeGraph(graph: Pick<SceneGraph, "objects" | "relations">): SceneGraph {
  if (graph.objects.length === 1 && graph.relations.length === 0) {
    const { text, object } = realizeObject(graph.objects[0]!, 0);
    return { caption: text, objects: [object], relations: [], diagnostics: [] };
  }
  const byId = new Map(graph.objects.map((object) => [object.id, object]));
  const written = new Map<string, SceneObject>();
  const relations: SceneRelation[] = [];
  let caption = "";
  const write = (object: SceneObject, before: string) => {
    if (caption !== "") caption += before;
    const { text, object: placed } = realizeObject(object, caption.length);
    caption += text;
    if (!written.has(object.id)) written.set(object.id, placed);
  };
  for (const relation of graph.relations) {
    const subject = byId.get(relation.subject);
    const object = byId.get(relation.object);
    if (!subject || !object) continue;
    write(subject, ", ");
    const start = caption.length + 1;
    caption += ` ${writtenPredicate(relation.predicate)}`;
    relations.push({ ...relation, span: { start, end: caption.length } });
    write(object, " ");
  }
  for (const object of graph.objects) if (!written.has(object.id)) write(object, ", ");
  return { caption, objects: graph.objects.map(({ id }) => written.get(id)!), relations, diagnostics: [] };
}
