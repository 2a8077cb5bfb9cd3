import * as tf from "@tensorflow/tfjs-core";
import type { HostValues } from "../graph/graph.js";

/** A copy of `given` as the array that tensors of `dtype` have; kernels run later than they are called, so a caller may change its array in between. */
export function copyValues(given: tf.BackendValues, dtype: tf.DataType): HostValues {
  const values = given as Exclude<tf.BackendValues, Uint8ClampedArray> | number[];
  if (dtype === "string") return (values as Uint8Array[]).slice();
  if (dtype === "float32")
    return values instanceof Float32Array ? values.slice() : Float32Array.from(values as number[]);
  if (dtype === "int32") return values instanceof Int32Array ? values.slice() : Int32Array.from(values as number[]);
  return values instanceof Uint8Array ? values.slice() : Uint8Array.from(values as number[]);
}

/** Real and imaginary parts in turns, as tfjs-core reads complex tensors. */
export function mergeComplex(real: HostValues, imag: HostValues): Float32Array {
  return tf.backend_util.mergeRealAndImagArrays(real as Float32Array, imag as Float32Array);
}
