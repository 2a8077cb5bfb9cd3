import { type GraphNode, isConstant, type Operand, signatureOf, type Value } from "./graph.js";

/** Makes one Gemm of each product of two matrices and the vector that is added to all its rows, where nothing else uses the product. */
export function fuseBias(nodes: readonly GraphNode[]): void {
  const candidates = nodes.filter(({ operator, inputs: [a, b] }) => {
    return operator === "Add" && ((isMatrixProduct(a) && isVector(b)) || (isMatrixProduct(b) && isVector(a)));
  });
  if (candidates.length === 0) return;
  const uses = countUses(nodes);
  for (const node of candidates) {
    const [a, b] = node.inputs as readonly [Operand, Operand];
    const [product, bias] = isMatrixProduct(a) ? [a, b] : [b, a];
    const { value } = product;
    if (!value.node || uses.get(value) !== 1 || value.references + value.readers > 0) continue;
    const { transA = 0, transB = 0 } = value.node.attributes;
    node.inputs = [...value.node.inputs, bias];
    node.operator = "Gemm";
    node.attributes = { transA, transB };
    node.signature = signatureOf(node.operator, node.attributes, node.inputs);
  }
}

function isMatrixProduct(input: GraphNode["inputs"][number]): boolean {
  if (input === undefined || isConstant(input)) return false;
  const { node, shape } = input.value;
  const isProduct = node?.operator === "MatMul" || node?.operator === "FusedMatMul";
  return isProduct && shape.length === 2 && input.shape.length === 2 && node.inputs.every((x) => x?.shape.length === 2);
}

function isVector(input: GraphNode["inputs"][number]): boolean {
  return input !== undefined && !isConstant(input) && input.shape.length === 1 && input.value.type === "float32";
}

function countUses(nodes: readonly GraphNode[]): ReadonlyMap<Value, number> {
  const uses = new Map<Value, number>();
  for (const { inputs } of nodes) {
    for (const input of inputs) {
      if (input !== undefined && !isConstant(input)) uses.set(input.value, (uses.get(input.value) ?? 0) + 1);
    }
  }
  return uses;
}
