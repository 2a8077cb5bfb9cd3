import { MultiDirectedGraph } from "graphology";
import type { Diagnostic, SceneAttribute, SceneGraph, SceneObject, SceneRelation, Span } from "./scene-graph.js";

/** What a node of `toGraphology` carries: the object without its id, which is the node's key. */
export interface SceneNode {
  name: string;
  attributes: readonly SceneAttribute[];
  quantity?: string;
  span: Span;
  phrase?: Span;
}

/** What an edge carries. */
export interface SceneEdge {
  predicate: string;
  span: Span;
}

/** What the graph itself carries. */
export interface SceneMeta {
  caption: string;
  diagnostics: readonly Diagnostic[];
}

/** The scene graph as a directed graphology multigraph: objects are nodes, relations edges from subject to object, in their order. */
export function toGraphology(graph: SceneGraph): MultiDirectedGraph<SceneNode, SceneEdge, SceneMeta> {
  const result = new MultiDirectedGraph<SceneNode, SceneEdge, SceneMeta>();
  result.replaceAttributes({ caption: graph.caption, diagnostics: graph.diagnostics });
  for (const { id, ...node } of graph.objects) result.addNode(id, node);
  for (const { subject, object, ...edge } of graph.relations) result.addEdge(subject, object, edge);
  return result;
}

/** The inverse of `toGraphology`; takes any graphology graph whose nodes and edges carry the same attributes. */
export function fromGraphology(graph: MultiDirectedGraph<SceneNode, SceneEdge, SceneMeta>): SceneGraph {
  const { caption, diagnostics } = graph.getAttributes();
  return {
    caption,
    objects: graph.mapNodes((id, node): SceneObject => ({ id, ...node })),
    relations: graph.mapEdges(
      (_key, edge, subject, object): SceneRelation => ({ subject, predicate: edge.predicate, object, span: edge.span }),
    ),
    diagnostics,
  };
}
