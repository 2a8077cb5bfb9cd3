import type { SceneGraph, SceneObject, SceneRelation, Span } from "@tesserae/scene-graph";

/** MosaiCLIP's sub-graphs of a caption: each object alone, and each relation with its two objects, all with all their attributes. */
export interface SubGraphs {
  readonly single: readonly SceneGraph[];
  readonly related: readonly SceneGraph[];
}

/** The one- and two-object sub-graphs (section 3.3 and appendix B of the paper), each written as text, its spans pointing into that text. */
export function subGraphs(graph: SceneGraph): SubGraphs {
  const objects = new Map(graph.objects.map((object) => [object.id, object]));
  const related = graph.relations.flatMap((relation) => {
    const subject = objects.get(relation.subject);
    const object = objects.get(relation.object);
    return subject && object && subject !== object ? [writeRelation(subject, relation, object)] : [];
  });
  return { single: byText(graph.objects.map(writeSingle)), related: byText(related) };
}

/** The first of each text. */
function byText(graphs: readonly SceneGraph[]): SceneGraph[] {
  return [...new Map([...graphs].reverse().map((graph) => [graph.caption, graph])).values()].reverse();
}

function writeSingle(object: SceneObject): SceneGraph {
  const written = writeObject(object, 0);
  return { caption: written.text, objects: [written.object], relations: [], diagnostics: [] };
}

function writeRelation(subject: SceneObject, relation: SceneRelation, object: SceneObject): SceneGraph {
  const first = writeObject(subject, 0);
  const start = first.text.length + 1;
  const end = start + relation.predicate.length;
  const second = writeObject(object, end + 1);
  return {
    caption: `${first.text} ${relation.predicate} ${second.text}`,
    objects: [first.object, second.object],
    relations: [{ ...relation, span: { start, end } }],
    diagnostics: [],
  };
}

/** Writes "{quantity} {attributes} {name}" at an offset, as `verbalise` does. */
export function writeObject(object: SceneObject, at: number): { readonly text: string; readonly object: SceneObject } {
  let text = "";
  const write = (word: string): Span => {
    const start = at + text.length + (text === "" ? 0 : 1);
    text += text === "" ? word : ` ${word}`;
    return { start, end: start + word.length };
  };
  if (object.quantity !== undefined) write(object.quantity);
  const attributes = object.attributes.map(({ name }) => ({ name, span: write(name) }));
  const span = write(object.name);
  return { text, object: { ...object, attributes, span, phrase: { start: at, end: span.end } } };
}
