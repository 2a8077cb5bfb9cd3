import type * as tf from "@tensorflow/tfjs-core";

/** Tensors by name: parameters, their gradients, or what is to be added to them. */
export type Parameters = Readonly<Record<string, tf.Tensor>>;
