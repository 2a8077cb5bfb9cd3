import type { SceneGraph, SceneObject, SceneRelation, Span } from "@tesserae/scene-graph";

/** The graph with its `verbalise` text as caption and with spans that point into it; an object that is written twice has the spans of the first time. */
export function writeGraph(graph: SceneGraph): SceneGraph {
  const byId = new Map(graph.objects.map((object) => [object.id, object]));
  const objects = new Map<string, SceneObject>();
  const relations: SceneRelation[] = [];
  let caption = "";
  const write = (text: string, before: string): Span => {
    caption += (caption === "" ? "" : before) + text;
    return { start: caption.length - text.length, end: caption.length };
  };
  const writeObject = (object: SceneObject, before: string) => {
    let separator = before;
    const next = (word: string) => {
      const span = write(word, separator);
      separator = " ";
      return span;
    };
    const quantity = object.quantity === undefined ? undefined : next(object.quantity);
    const attributes = object.attributes.map(({ name }) => ({ name, span: next(name) }));
    const span = next(object.name);
    const start = (quantity ?? attributes[0]?.span ?? span).start;
    if (!objects.has(object.id)) {
      objects.set(object.id, { ...object, attributes, span, phrase: { start, end: span.end } });
    }
  };
  for (const relation of graph.relations) {
    const subject = byId.get(relation.subject);
    const object = byId.get(relation.object);
    if (!subject || !object) continue;
    writeObject(subject, ", ");
    const span = write(relation.predicate, " ");
    writeObject(object, " ");
    relations.push({ ...relation, span });
  }
  for (const object of graph.objects) if (!objects.has(object.id)) writeObject(object, ", ");
  return { caption, objects: graph.objects.map(({ id }) => objects.get(id)!), relations, diagnostics: [] };
}
