import * as tf from "@tensorflow/tfjs-core";
import { JitError } from "./jit-error.js";

/**
 * What a function under `jit` takes and gives: tensors, alone or nested in arrays and plain records. Text, `true`, `false`, `null` and `undefined` may
 * stand among them and belong to the structure; numbers may not, since a number that changes has to be a tensor.
 */
export type NestedTensors =
  | tf.Tensor
  | string
  | boolean
  | null
  | undefined
  | readonly NestedTensors[]
  | { readonly [name: string]: NestedTensors };

/** The form of nested tensors without the tensors. */
export type Structure =
  | { readonly kind: "tensor"; readonly index: number }
  | { readonly kind: "list"; readonly items: readonly Structure[] }
  | { readonly kind: "record"; readonly names: readonly string[]; readonly items: readonly Structure[] }
  | { readonly kind: "plain"; readonly value: NestedTensors };

/** Nested tensors laid out flat. */
export interface FlatTensors {
  readonly structure: Structure;
  /** Every tensor, in the order in which they stand. */
  readonly tensors: readonly tf.Tensor[];
  /** Equal for what has the same structure, types and shapes; a variable stands for itself. */
  readonly signature: string;
}

/**
 * Lays nested tensors out flat.
 *
 * @param where how errors call what is given, such as "argument 1"
 * @throws JitError naming the place of anything that is neither a tensor nor an array or record of them
 */
export function flattenTensors(given: unknown, where: string): FlatTensors {
  const tensors: tf.Tensor[] = [];
  let signature = "";
  const visit = (value: unknown, place: string): Structure => {
    if (value instanceof tf.Tensor) {
      signature += value instanceof tf.Variable ? `v${value.id};` : `${value.dtype}${value.shape};`;
      return { kind: "tensor", index: tensors.push(value) - 1 };
    }
    if (Array.isArray(value)) {
      signature += "[";
      const items = value.map((item, index) => visit(item, `${place}[${index}]`));
      signature += "]";
      return { kind: "list", items };
    }
    if (isRecord(value)) {
      signature += "{";
      const names = Object.keys(value);
      const items = names.map((name) => {
        signature += `${JSON.stringify(name)}:`;
        return visit(value[name], `${place}.${name}`);
      });
      signature += "}";
      return { kind: "record", names, items };
    }
    if (value === null || value === undefined || typeof value === "boolean" || typeof value === "string") {
      signature += `${JSON.stringify(value)};`;
      return { kind: "plain", value };
    }
    throw new JitError(`jit: ${place} is ${describe(value)}. ${advice(value)}`);
  };
  const structure = visit(given, where);
  return { structure, tensors, signature };
}

/** Nested tensors of a structure; the inverse of {@link flattenTensors}. */
export function nestTensors(structure: Structure, tensors: readonly tf.Tensor[]): NestedTensors {
  if (structure.kind === "tensor") return tensors[structure.index];
  if (structure.kind === "plain") return structure.value;
  if (structure.kind === "list") return structure.items.map((item) => nestTensors(item, tensors));
  const record: Record<string, NestedTensors> = {};
  structure.names.forEach((name, index) => {
    record[name] = nestTensors(structure.items[index] as Structure, tensors);
  });
  return record;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (typeof value === "object") return `a ${value?.constructor?.name ?? "object"}`;
  return typeof value === "number" ? `the number ${value}` : `a ${typeof value}`;
}

function advice(value: unknown): string {
  if (typeof value === "number")
    return "A number may change from call to call: give it as a tensor, tf.scalar(number).";
  if (value instanceof Promise) return "A function under jit gives its tensors at once, so it cannot be async.";
  return "Give tensors, alone or in arrays and plain records.";
}
