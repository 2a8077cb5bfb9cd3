import * as tf from "@tensorflow/tfjs-core";

/**
 * Runs a kernel that does at once what otherwise takes several operations, where the current backend has it (the backend "ort" of
 * `@tesserae/tfjs-backend-ort` has those that are used here). Such kernels have no gradient, so call this inside `withGradient` only.
 *
 * @returns the kernel's results, or undefined where the backend does not have it.
 */
export function fusedKernel(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: Readonly<Record<string, number>> = {},
): tf.Tensor[] | undefined {
  if (!tf.getKernel(name, tf.getBackend())) return undefined;
  return tf.engine().runKernel(name, { ...inputs }, { ...attributes }) as unknown as tf.Tensor[];
}
