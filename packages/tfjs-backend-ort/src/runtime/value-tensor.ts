import type * as Ort from "onnxruntime-common";
import type { Value } from "../graph/graph.js";
import type { Runtime } from "./runtime.js";

/** The tensor of ONNX Runtime over a value that has been computed or lies on the host. */
export function tensorOf(runtime: Runtime, value: Value): Ort.Tensor {
  if (!value.tensor) {
    if (!value.host) throw new Error("The ort backend has lost the values of a tensor that is still in use.");
    value.tensor = createTensor(runtime, value.type, value.host, value.shape);
  }
  return value.tensor;
}

/** A tensor over values of the host. */
export function createTensor({ Tensor }: Runtime, type: string, values: unknown, shape: readonly number[]): Ort.Tensor {
  return new Tensor(type as "float32", values as Float32Array, shape);
}
