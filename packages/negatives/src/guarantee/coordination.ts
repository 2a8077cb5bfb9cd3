import type { SceneGraph, Span } from "@tesserae/scene-graph";
import type { GraphEdit } from "../edits/derive-graph.js";

/**
 * Whether two edits only exchange the members of "a cat and a dog": a swap that says the same, also where the graph lacks the
 * coordination. Members that leave an attribute or a number behind ("a red hat and a blue shirt") do change what is said.
 */
export function swapsCoordinated(graph: SceneGraph, edits: readonly GraphEdit[]): boolean {
  const [first, second] = edits;
  if (edits.length !== 2 || !first?.from || !second?.from) return false;
  const [a, b] = first.span.start < second.span.start ? [first.span, second.span] : [second.span, first.span];
  const between = graph.caption.slice(a.end, b.start);
  if (!/^\s*(?:,|,?\s*(?:and|or|&))\s+(?:(?:an?|the)\s+)?$/i.test(between)) return false;
  return leavesNothing(graph, a) && leavesNothing(graph, b);
}

function leavesNothing(graph: SceneGraph, span: Span): boolean {
  const covers = (inner: Span) => span.start <= inner.start && inner.end <= span.end;
  return graph.objects
    .filter((object) => covers(object.span))
    .every(
      (object) =>
        object.attributes.every((attribute) => covers(attribute.span)) &&
        (object.quantity === undefined || (object.phrase !== undefined && covers(object.phrase))),
    );
}
