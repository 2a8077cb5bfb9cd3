import { sameShape, sizeOf } from "../graph/graph.js";
import type { Model, ModelConstant, ModelNode, ModelValue } from "../onnx/encode-model.js";
import type { OnnxInputs } from "./onnx-function.js";

/** A model that was recorded with the open axes at a certain length. */
export interface Recording {
  readonly length: number;
  readonly model: Model;
}

/**
 * One model for every length of the axes called `name`, from two that were recorded at different lengths. Where numbers in shapes differ between
 * the two, they follow from the length, and nodes are added that compute them from the length that the inputs have.
 *
 * @throws Error naming the node when the two differ in another way
 */
export function openAxis(name: string, first: Recording, second: Recording, inputs: OnnxInputs): Model {
  const nodes: ModelNode[] = [lengthNode(name, inputs)];
  const constants: ModelConstant[] = [];
  checkSameNodes(name, first.model.nodes, second.model.nodes);

  /** What a number is multiplied with the length, and what is added to it. */
  const follow = (a: number, b: number) => {
    const factor = (b - a) / (second.length - first.length);
    return { factor, offset: a - factor * first.length };
  };
  const compute = (output: string, a: ArrayLike<number>, b: ArrayLike<number>) => {
    const parts = Array.from(a, (number, index) => follow(number, b[index] as number));
    const add = (suffix: string, values: readonly number[]) => {
      constants.push({ name: output + suffix, type: "int64", shape: [values.length], values });
      return output + suffix;
    };
    const factors = add(
      ".factor",
      parts.map(({ factor }) => factor),
    );
    const offsets = add(
      ".offset",
      parts.map(({ offset }) => offset),
    );
    nodes.push(modelNode("Mul", ["l0", factors], `${output}.product`));
    nodes.push(modelNode("Add", [`${output}.product`, offsets], output));
  };

  const others = new Map(second.model.constants.map((constant) => [constant.name, constant]));
  for (const constant of first.model.constants) {
    const other = others.get(constant.name);
    if (other && sameShape(constant.shape, other.shape) && sameNumbers(constant.values, other.values)) {
      constants.push(constant);
    } else if (
      other &&
      constant.type === "int64" &&
      constant.shape.length === 1 &&
      sameShape(constant.shape, other.shape)
    ) {
      compute(constant.name, constant.values, other.values);
    } else {
      const once = other && repeatedOnce(constant, other);
      if (!once)
        throw dependsError(
          name,
          first.model.nodes.find(({ inputs }) => inputs.includes(constant.name)),
        );
      constants.push(once);
      compute(`${constant.name}.shape`, constant.shape, other.shape);
      nodes.push(modelNode("Expand", [once.name, `${constant.name}.shape`], constant.name));
    }
  }

  const lengths = ({ shape }: ModelValue, other: ModelValue) =>
    shape.map((a, axis) => {
      const { factor, offset } = follow(a as number, other.shape[axis] as number);
      if (factor === 0) return a;
      return [factor === 1 ? name : `${factor}*${name}`, ...(offset === 0 ? [] : [offset])].join("+");
    });
  return {
    nodes: [...nodes, ...first.model.nodes],
    inputs: first.model.inputs.map((input) => ({ ...input, shape: inputs[input.name]?.shape ?? input.shape })),
    outputs: first.model.outputs.map((output, index) => ({
      ...output,
      shape: lengths(output, second.model.outputs[index] as ModelValue),
    })),
    constants,
  };
}

/** The node that finds the open length in the first input that has it. */
function lengthNode(name: string, inputs: OnnxInputs): ModelNode {
  const [input, { shape }] = Object.entries(inputs).find(([, { shape }]) => shape.includes(name)) as [
    string,
    OnnxInputs[string],
  ];
  const axis = shape.indexOf(name);
  return modelNode("Shape", [input], "l0", { start: axis, end: axis + 1 });
}

function modelNode(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: ModelNode["attributes"] = {},
): ModelNode {
  return { name: `${output}.${operator}`, operator, domain: "", inputs, outputs: [output], attributes };
}

function checkSameNodes(name: string, first: readonly ModelNode[], second: readonly ModelNode[]): void {
  first.forEach((node, index) => {
    if (JSON.stringify(node) !== JSON.stringify(second[index])) throw dependsError(name, node);
  });
  if (second.length > first.length) throw dependsError(name, second[first.length]);
}

function dependsError(name: string, node: ModelNode | undefined): Error {
  return new Error(
    `toOnnx: the function depends on the length of "${name}" in a way that a model cannot, at its operator ${node?.operator ?? "(unknown)"}. ` +
      "Give that axis a fixed length, or make what depends on it an input.",
  );
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let index = 0; index < a.length; index++) if (!Object.is(a[index], b[index])) return false;
  return true;
}

/** What both constants repeat along the one axis in which their lengths differ. */
function repeatedOnce(first: ModelConstant, second: ModelConstant): ModelConstant | undefined {
  const different = [...first.shape.keys()].filter((axis) => first.shape[axis] !== second.shape[axis]);
  const [axis] = different;
  if (axis === undefined || different.length > 1 || first.shape.length !== second.shape.length) return undefined;
  const inner = sizeOf(first.shape.slice(axis + 1));
  const shape = first.shape.map((length, index) => (index === axis ? 1 : length));
  const values = Float64Array.from({ length: sizeOf(shape) }, (_, index) => {
    const outer = Math.floor(index / inner);
    return first.values[outer * inner * (first.shape[axis] as number) + (index % inner)] as number;
  });
  for (const { values: all, shape: full } of [first, second]) {
    const block = inner * (full[axis] as number);
    for (let index = 0; index < all.length; index++) {
      if (!Object.is(all[index], values[Math.floor(index / block) * inner + (index % inner)])) return undefined;
    }
  }
  return { name: `${first.name}.once`, type: first.type, shape, values };
}
