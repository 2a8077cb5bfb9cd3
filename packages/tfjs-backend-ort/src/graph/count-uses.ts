import { type GraphNode, isConstant, type Value } from "./graph.js";

/** How often each of `values` is an input of a node. */
export function countUses(nodes: readonly GraphNode[], values: readonly Value[]): ReadonlyMap<Value, number> {
  const uses = new Map(values.map((value) => [value, 0]));
  for (const { inputs } of nodes) {
    for (const input of inputs) {
      if (input === undefined || isConstant(input)) continue;
      const count = uses.get(input.value);
      if (count !== undefined) uses.set(input.value, count + 1);
    }
  }
  return uses;
}
