import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { createRecording } from "../backend/recording.js";
import { createValue, sameShape, type Value } from "../graph/graph.js";
import type { TakenGraph } from "../graph/pending-graph.js";
import type { Plan } from "../graph/plan.js";
import type { ElementType } from "../onnx/encode-model.js";
import {
  assignValue,
  type HeldVariables,
  holdVariables,
  isNumeric,
  releaseVariables,
  restoreVariables,
} from "./held-variables.js";
import { JitError } from "./jit-error.js";
import { type FlatTensors, flattenResult, type NumberArray, nest } from "./nested-leaves.js";
import { describeCall, newVariable, type Trace } from "./trace.js";

/** A call that was traced. */
export interface TracedCall {
  /** What the function gave back. */
  readonly result: unknown;
  /** How to do the same again, or why that cannot be done. */
  readonly trace: Trace | string;
}

/**
 * Calls `run` on placeholders for the tensors in `given`, computes all that came of it in one run of a session, and notes how to do the same again.
 *
 * @throws JitError when `run` reads a tensor, or gives back what is no tensor; variables then hold what they held before
 * @throws what `run` throws, what it had assigned being assigned, as without jit; and the error of ONNX Runtime, no variable being changed
 */
export function traceCall(
  backend: OrtBackend,
  run: (...args: never[]) => unknown,
  given: FlatTensors<tf.Tensor | NumberArray>,
): TracedCall {
  backend.flushSync();
  for (const argument of given.leaves) checkArgument(backend, argument);
  const held = holdVariables(backend);
  const placeholders = given.leaves.map((leaf) =>
    leaf instanceof tf.Tensor && !(leaf instanceof tf.Variable)
      ? createValue(leaf.dtype as Value["type"], leaf.shape)
      : undefined,
  );
  const recording = createRecording(true);
  let outputs: FlatTensors | undefined;
  try {
    const { graph, error } = backend.recordGraph(() => {
      tf.tidy(() => {
        const leaves = given.leaves.map((leaf, index) => standIn(backend, leaf, placeholders[index]));
        const args = nest(given.structure, leaves) as readonly never[];
        outputs = copyOutputs(backend, flattenResult(run(...args)));
        copyAssigned(backend, held);
        return [...outputs.leaves];
      });
    }, recording);
    given.leaves.forEach((leaf, index) => {
      bind(backend, placeholders[index], leaf as tf.Tensor);
    });
    const plan = compute(backend, graph, () => {
      tf.dispose([...(outputs?.leaves ?? [])]);
      restoreVariables(backend, held);
    });
    const refused = recording.refused ?? (error?.thrown instanceof JitError ? error.thrown : undefined);
    if (refused) {
      tf.dispose([...(outputs?.leaves ?? [])]);
      restoreVariables(backend, held);
      const created = newVariable(held);
      throw new JitError(refused.message, { cause: refused, ...(created === undefined ? {} : { created }) });
    }
    if (error || !outputs) throw error?.thrown;
    return {
      result: nest(outputs.structure, outputs.leaves),
      trace: describeCall({ plan, roots: graph.roots, given, outputs, held, placeholders, made: recording.made }),
    };
  } finally {
    releaseVariables(backend, held);
  }
}

function checkArgument(backend: OrtBackend, argument: tf.Tensor | NumberArray): void {
  if (!(argument instanceof tf.Tensor)) return;
  if (!isNumeric(argument.dtype)) {
    throw new JitError(`jit: an argument is a tensor of ${argument.dtype}; only float32, int32 and bool can be given.`);
  }
  const { failure } = backend.value(argument.dataId);
  if (failure) throw failure;
}

/** What the function is called with in place of an argument: the placeholder, but a variable or an array itself. */
function standIn<Leaf>(backend: OrtBackend, argument: Leaf, placeholder: Value | undefined): Leaf | tf.Tensor {
  if (!placeholder) return argument;
  const info = backend.output({ value: placeholder, shape: placeholder.shape });
  return tf.engine().makeTensorFromTensorInfo(info, backend);
}

/** Gives a placeholder what the argument holds. */
function bind(backend: OrtBackend, placeholder: Value | undefined, argument: tf.Tensor): void {
  if (!placeholder) return;
  const value = backend.value(argument.dataId);
  const tensor = backend.executor.tensorOf(value);
  placeholder.tensor = sameShape(value.shape, placeholder.shape)
    ? tensor
    : new backend.runtime.Tensor(
        tensor.type as "float32",
        backend.executor.download(tensor) as Float32Array,
        placeholder.shape,
      );
}

/** The outputs, each a result of the graph: arguments, variables and tensors from outside are copied. */
function copyOutputs(backend: OrtBackend, { structure, leaves, signature }: FlatTensors): FlatTensors {
  const copies = new Map<tf.Tensor, tf.Tensor>();
  for (const tensor of leaves) {
    if (copies.has(tensor)) continue;
    if (!isNumeric(tensor.dtype)) {
      throw new JitError(
        `jit: the result has a tensor of ${tensor.dtype}; only float32, int32 and bool can be given back.`,
      );
    }
    const operand = backend.operand(tensor);
    if (operand.value.node && !(tensor instanceof tf.Variable)) {
      copies.set(tensor, tensor);
      continue;
    }
    const info = operand.value.node
      ? backend.share(tensor)
      : backend.output(backend.node("Identity", [operand], tensor.dtype as ElementType, tensor.shape));
    copies.set(tensor, tf.engine().makeTensorFromTensorInfo(info, backend));
  }
  return { structure, leaves: leaves.map((tensor) => copies.get(tensor) as tf.Tensor), signature };
}

/** Gives variables a result of the graph where they were assigned an argument or a tensor from outside. */
function copyAssigned(backend: OrtBackend, held: HeldVariables): void {
  for (const [variable, before] of held) {
    if (variable.isDisposed || variable.dataId === before) continue;
    const operand = backend.operand(variable);
    if (operand.value.node) continue;
    const { value } = backend.node("Identity", [operand], variable.dtype as ElementType, variable.shape);
    assignValue(backend, variable, value);
  }
}

/** Computes the graph. Where a value cannot be computed, calls `undo` and throws the failure. */
function compute(backend: OrtBackend, graph: TakenGraph, undo: () => void): Plan | undefined {
  const plan = backend.computeSync(graph);
  for (const { failure } of graph.roots) {
    if (!failure) continue;
    undo();
    throw failure;
  }
  return plan;
}
