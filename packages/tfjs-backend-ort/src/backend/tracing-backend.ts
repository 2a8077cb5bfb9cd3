import * as tf from "@tensorflow/tfjs-core";
import { constant, createValue, type HostValues, type Input, type Operand, type Value } from "../graph/graph.js";
import { createPendingGraph, type NodeOptions, type OutputSpec } from "../graph/pending-graph.js";
import type { ElementType } from "../onnx/encode-model.js";

/** The part of the backend that kernels see: it appends nodes to a graph and hands their outputs to tfjs-core as tensors. */
export abstract class TracingBackend extends tf.KernelBackend {
  protected readonly values = new tf.DataStorage<Value>(this, tf.engine());
  protected pending = createPendingGraph();

  /** The buffer of a tensor under the tensor's shape. */
  operand({ dataId, shape }: tf.TensorInfo): Operand {
    return { value: this.value(dataId), shape };
  }

  /** The buffer of a tensor. */
  value(dataId: tf.DataId): Value {
    return this.values.get(dataId);
  }

  /** Appends a node with one output. */
  node(
    operator: string,
    inputs: readonly Input[],
    type: ElementType,
    shape: readonly number[],
    options?: NodeOptions,
  ): Operand {
    return this.nodes(operator, inputs, [{ type, shape }], options)[0] as Operand;
  }

  /** Appends a node with any number of outputs. */
  nodes(operator: string, inputs: readonly Input[], outputs: readonly OutputSpec[], options?: NodeOptions): Operand[] {
    return this.pending.add(operator, inputs, outputs, options);
  }

  /** `x` repeated to `shape`. */
  expand(x: Operand, shape: readonly number[]): Operand {
    const operand = this.node("Expand", [x, constant("int64", shape)], x.value.type as ElementType, shape);
    operand.value.repeated = x;
    return operand;
  }

  /** Values that are fed and so may change from run to run without a new session. */
  fed(values: HostValues, type: "float32" | "int32" | "bool", shape: readonly number[]): Operand {
    const value = createValue(type, shape);
    value.host = values;
    return { value, shape };
  }

  /** A number that is fed and so may change from run to run without a new session. */
  scalar(number: number, type: "float32" | "int32" | "bool" = "float32"): Operand {
    return this.fed(tf.util.toTypedArray([number], type) as HostValues, type, []);
  }

  /** Hands a traced value to tfjs-core as a tensor. */
  output({ value, shape }: Operand): tf.TensorInfo {
    value.references++;
    if (value.references === 1) this.values.set(value, value);
    return { dataId: value, shape: shape as number[], dtype: value.type as tf.DataType };
  }

  /** A second tensor over the buffer of `info`, under `shape`. */
  share(info: tf.TensorInfo, shape: readonly number[] = info.shape): tf.TensorInfo {
    this.value(info.dataId).references++;
    return { dataId: info.dataId, shape: shape as number[], dtype: info.dtype };
  }

  /** A complex tensor of two halves; each half is held until the complex tensor is disposed. */
  complex(real: tf.TensorInfo, imag: tf.TensorInfo): tf.TensorInfo {
    const value = createValue("complex64", real.shape);
    value.parts = { real: this.value(real.dataId), imag: this.value(imag.dataId) };
    for (const part of [value.parts.real, value.parts.imag]) this.output({ value: part, shape: part.shape });
    return this.output({ value, shape: value.shape });
  }
}
