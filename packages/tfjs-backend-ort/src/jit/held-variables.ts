import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { createValue, type Value } from "../graph/graph.js";

/** What each variable held before a function was traced. */
export type HeldVariables = ReadonlyMap<tf.Variable, Value>;

/** Every variable of numbers with its buffer, which no other tensor has and which is kept until {@link releaseVariables}. */
export function holdVariables(backend: OrtBackend): HeldVariables {
  const held = new Map<tf.Variable, Value>();
  const variables = tf.engine().registeredVariables;
  for (const name in variables) {
    const variable = variables[name] as tf.Variable;
    if (variable.isDisposed || !isNumeric(variable.dtype)) continue;
    const value = ownBuffer(backend, variable);
    hide(backend, value);
    value.readers++;
    held.set(variable, value);
  }
  return held;
}

/** Ends what {@link holdVariables} began. */
export function releaseVariables(backend: OrtBackend, held: HeldVariables): void {
  for (const value of held.values()) releaseHeld(backend, value);
}

/** Gives variables back what they held. */
export function restoreVariables(backend: OrtBackend, held: HeldVariables): void {
  for (const [variable, value] of held) {
    if (!variable.isDisposed && variable.dataId !== value) assignValue(backend, variable, value);
  }
}

/** Gives a variable a buffer that no tensor has. */
export function assignValue(backend: OrtBackend, variable: tf.Variable, value: Value): void {
  const tensor = tf.engine().makeTensorFromTensorInfo(backend.output({ value, shape: variable.shape }), backend);
  variable.assign(tensor);
  tensor.dispose();
}

/** Lets go of memory that was held by {@link Value.readers}, which is used again where no tensor has it any more. */
export function releaseHeld(backend: OrtBackend, value: Value): void {
  value.readers--;
  if (value.readers + value.references === 0) backend.executor.recycle(value, backend.pendingNodes === 0);
}

/** Takes the values of a buffer from the host to a tensor, where what is recorded does not see them. */
function hide(backend: OrtBackend, value: Value): void {
  if (value.host === undefined) return;
  value.tensor = backend.executor.tensorOf(value);
  value.host = undefined;
}

/** True for the types that a session computes. */
export function isNumeric(dtype: tf.DataType): boolean {
  return dtype === "float32" || dtype === "int32" || dtype === "bool";
}

/** The buffer of a variable; where another tensor has it too, the variable gets one of its own, so that a buffer tells whose it is. */
function ownBuffer(backend: OrtBackend, variable: tf.Variable): Value {
  const shared = backend.value(variable.dataId);
  if (shared.failure) throw shared.failure;
  // A variable that came from another backend has a buffer under a name of its own.
  if (shared.references === 1 && variable.dataId === shared) return shared;
  const own = createValue(shared.type, shared.shape);
  own.tensor = backend.executor.tensorOf(shared);
  shared.recyclable = false;
  assignValue(backend, variable, own);
  return own;
}
