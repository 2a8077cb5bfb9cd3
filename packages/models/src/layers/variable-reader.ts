import type * as tf from "@tensorflow/tfjs-core";

/** Reads one variable by name. */
export type VariableReader = (name: string) => tf.Tensor;

/** A reader that puts `prefix` and a dot before every name. */
export function scope(read: VariableReader, prefix: string): VariableReader {
  return (name) => read(`${prefix}.${name}`);
}
