import * as tf from "@tensorflow/tfjs-core";
import { JitError } from "./jit-error.js";

/** Numbers as they lie in JavaScript, which a function under `jit` makes tensors of. */
export type NumberArray = Float32Array | Int32Array | Uint8Array;

/** The form of nested tensors without the tensors. */
export type Structure =
  | { readonly kind: "leaf"; readonly index: number }
  | { readonly kind: "list"; readonly items: readonly Structure[] }
  | { readonly kind: "record"; readonly names: readonly string[]; readonly items: readonly Structure[] }
  | { readonly kind: "plain"; readonly value: unknown };

/** Nested tensors laid out flat. */
export interface FlatTensors<Leaf = tf.Tensor> {
  readonly structure: Structure;
  /** Every tensor or array of numbers, in the order in which they stand. */
  readonly leaves: readonly Leaf[];
  /** Equal for what has the same structure, types and shapes; a variable stands for itself. */
  readonly signature: string;
}

/**
 * Lays out flat what a function is called with: tensors and typed arrays, alone or nested in arrays and plain records. Whole numbers, text, booleans, `null`
 * and `undefined` among them belong to the structure.
 *
 * @throws JitError naming the place of anything else
 */
export function flattenArguments(given: readonly unknown[]): FlatTensors<tf.Tensor | NumberArray> {
  return flatten(given, "arguments", (value): value is tf.Tensor | NumberArray => {
    return value instanceof tf.Tensor || isNumberArray(value);
  });
}

/**
 * Lays out flat what a function gives back: tensors, alone or nested in arrays and plain records.
 *
 * @throws JitError naming the place of anything else
 */
export function flattenResult(given: unknown): FlatTensors {
  return flatten(given, "the result", (value): value is tf.Tensor => value instanceof tf.Tensor);
}

function flatten<Leaf extends tf.Tensor | NumberArray>(
  given: unknown,
  where: string,
  isLeaf: (value: unknown) => value is Leaf,
): FlatTensors<Leaf> {
  const leaves: Leaf[] = [];
  let signature = "";
  const visit = (value: unknown, place: string): Structure => {
    if (isLeaf(value)) {
      signature += leafSignature(value);
      return { kind: "leaf", index: leaves.push(value) - 1 };
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
    if (!isPlain(value, where)) throw new JitError(`jit: ${place} is ${describe(value)}. ${advice(value)}`);
    signature += `${JSON.stringify(value)};`;
    return { kind: "plain", value };
  };
  const structure = visit(given, where);
  return { structure, leaves, signature };
}

/** What was laid out flat, with other leaves. */
export function nest(structure: Structure, leaves: readonly unknown[]): unknown {
  if (structure.kind === "leaf") return leaves[structure.index];
  if (structure.kind === "plain") return structure.value;
  if (structure.kind === "list") return structure.items.map((item) => nest(item, leaves));
  const record: Record<string, unknown> = {};
  structure.names.forEach((name, index) => {
    record[name] = nest(structure.items[index] as Structure, leaves);
  });
  return record;
}

/** True for the arrays that tensors of numbers are made from. */
export function isNumberArray(value: unknown): value is NumberArray {
  return value instanceof Float32Array || value instanceof Int32Array || value instanceof Uint8Array;
}

function leafSignature(leaf: tf.Tensor | NumberArray): string {
  if (leaf instanceof tf.Variable) return `v${leaf.id};`;
  return leaf instanceof tf.Tensor ? `${leaf.dtype}${leaf.shape};` : `${leaf.BYTES_PER_ELEMENT}x${leaf.length};`;
}

function isPlain(value: unknown, where: string): boolean {
  if (typeof value === "number") return where === "arguments" && Number.isInteger(value);
  return value === null || value === undefined || typeof value === "boolean" || typeof value === "string";
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
  return "Use tensors, alone or in arrays and plain records.";
}
