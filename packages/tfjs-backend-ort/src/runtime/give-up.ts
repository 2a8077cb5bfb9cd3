import { type GraphNode, isConstant, type Value } from "../graph/graph.js";
import { nodeName } from "../graph/plan.js";

/**
 * After a run that failed: marks as failed the roots that depend on the node which ONNX Runtime names in its message, or on a value that was lost
 * before, or all where there is none of these; and returns the others.
 */
export function giveUp(nodes: readonly GraphNode[], roots: ReadonlySet<Value>, cause: unknown): ReadonlySet<Value> {
  const message = cause instanceof Error ? cause.message : String(cause);
  const failure = new Error(`ONNX Runtime could not compute this tensor: ${message}`, { cause });
  const lost = lostValues(nodes, message);
  const concerned = [...roots].filter((root) => lost.has(root));
  for (const root of concerned.length > 0 ? concerned : roots) root.failure = failure;
  return new Set(concerned.length > 0 ? [...roots].filter((root) => !lost.has(root)) : []);
}

/** Values that depend on a node whose name is in `message`, or on a value that was lost before. */
function lostValues(nodes: readonly GraphNode[], message: string): ReadonlySet<Value> {
  const lost = new Set<Value>();
  const names = new Set(message.match(/\bnode\d+\b/g));
  for (const node of nodes) {
    if (!node.needed) continue;
    const depends = node.inputs.some(
      (input) => input && !isConstant(input) && (lost.has(input.value) || input.value.failure),
    );
    if (depends || names.has(nodeName((node.outputs[0] as Value).identifier))) {
      for (const output of node.outputs) lost.add(output);
    }
  }
  return lost;
}
