import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { createValue, type Value } from "../graph/graph.js";
import { createPlan, toModel } from "../graph/plan.js";
import { withStandardOperators } from "../graph/standard-operators.js";
import {
  type ElementType,
  elementTypeNumber,
  type Model,
  type ModelConstant,
  type ModelValue,
} from "../onnx/encode-model.js";
import type { OnnxFunction, OnnxInputs } from "./onnx-function.js";

/** The ONNX model of what `run` does, its open axes at `length`. */
export function recordModel(backend: OrtBackend, run: OnnxFunction, inputs: OnnxInputs, length: number): Model {
  const given = new Map<Value, ModelValue>();
  const results = new Map<Value, string>();
  const nodes = backend.record(() =>
    tf.tidy(() => {
      const tensors: Record<string, tf.Tensor> = {};
      for (const [name, { shape, dtype = "float32" }] of Object.entries(inputs)) {
        const lengths = shape.map((size) => (typeof size === "string" ? length : size));
        const value = createValue(dtype, lengths);
        given.set(value, { name, type: dtype, shape: lengths });
        // A node of its own, so that an input that is used under several shapes is still one input.
        const operand = { value, shape: lengths };
        const node =
          dtype === "int64"
            ? backend.node("Cast", [operand], "int32", lengths, { attributes: { to: elementTypeNumber("int32") } })
            : backend.node("Identity", [operand], dtype, lengths);
        const info = backend.output(node);
        tensors[name] = tf.engine().makeTensorFromTensorInfo(info);
      }
      for (const [name, { dataId, shape, dtype }] of Object.entries(run(tensors))) {
        // A node of its own, so that the result has the tensor's shape, and is one even where `run` hands back an input or a weight.
        const operand = backend.operand({ dataId, shape, dtype });
        results.set(backend.node("Identity", [operand], dtype as ElementType, shape).value, name);
      }
    }),
  );
  checkNames([...Object.keys(inputs), ...results.values()]);
  const plan = createPlan(withStandardOperators(nodes), new Set(results.keys()));
  const names = new Map<string, string>();
  const weights: ModelConstant[] = [];
  for (const { name, value, shape } of plan.feeds) {
    const input = given.get(value);
    if (input) names.set(name, input.name);
    else weights.push({ name, type: value.type as ElementType, shape, values: hostNumbers(backend, value) });
  }
  for (const { name, value } of plan.results) names.set(name, results.get(value) as string);
  const named = (name: string) => names.get(name) ?? name;
  const { nodes: modelNodes, outputs, constants } = toModel(plan);
  return {
    nodes: modelNodes.map((node) => ({ ...node, inputs: node.inputs.map(named), outputs: node.outputs.map(named) })),
    inputs: [...given.values()],
    outputs: outputs.map((output) => ({ ...output, name: named(output.name) })),
    constants: [...constants, ...weights],
  };
}

function hostNumbers(backend: OrtBackend, value: Value): ArrayLike<number> {
  return backend.hostValues(value, "toOnnx") as Float32Array | Int32Array | Uint8Array;
}

function checkNames(names: readonly string[]): void {
  const wrong = names.find((name, index) => name === "" || /^[clt]\d+/.test(name) || names.indexOf(name) !== index);
  if (wrong === undefined) return;
  throw new Error(
    `toOnnx: inputs and outputs need names of their own that are not empty and do not begin with c, l or t and a number; "${wrong}" is not one.`,
  );
}
