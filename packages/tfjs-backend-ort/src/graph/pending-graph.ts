import type { Attributes, ElementType } from "../onnx/encode-model.js";
import { fuseBias } from "./fuse-bias.js";
import { fuseUpdate } from "./fuse-update.js";
import { createValue, type GraphNode, type Input, isConstant, type Operand, signatureOf, type Value } from "./graph.js";
import { fillOnHost, simplify } from "./simplify.js";

/** Type and shape of a node's output. */
export interface OutputSpec {
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/** Options of a node: its ONNX attributes and the operator set it is from. */
export interface NodeOptions {
  readonly attributes?: Attributes;
  readonly domain?: string;
}

/** Nodes for one run and the values to compute with them. */
export interface TakenGraph {
  readonly nodes: readonly GraphNode[];
  readonly roots: ReadonlySet<Value>;
}

/** The nodes that wait to be computed. */
export interface PendingGraph {
  /** Number of nodes. */
  readonly size: number;
  /**
   * Appends a node and hands back its outputs.
   *
   * @throws the failure of a run in which one of `inputs` was lost
   */
  add(
    operator: string,
    inputs: readonly Input[],
    outputs: readonly OutputSpec[],
    options: NodeOptions | undefined,
  ): Operand[];
  /** Takes every node out, simplified, with the values among their outputs that somebody holds or reads. */
  take(): TakenGraph;
  /** Forgets every node. */
  clear(): void;
}

/** A graph without nodes. */
export function createPendingGraph(): PendingGraph {
  let pending: GraphNode[] = [];
  return {
    get size() {
      return pending.length;
    },
    add(operator, inputs, outputs, { attributes = {}, domain = "" } = {}) {
      for (const input of inputs) {
        if (input !== undefined && !isConstant(input) && input.value.failure) throw input.value.failure;
      }
      const values = outputs.map(({ type, shape }) => createValue(type, shape));
      const signature = signatureOf(operator, attributes, inputs);
      const node: GraphNode = { operator, domain, attributes, inputs, outputs: values, signature, needed: false };
      for (const value of values) value.node = node;
      pending.push(node);
      return values.map((value) => ({ value, shape: value.shape }));
    },
    take() {
      const nodes = pending;
      pending = [];
      const roots = new Set<Value>();
      for (const node of nodes) {
        for (const output of node.outputs) {
          if (output.references + output.readers > 0 && !fillOnHost(output)) roots.add(output);
        }
      }
      simplify(nodes);
      fuseBias(nodes);
      return { nodes: fuseUpdate(nodes), roots };
    },
    clear() {
      pending = [];
    },
  };
}

/** Takes the nodes out of the values they made, which are there now or will never be. */
export function settle(nodes: readonly GraphNode[]): void {
  for (const node of nodes) {
    for (const output of node.outputs) {
      output.node = undefined;
      output.repeated = undefined;
    }
  }
}
