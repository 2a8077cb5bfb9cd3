import type * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import type { Operand } from "../graph/graph.js";
import { type ElementType, elementTypeNumber } from "../onnx/encode-model.js";

/** What a kernel hands back; `undefined` when these arguments have no ONNX mapping and the CPU kernel has to run. */
export type KernelResult = tf.TensorInfo | tf.TensorInfo[] | undefined;

/** The ONNX mapping of one tfjs-core kernel. It must decide whether it can map its arguments before it appends nodes. */
export type Kernel = (backend: OrtBackend, inputs: object, attributes: object) => KernelResult;

/** Mappings by the name of the tfjs-core kernel. */
export type KernelTable = Readonly<Record<string, Kernel>>;

/** tfjs-core declares every input as possibly missing; those of a kernel's signature are there. */
type Present<Inputs> = { [Name in keyof Inputs]: NonNullable<Inputs[Name]> };

/** A mapping with the types of its kernel's inputs and attributes. */
export function kernel<Inputs extends object, Attributes extends object = object>(
  map: (backend: OrtBackend, inputs: Present<Inputs>, attributes: Attributes) => KernelResult,
): Kernel {
  return map as Kernel;
}

/** True for the element types that a graph can hold. */
export function mappable({ dtype }: tf.TensorInfo): boolean {
  return dtype === "float32" || dtype === "int32" || dtype === "bool";
}

/** A tensor over `operand`, which is either new or the buffer of `source`. */
export function tensorOf(backend: OrtBackend, operand: Operand, source: tf.TensorInfo): tf.TensorInfo {
  return operand.value === backend.value(source.dataId)
    ? backend.share(source, operand.shape)
    : backend.output(operand);
}

/** Element type of an operand. */
export function typeOf({ value }: Operand): ElementType {
  return value.type as ElementType;
}

/** `x` as `type`: itself, or a Cast node. */
export function cast(backend: OrtBackend, x: Operand, type: ElementType): Operand {
  if (typeOf(x) === type) return x;
  return backend.node("Cast", [x], type, x.shape, { attributes: { to: elementTypeNumber(type) } });
}

/** `x` under another shape of the same size; costs nothing. */
export function reshape({ value }: Operand, shape: readonly number[]): Operand {
  return { value, shape };
}

/** `x` with its axes in the order `perm`; costs nothing where only axes of length 1 move. */
export function transpose(backend: OrtBackend, x: Operand, perm: readonly number[]): Operand {
  const shape = perm.map((axis) => x.shape[axis] as number);
  const moved = perm.filter((axis) => x.shape[axis] !== 1);
  const inOrder = moved.every((axis, index) => index === 0 || (moved[index - 1] as number) < axis);
  return inOrder ? reshape(x, shape) : backend.node("Transpose", [x], typeOf(x), shape, { attributes: { perm } });
}
