import type { ModelNode } from "../onnx/encode-model.js";

/**
 * The nodes that ONNX Runtime's WebGPU provider takes and then refuses or computes wrongly, as the kernel tests of this package have shown with version 1.30:
 * transposed convolutions in three dimensions or in groups, and the positions of a pooling's maxima. They are left to the CPU.
 */
export function nodesForCpu(nodes: readonly ModelNode[]): readonly ModelNode[] {
  return nodes.filter(({ operator, attributes, outputs }) => {
    if (operator === "MaxPool") return outputs.length > 1;
    if (operator !== "ConvTranspose") return false;
    const { group = 1, kernel_shape: kernel = [] } = attributes;
    return group !== 1 || (kernel as readonly number[]).length > 2;
  });
}
