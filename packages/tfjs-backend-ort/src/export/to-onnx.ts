import { encodeModel } from "../onnx/encode-model.js";
import { currentBackend } from "../registration/current-backend.js";
import type { OnnxFunction, OnnxInputs } from "./onnx-function.js";
import { openAxis } from "./open-axis.js";
import { recordModel } from "./record-model.js";

/** Two lengths for an open axis, unlikely to be the length of anything else, so that what follows from them can be told. */
const openLengths = [1009, 1013] as const;

/**
 * Keeps a function of tensors as an ONNX model of operator set 18, with standard operators only. The function is called on inputs without values,
 * once, or twice where an axis is open; the nodes that its kernels append are the model. Every other tensor that it uses, such as a variable, becomes an
 * initializer with the values it has now.
 *
 * @param run Must not read tensors, assign variables, or use kernels that have no ONNX mapping. Where an axis is open, its length may go into
 *   shapes, as a multiple or with something added, and into tensors that repeat one value along it, but not into other values.
 * @param inputs Types and shapes of the model's inputs. At most one name may be used for open axes, in one or more of the inputs.
 * @returns The bytes of an `.onnx` file.
 * @throws Error when the ort backend is not in use, when `run` does what it must not (naming the kernel), when something depends on the length of an open
 *   axis in another way (naming the node), when a name is used twice; and what `run` throws
 *
 * @example
 * const bytes = await toOnnx(({ x }) => ({ y: tf.matMul(x, weights) }), { x: { shape: ["batch", 4] } });
 */
export async function toOnnx(run: OnnxFunction, inputs: OnnxInputs): Promise<Uint8Array> {
  const backend = currentBackend();
  const names = new Set(Object.values(inputs).flatMap(({ shape }) => shape.filter((size) => typeof size === "string")));
  if (names.size > 1) {
    throw new Error(`toOnnx: open axes can have only one name, but these have ${[...names].join(", ")}.`);
  }
  await backend.flush();
  const record = (length: number) => ({ length, model: recordModel(backend, run, inputs, length) });
  const [name] = names;
  if (name === undefined) return encodeModel(record(0).model);
  return encodeModel(openAxis(name, record(openLengths[0]), record(openLengths[1]), inputs));
}
