import * as tf from "@tensorflow/tfjs-core";
import type * as Ort from "onnxruntime-common";
import type { OrtBackend } from "../backend/ort-backend.js";
import { createValue, sameShape, type Value } from "../graph/graph.js";
import { assignValue } from "./held-variables.js";
import { type NumberArray, nest } from "./nested-leaves.js";
import { hostCopy, type Target, type Trace } from "./trace.js";

/**
 * Does again what a traced call has done, on other arguments and on what the variables hold now.
 *
 * @returns what the function would give back, or `undefined` where the session has been let go and the function has to be traced anew
 * @throws Error when a variable has been disposed, an argument has failed, or ONNX Runtime fails; no variable is changed then
 */
export function replayCall(
  backend: OrtBackend,
  trace: Trace,
  args: readonly (tf.Tensor | NumberArray)[],
): { readonly result: unknown } | undefined {
  backend.flushSync();
  const values = trace.feeds.map((source): Value => {
    if (source.kind === "constant") return source.value;
    if (source.kind === "argument") return computed(backend, args[source.index] as tf.Tensor);
    if (source.kind === "array") return arrayValue(source.type, source.shape, args[source.index] as NumberArray);
    if (source.variable.isDisposed) throw new Error(`jit: the variable ${source.variable.name} has been disposed.`);
    return computed(backend, source.variable);
  });
  const results = trace.program ? backend.executor.rerunSync(trace.program, values) : [];
  if (!results) return undefined;
  const outputs: tf.Tensor[] = new Array(trace.outputs.length);
  for (const target of trace.targets) deliver(backend, trace, target, results, outputs);
  return { result: nest(trace.structure, outputs) };
}

function computed(backend: OrtBackend, { dataId }: tf.Tensor): Value {
  const value = backend.value(dataId);
  if (value.failure) throw value.failure;
  return value;
}

/** A value over an array, which the session reads before the call ends. */
function arrayValue(type: Value["type"], shape: readonly number[], array: NumberArray): Value {
  const value = createValue(type, shape);
  value.host = array;
  return value;
}

/** Gives one result to the variables and outputs that get it. */
function deliver(
  backend: OrtBackend,
  { outputs: specs }: Trace,
  { source, variables, outputs: positions }: Target,
  results: readonly Ort.Tensor[],
  outputs: tf.Tensor[],
): void {
  const [only] = variables;
  if (typeof source === "number" && only && variables.length === 1 && positions.length === 0) {
    const value = backend.value(only.dataId);
    const result = results[source] as Ort.Tensor;
    // The buffer is the variable's alone, so it can go on with other values, as if it had been assigned.
    if (value.references === 1 && value.readers === 0 && sameShape(value.shape, result.dims)) {
      overwrite(backend, value, result);
      return;
    }
  }
  const value = typeof source === "number" ? resultValue(results[source] as Ort.Tensor) : hostCopy(source);
  for (const position of positions) {
    const { shape } = specs[position] as Trace["outputs"][number];
    outputs[position] = tf.engine().makeTensorFromTensorInfo(backend.output({ value, shape }), backend);
  }
  for (const variable of variables) assignValue(backend, variable, value);
}

/** Gives a buffer a result in place of what it holds, whose memory is used again. */
function overwrite(backend: OrtBackend, value: Value, result: Ort.Tensor): void {
  backend.executor.recycle(value, true);
  value.tensor = result;
  value.host = undefined;
  value.failure = undefined;
  value.recyclable = true;
}

function resultValue(tensor: Ort.Tensor): Value {
  const value = createValue(tensor.type as Value["type"], tensor.dims);
  value.tensor = tensor;
  value.recyclable = true;
  return value;
}
