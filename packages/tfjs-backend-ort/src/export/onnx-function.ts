import type * as tf from "@tensorflow/tfjs-core";

/** An input of a function that is kept as an ONNX model. */
export interface OnnxInput {
  /** Lengths of the axes; a name such as "batch" stands for a length that the model leaves open. */
  readonly shape: readonly (number | string)[];
  /** Default "float32". An "int64" input, which ids of tokens usually are, is an int32 tensor in the function. */
  readonly dtype?: "float32" | "int32" | "int64" | "bool";
}

/** Inputs of a function that is kept as an ONNX model, by name. */
export type OnnxInputs = Readonly<Record<string, OnnxInput>>;

/** A function that can be kept as an ONNX model: named tensors in, named tensors out. */
export type OnnxFunction = (inputs: Readonly<Record<string, tf.Tensor>>) => Readonly<Record<string, tf.Tensor>>;
