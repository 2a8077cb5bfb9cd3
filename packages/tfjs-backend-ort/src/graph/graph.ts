import type * as Ort from "onnxruntime-common";
import type { Attributes, AttributeValue, ElementType } from "../onnx/encode-model.js";

/** Values of a tensor as they lie on the host: strings are kept as the bytes tfjs-core encodes them to. */
export type HostValues = Float32Array | Int32Array | Uint8Array | Uint8Array[];

/**
 * One buffer. It is either on the host (`host`), a result of a session (`tensor`), still to be computed (`node`), being computed (`running`) or lost to
 * a failed session (`failure`).
 */
export interface Value {
  readonly type: ElementType | "string" | "complex64";
  /** Shape it is made with; tensors may show the same buffer under another shape. */
  shape: readonly number[];
  /** Number of tensors that hold it; a value inside a kernel has none. */
  references: number;
  /** Number of reads that wait for it, which a disposal does not end. */
  readers: number;
  /** True once a variable has been given it. */
  variable: boolean;
  host: HostValues | undefined;
  tensor: Ort.Tensor | undefined;
  node: GraphNode | undefined;
  /** What it only repeats, while it waits to be computed. */
  repeated: Operand | undefined;
  running: boolean;
  failure: Error | undefined;
  /** True when `tensor` is over memory that nobody outside the backend has seen, so it can be written again. */
  recyclable: boolean;
  /** The two halves of a complex value. */
  parts: { readonly real: Value; readonly imag: Value } | undefined;
  /** Pass in which `identifier` was given. */
  pass: number;
  identifier: number;
  /** Identifiers of this value under other shapes in the same pass. */
  reshaped: Map<string, number> | undefined;
}

/** A value as a kernel sees it: a buffer under a shape. */
export interface Operand {
  readonly value: Value;
  readonly shape: readonly number[];
}

/** A constant that belongs to the structure of the graph, such as the axes of a reduction. */
export interface Constant {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  /** Text that equal constants share. */
  readonly key: string;
}

/** An input of a node; `undefined` stands for an omitted optional input. */
export type Input = Operand | Constant | undefined;

/** A node that waits to be computed. */
export interface GraphNode {
  operator: string;
  domain: string;
  attributes: Attributes;
  inputs: readonly Input[];
  outputs: readonly Value[];
  /** Number that nodes with equal operator, attributes and constants share. */
  signature: number;
  needed: boolean;
}

/** True for constants among the inputs of a node. */
export function isConstant(input: Operand | Constant): input is Constant {
  return "values" in input;
}

/** A new value without content. */
export function createValue(type: Value["type"], shape: readonly number[]): Value {
  return {
    type,
    shape,
    references: 0,
    readers: 0,
    variable: false,
    host: undefined,
    tensor: undefined,
    node: undefined,
    repeated: undefined,
    running: false,
    failure: undefined,
    recyclable: false,
    parts: undefined,
    pass: 0,
    identifier: 0,
    reshaped: undefined,
  };
}

/** A constant for the structure of the graph; without `shape` it is a vector. */
export function constant(type: ElementType, values: readonly number[], shape?: readonly number[]): Constant {
  return {
    type,
    shape: shape ?? [values.length],
    values,
    key: `${type}[${shape ? shape.join() : values.length}]${values.join()}`,
  };
}

const signatures = new Map<string, number>();
const maxSignatures = 100_000;
let signatureCount = 0;

/** Number of a node's operator, attributes and constants, the same for equal ones. */
export function signatureOf(operator: string, attributes: Attributes, inputs: readonly Input[]): number {
  let text = operator;
  for (const name in attributes) text += `|${name}=${attributeKey(attributes[name] as AttributeValue)}`;
  for (const input of inputs) {
    if (input === undefined) text += "|-";
    else if (isConstant(input)) text += `|${input.key}`;
    else text += "|*";
  }
  const known = signatures.get(text);
  if (known !== undefined) return known;
  // Numbers are never given twice, so forgetting some only costs a session that is compiled again.
  if (signatures.size >= maxSignatures) signatures.clear();
  signatures.set(text, signatureCount);
  return signatureCount++;
}

function attributeKey(value: AttributeValue): string {
  if (typeof value === "number") return String(value);
  if ("graph" in value) return value.key;
  if ("float" in value) return `f${value.float}`;
  if ("text" in value) return value.text;
  return value.join();
}

/** True when two shapes are the same. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}
