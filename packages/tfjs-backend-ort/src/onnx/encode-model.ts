import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** Element types that values of a graph have; the last two only exist inside a graph. */
export type ElementType = "float32" | "int32" | "bool" | "int64" | "float64";

/** An attribute of an ONNX node: integers and lists of integers as they are, everything else tagged. */
export type AttributeValue =
  | number
  | readonly number[]
  | { readonly float: number }
  | { readonly text: string }
  /** A graph that an operator runs; `key` is the same for the same graph. */
  | { readonly graph: Model; readonly key: string };

/** The attributes of an ONNX node by name. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** One ONNX node: an operator applied to named values. An empty input name stands for an omitted optional input. */
export interface ModelNode {
  /** Name that errors call it by. */
  readonly name: string;
  readonly operator: string;
  /** Operator set the operator belongs to; "" is ONNX itself. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

/** A named input or output of a model; an axis whose length is open has a name instead of a length. */
export interface ModelValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

/** A constant that is part of a model: the axes of a reduction, or weights. */
export interface ModelConstant {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** Everything an ONNX model of one graph needs. */
export interface Model {
  readonly nodes: readonly ModelNode[];
  readonly inputs: readonly ModelValue[];
  readonly outputs: readonly ModelValue[];
  readonly constants: readonly ModelConstant[];
}

/** ONNX IR version 8 with operator set 18: the oldest pair in which every reduction takes its axes as an input. */
const irVersion = 8;
const operatorSets: Readonly<Record<string, number>> = { "": 18, "com.microsoft": 1 };

const elementTypes: Readonly<Record<ElementType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 };

/** Number that ONNX gives an element type, as the `to` attribute of Cast takes it. */
export function elementTypeNumber(type: ElementType): number {
  return elementTypes[type];
}

/** Encodes a model as the bytes of an ONNX `ModelProto`. */
export function encodeModel(model: Model): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(irVersion);
  writer.tag(2, WireType.LengthDelimited).string("@tesserae/tfjs-backend-ort");
  message(writer, 7, () => writeGraph(writer, model));
  for (const domain of new Set(["", ...model.nodes.map((node) => node.domain)])) {
    message(writer, 8, () => {
      writer.tag(1, WireType.LengthDelimited).string(domain);
      writer.tag(2, WireType.Varint).int64(operatorSets[domain] as number);
    });
  }
  return writer.finish();
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function writeGraph(writer: BinaryWriter, model: Model): void {
  for (const node of model.nodes) message(writer, 1, () => writeNode(writer, node));
  writer.tag(2, WireType.LengthDelimited).string("graph");
  for (const constant of model.constants) message(writer, 5, () => writeConstant(writer, constant));
  for (const value of model.inputs) message(writer, 11, () => writeValue(writer, value));
  for (const value of model.outputs) message(writer, 12, () => writeValue(writer, value));
}

function writeNode(writer: BinaryWriter, node: ModelNode): void {
  for (const name of node.inputs) writer.tag(1, WireType.LengthDelimited).string(name);
  for (const name of node.outputs) writer.tag(2, WireType.LengthDelimited).string(name);
  writer.tag(3, WireType.LengthDelimited).string(node.name);
  writer.tag(4, WireType.LengthDelimited).string(node.operator);
  for (const [name, value] of Object.entries(node.attributes)) {
    message(writer, 5, () => writeAttribute(writer, name, value));
  }
  if (node.domain !== "") writer.tag(7, WireType.LengthDelimited).string(node.domain);
}

function writeAttribute(writer: BinaryWriter, name: string, value: AttributeValue): void {
  writer.tag(1, WireType.LengthDelimited).string(name);
  if (typeof value === "number") {
    writer.tag(3, WireType.Varint).int64(value);
    writer.tag(20, WireType.Varint).int32(2);
  } else if ("float" in value) {
    writer.tag(2, WireType.Bit32).float(value.float);
    writer.tag(20, WireType.Varint).int32(1);
  } else if ("graph" in value) {
    message(writer, 6, () => writeGraph(writer, value.graph));
    writer.tag(20, WireType.Varint).int32(5);
  } else if ("text" in value) {
    writer.tag(4, WireType.LengthDelimited).string(value.text);
    writer.tag(20, WireType.Varint).int32(3);
  } else {
    for (const item of value) writer.tag(8, WireType.Varint).int64(item);
    writer.tag(20, WireType.Varint).int32(7);
  }
}

function writeConstant(writer: BinaryWriter, constant: ModelConstant): void {
  for (const size of constant.shape) writer.tag(1, WireType.Varint).int64(size);
  writer.tag(2, WireType.Varint).int32(elementTypes[constant.type]);
  writer.tag(8, WireType.LengthDelimited).string(constant.name);
  writer.tag(9, WireType.LengthDelimited).bytes(rawBytes(constant));
}

function rawBytes({ type, values }: ModelConstant): Uint8Array {
  if (type === "float32") return new Uint8Array(Float32Array.from(values).buffer);
  if (type === "float64") return new Uint8Array(Float64Array.from(values).buffer);
  if (type === "int32") return new Uint8Array(Int32Array.from(values).buffer);
  if (type === "bool") return Uint8Array.from(values);
  return new Uint8Array(BigInt64Array.from(Array.from(values, BigInt)).buffer);
}

function writeValue(writer: BinaryWriter, { name, type, shape }: ModelValue): void {
  writer.tag(1, WireType.LengthDelimited).string(name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      writer.tag(1, WireType.Varint).int32(elementTypes[type]);
      message(writer, 2, () => {
        for (const size of shape) message(writer, 1, () => writeLength(writer, size));
      });
    }),
  );
}

function writeLength(writer: BinaryWriter, length: number | string): void {
  if (typeof length === "number") writer.tag(1, WireType.Varint).int64(length);
  else writer.tag(2, WireType.LengthDelimited).string(length);
}
