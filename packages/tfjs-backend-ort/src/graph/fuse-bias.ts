import { countUses } from "./count-uses.js";
import { type GraphNode, type Input, isConstant, type Operand, signatureOf, type Value } from "./graph.js";

/** Makes one Gemm of each product of two matrices and the vector that is added to all its rows, where nothing else uses the product. */
export function fuseBias(nodes: readonly GraphNode[]): void {
  const additions: { node: GraphNode; product: Value; bias: Operand }[] = [];
  for (const node of nodes) {
    if (node.operator !== "Add") continue;
    const [a, b] = node.inputs;
    if (isMatrixProduct(a) && isVector(b)) additions.push({ node, product: a.value, bias: b });
    else if (isMatrixProduct(b) && isVector(a)) additions.push({ node, product: b.value, bias: a });
  }
  if (additions.length === 0) return;
  const uses = countUses(
    nodes,
    additions.map(({ product }) => product),
  );
  for (const { node, product, bias } of additions) {
    if (!product.node || uses.get(product) !== 1 || product.references + product.readers > 0) continue;
    const { transA = 0, transB = 0 } = product.node.attributes;
    node.inputs = [...product.node.inputs, bias];
    node.operator = "Gemm";
    node.attributes = { transA, transB };
    node.signature = signatureOf(node.operator, node.attributes, node.inputs);
  }
}

function isMatrixProduct(input: Input): input is Operand {
  if (input === undefined || isConstant(input)) return false;
  const { node, shape } = input.value;
  const isProduct = node?.operator === "MatMul" || node?.operator === "FusedMatMul";
  return isProduct && shape.length === 2 && input.shape.length === 2 && node.inputs.every((x) => x?.shape.length === 2);
}

function isVector(input: Input): input is Operand {
  return input !== undefined && !isConstant(input) && input.shape.length === 1 && input.value.type === "float32";
}
