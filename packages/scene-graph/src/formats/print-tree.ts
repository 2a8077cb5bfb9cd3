import type { SceneGraph, SceneObject } from "../graph/scene-graph.js";

/** A graph as an indented text: each object with its attributes, below it what it does to others. */
export function printTree(graph: SceneGraph): string {
  const objects = new Map(graph.objects.map((object) => [object.id, object]));
  const repeated = (object: SceneObject) => graph.objects.filter((one) => one.name === object.name).length > 1;
  const label = (object: SceneObject) => (repeated(object) ? `${object.name} (${object.id})` : object.name);
  const lines = [graph.caption];
  for (const object of graph.objects) {
    const words = [object.quantity, ...object.attributes.map((attribute) => attribute.name)].filter(Boolean);
    lines.push(`  ${label(object)}${words.length > 0 ? `: ${words.join(", ")}` : ""}`);
    for (const relation of graph.relations)
      if (relation.subject === object.id)
        lines.push(`    ${relation.predicate} -> ${label(objects.get(relation.object)!)}`);
  }
  for (const { code, message } of graph.diagnostics) lines.push(`  ! ${code}: ${message}`);
  return lines.join("\n");
}
