import { realizeGraph, type SceneGraph } from "@tesserae/scene-graph";

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
    return subject && object && subject !== object
      ? [realizeGraph({ objects: [subject, object], relations: [relation] })]
      : [];
  });
  return {
    single: byText(graph.objects.map((object) => realizeGraph({ objects: [object], relations: [] }))),
    related: byText(related),
  };
}

/** The first of each text. */
function byText(graphs: readonly SceneGraph[]): SceneGraph[] {
  return [...new Map([...graphs].reverse().map((graph) => [graph.caption, graph])).values()].reverse();
}
