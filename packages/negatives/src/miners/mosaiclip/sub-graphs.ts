import { decompose, type SceneGraph } from "@tesserae/scene-graph";

/** MosaiCLIP's sub-graphs of a caption: each object with attributes alone, and each relation with its two objects, all with all their attributes. */
export interface SubGraphs {
  readonly described: readonly SceneGraph[];
  readonly related: readonly SceneGraph[];
}

const known = new WeakMap<SceneGraph, SubGraphs>();

/** The one- and two-object sub-graphs (section 3.3 and appendix B of the paper), made once for a graph. */
export function subGraphs(graph: SceneGraph): SubGraphs {
  let found = known.get(graph);
  if (!found) {
    const all = decompose(graph, { bareObjects: false });
    found = {
      described: all.filter(({ objects }) => objects.length === 1),
      related: all.filter(({ objects }) => objects.length === 2),
    };
    known.set(graph, found);
  }
  return found;
}

/** Each object alone, for captions without relations and attributes. */
export function singleObjects(graph: SceneGraph): readonly SceneGraph[] {
  return decompose(graph, { maxObjects: 1 });
}
