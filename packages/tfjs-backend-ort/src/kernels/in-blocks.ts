import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand, sizeOf } from "../graph/graph.js";
import type { Model, ModelConstant, ModelNode } from "../onnx/encode-model.js";

/** Appends one element-wise float32 operator; numbers are constants. */
export type ElementwiseOperator<T> = (operator: string, ...inputs: (T | number)[]) => T;

/** Element-wise float32 operators from tensors of one shape, and from numbers that are fed, to tensors of that shape. */
export type Elementwise = <T>(operator: ElementwiseOperator<T>, tensors: readonly T[], numbers: readonly T[]) => T[];

/** Elements from which on it pays to go by blocks, and the sizes that a block may have. */
const manyElements = 1 << 18;
const [smallestBlock, largestBlock] = [1 << 13, 1 << 16];

/**
 * Computes `body` on large tensors block by block, by ONNX's `Scan`, so that what is between its operators stays in the processor's cache: a dozen operators on
 * the 151 million weights of ViT-B/32 take two thirds of the time. The results are the same bytes. Small tensors, those that cannot be cut, models that are kept and GPUs get
 * the operators as they are.
 *
 * @param name of `body`, by which it is known; the same for the same operators
 */
export function inBlocks(
  backend: OrtBackend,
  name: string,
  tensors: readonly Operand[],
  numbers: readonly Operand[],
  body: Elementwise,
): Operand[] {
  const [{ shape }] = tensors as readonly [Operand];
  const size = sizeOf(shape);
  const block = backend.runtime.onGpu || backend.exporting ? undefined : blockOf(size);
  if (block === undefined) {
    const operator: ElementwiseOperator<Operand> = (operator, ...inputs) =>
      backend.node(
        operator,
        inputs.map((input) => (typeof input === "number" ? constant("float32", [input], []) : input)),
        "float32",
        shape,
      );
    return body(operator, tensors, numbers);
  }
  const graph = scanned(name, block, tensors.length, numbers.length, body);
  const blocks = [size / block, block];
  const inputs = [
    ...numbers.map(({ value }) => ({ value, shape: [] })),
    ...tensors.map(({ value }) => ({ value, shape: blocks })),
  ];
  const results = backend.nodes(
    "Scan",
    inputs,
    graph.model.outputs.map((_, index) => ({ type: "float32", shape: index < numbers.length ? [] : blocks })),
    { attributes: { body: { graph: graph.model, key: graph.key }, num_scan_inputs: tensors.length } },
  );
  return results.slice(numbers.length).map(({ value }) => ({ value, shape }));
}

const blocks = new Map<number, number | undefined>();

/** The largest block that tensors of `size` elements can be cut into. */
function blockOf(size: number): number | undefined {
  if (size < manyElements) return undefined;
  if (!blocks.has(size)) {
    let block = largestBlock;
    // Whole vectors of the processor, so that no element is computed by other instructions than without blocks.
    while (block >= smallestBlock && (size % block !== 0 || block % 64 !== 0)) block -= 1;
    blocks.set(size, block >= smallestBlock ? block : undefined);
  }
  return blocks.get(size);
}

const bodies = new Map<string, { readonly key: string; readonly model: Model }>();

/** The graph that `Scan` runs for each block: the numbers are handed on, as what it calls its state. */
function scanned(name: string, block: number, tensors: number, numbers: number, body: Elementwise) {
  const key = `${name}${block}`;
  const known = bodies.get(key);
  if (known) return known;
  const nodes: ModelNode[] = [];
  const constants = new Map<number, ModelConstant>();
  const add = (operator: string, inputs: readonly string[], output: string): string => {
    nodes.push({ name: `${output}.${operator}`, operator, domain: "", inputs, outputs: [output], attributes: {} });
    return output;
  };
  const constantOf = (number: number): string => {
    const made = constants.get(number) ?? { name: `b${constants.size}`, type: "float32", shape: [], values: [number] };
    constants.set(number, made as ModelConstant);
    return made.name;
  };
  const operator: ElementwiseOperator<string> = (operator, ...inputs) =>
    add(
      operator,
      inputs.map((input) => (typeof input === "number" ? constantOf(input) : input)),
      `o${nodes.length}`,
    );
  const numberNames = Array.from({ length: numbers }, (_, index) => `n${index}`);
  const tensorNames = Array.from({ length: tensors }, (_, index) => `x${index}`);
  const results = body(operator, tensorNames, numberNames);
  const handedOn = numberNames.map((number) => add("Identity", [number], `${number}.next`));
  const value = (shape: readonly number[]) => (name: string) => ({ name, type: "float32" as const, shape });
  const model: Model = {
    nodes,
    inputs: [...numberNames.map(value([])), ...tensorNames.map(value([block]))],
    outputs: [...handedOn.map(value([])), ...results.map(value([block]))],
    constants: [...constants.values()],
  };
  const made = { key, model };
  bodies.set(key, made);
  return made;
}
