import type { Model } from "../onnx/encode-model.js";
import { countUses } from "./count-uses.js";
import { type GraphNode, type Input, isConstant, type Operand, sameShape, signatureOf, type Value } from "./graph.js";

/** An addition of what a `Scan` computes to one of the tensors that it goes through. */
interface Update {
  readonly addition: GraphNode;
  readonly scan: GraphNode;
  /** Which output of the scan is added to which of its inputs. */
  readonly output: number;
  readonly input: number;
}

/**
 * Makes the addition of an update to the weights part of the `Scan` that computes the update, where nothing else uses the update: it is then never written, and
 * the weights are read once. The bytes are the same.
 *
 * @returns the nodes without those additions
 */
export function fuseUpdate(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const updates = nodes.map(updateOf).filter((update) => update !== undefined);
  if (updates.length === 0) return nodes;
  const values = updates.map(({ scan, output }) => scan.outputs[output] as Value);
  const uses = countUses(nodes, values);
  const fused = new Set<GraphNode>();
  updates.forEach((update, index) => {
    const value = values[index] as Value;
    if (uses.get(value) !== 1 || value.references + value.readers > 0) return;
    fuse(update, value);
    fused.add(update.addition);
  });
  return nodes.filter((node) => !fused.has(node));
}

function updateOf(addition: GraphNode): Update | undefined {
  if (addition.operator !== "Add") return undefined;
  const [a, b] = addition.inputs;
  if (!isOperand(a) || !isOperand(b) || !sameShape(a.shape, b.shape)) return undefined;
  for (const [added, to] of [
    [b, a],
    [a, b],
  ] as const) {
    const scan = added.value.node;
    if (scan?.operator !== "Scan") continue;
    const output = scan.outputs.indexOf(added.value);
    const input = scan.inputs.findIndex(
      (given) => isOperand(given) && given.value === to.value && sameShape(given.shape, added.value.shape),
    );
    if (input >= 0) return { addition, scan, output, input };
  }
  return undefined;
}

function isOperand(input: Input): input is Operand {
  return input !== undefined && !isConstant(input);
}

function fuse({ addition, scan, output, input }: Update, update: Value): void {
  const [sum] = addition.outputs as readonly [Value];
  sum.shape = update.shape;
  sum.node = scan;
  scan.outputs = scan.outputs.map((value) => (value === update ? sum : value));
  const { body } = scan.attributes as { body: { graph: Model; key: string } };
  const key = `${body.key}+${input}:${output}`;
  scan.attributes = { ...scan.attributes, body: { graph: withAddition(body.graph, input, output), key } };
  scan.signature = signatureOf(scan.operator, scan.attributes, scan.inputs);
}

/** The body with an input added to one of its outputs. */
function withAddition({ nodes, inputs, outputs, constants }: Model, input: number, output: number): Model {
  const [added, to] = [outputs[output], inputs[input]] as [Model["outputs"][number], Model["inputs"][number]];
  const sum = { ...added, name: "sum" };
  const addition = {
    name: "sum.Add",
    operator: "Add",
    domain: "",
    inputs: [to.name, added.name],
    outputs: [sum.name],
    attributes: {},
  };
  return {
    nodes: [...nodes, addition],
    inputs,
    outputs: outputs.map((value, index) => (index === output ? sum : value)),
    constants,
  };
}
