import { createValue, type GraphNode, type Input, type Operand, signatureOf } from "./graph.js";

/** The same graph without operators that only ONNX Runtime has: each is replaced by operators of the ONNX standard. */
export function withStandardOperators(nodes: readonly GraphNode[]): readonly GraphNode[] {
  return nodes.flatMap((node) => (node.operator === "FusedMatMul" ? matMulNodes(node) : [node]));
}

/** A product of transposed matrices as transpositions and a product. */
function matMulNodes(node: GraphNode): GraphNode[] {
  const made: GraphNode[] = [];
  const turned = (input: Input, transposes: unknown): Input => {
    if (transposes !== 1) return input;
    const { value, shape } = input as Operand;
    const rank = shape.length;
    const perm = [...shape.keys()];
    [perm[rank - 2], perm[rank - 1]] = [rank - 1, rank - 2];
    const output = createValue(
      value.type,
      perm.map((axis) => shape[axis] as number),
    );
    output.node = graphNode("Transpose", { perm }, [input], [output]);
    made.push(output.node);
    return { value: output, shape: output.shape };
  };
  const { transA, transB } = node.attributes;
  const inputs = [turned(node.inputs[0], transA), turned(node.inputs[1], transB)];
  const product = graphNode("MatMul", {}, inputs, node.outputs);
  for (const output of node.outputs) output.node = product;
  return [...made, product];
}

function graphNode(
  operator: string,
  attributes: GraphNode["attributes"],
  inputs: readonly Input[],
  outputs: GraphNode["outputs"],
): GraphNode {
  const signature = signatureOf(operator, attributes, inputs);
  return { operator, domain: "", attributes, inputs, outputs, signature, needed: false };
}
