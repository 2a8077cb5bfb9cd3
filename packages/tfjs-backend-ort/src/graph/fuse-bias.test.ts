import { describe, expect, it } from "vitest";
import { fuseBias } from "./fuse-bias.js";
import { createValue, type Operand } from "./graph.js";
import { createPendingGraph } from "./pending-graph.js";

/** A graph of `x weightᵀ + bias` and the nodes that `more` adds, after fusing. */
function fused(biasShape: number[], more: (product: Operand, add: (inputs: Operand[]) => void) => void = () => {}) {
  const given = (shape: number[]): Operand => ({ value: createValue("float32", shape), shape });
  const graph = createPendingGraph();
  const product = graph.add("FusedMatMul", [given([4, 3]), given([2, 3])], [{ type: "float32", shape: [4, 2] }], {
    attributes: { transB: 1 },
    domain: "com.microsoft",
  })[0] as Operand;
  const add = (inputs: Operand[]) => void graph.add("Add", inputs, [{ type: "float32", shape: [4, 2] }], undefined);
  add([product, given(biasShape)]);
  more(product, add);
  const { nodes } = graph.take();
  fuseBias(nodes); // a second time changes nothing
  return nodes.map(({ operator, attributes, inputs }) => ({ operator, attributes, inputs: inputs.length }));
}

describe("fuseBias", () => {
  it("makes one Gemm of a product and the addition of a vector", () => {
    expect(fused([2])[1]).toEqual({ operator: "Gemm", attributes: { transA: 0, transB: 1 }, inputs: 3 });
  });

  it("leaves the addition of a matrix, and a product that something else uses", () => {
    expect(fused([4, 2])[1]?.operator).toBe("Add");
    const shared = fused([2], (product, add) => add([product, product]));
    expect(shared[1]?.operator).toBe("Add");
    const held = fused([2], ({ value }) => {
      value.references = 1;
    });
    expect(held[1]?.operator).toBe("Add");
  });
});
