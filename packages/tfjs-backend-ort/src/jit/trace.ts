import * as tf from "@tensorflow/tfjs-core";
import { createValue, type Value } from "../graph/graph.js";
import type { Plan } from "../graph/plan.js";
import type { Program } from "../runtime/executor.js";
import type { HeldVariables } from "./held-variables.js";
import type { FlatTensors, NumberArray, Structure } from "./nested-leaves.js";

/** Where the values of a feed come from in each call. */
export type FeedSource =
  | { readonly kind: "argument"; readonly index: number }
  /** A tensor that the function makes of an array among its arguments, just as it is. */
  | { readonly kind: "array"; readonly index: number; readonly type: Value["type"]; readonly shape: readonly number[] }
  | { readonly kind: "variable"; readonly variable: tf.Variable }
  | ConstantSource;

/** A tensor from outside that is no variable, or numbers that the function makes; `operator` is what uses them first. */
export interface ConstantSource {
  readonly kind: "constant";
  readonly value: Value;
  readonly outside: boolean;
  readonly operator: string;
}

/** Who is given one value that a call makes. */
export interface Target {
  /** Position among the program's results, or a value of the host where it is the same in every call. */
  readonly source: number | Value;
  readonly variables: readonly tf.Variable[];
  /** Positions among the tensors that the function gives back. */
  readonly outputs: readonly number[];
}

/** What one call has done, so that it can be done again without calling the function. */
export interface Trace {
  /** Absent where nothing has to be computed. */
  readonly program: Program | undefined;
  readonly feeds: readonly FeedSource[];
  readonly targets: readonly Target[];
  /** Form of what the function gives back. */
  readonly structure: Structure;
  /** Shape and type of each tensor that the function gives back. */
  readonly outputs: readonly { readonly shape: number[]; readonly dtype: tf.DataType }[];
}

/** What is known of a call after it has been recorded and computed. */
export interface RecordedCall {
  /** Absent where nothing had to be computed. */
  readonly plan: Plan | undefined;
  readonly roots: ReadonlySet<Value>;
  readonly given: FlatTensors<tf.Tensor | NumberArray>;
  readonly outputs: FlatTensors;
  readonly held: HeldVariables;
  /** What stood in for the arguments; `undefined` for one that is a variable or an array. */
  readonly placeholders: readonly (Value | undefined)[];
  /** What the function made from JavaScript values, with the array it was copied from. */
  readonly made: ReadonlyMap<Value, unknown>;
}

/** The trace of a call, or why it cannot be done again without calling the function. */
export function describeCall(call: RecordedCall): Trace | string {
  const { plan, roots, outputs, held } = call;
  const created = newVariable(held);
  if (created !== undefined) return `it makes a variable (${created})`;
  for (const { isDisposed, name } of held.keys()) if (isDisposed) return `it disposes a variable (${name})`;
  const targets = targetsOf(call);
  for (const root of roots) {
    if (!targets.has(root)) return "it keeps a tensor that it neither gives back nor assigns to a variable";
  }
  const results = new Map(plan?.results.map(({ value }, index) => [value, index]));
  return {
    program: plan && {
      key: plan.key,
      feeds: plan.feeds.map(({ name, shape }) => ({ name, shape })),
      results: plan.results.map(({ name, value: { type, shape } }) => ({ name, type, shape })),
      nodes: plan.steps.length,
    },
    feeds: plan ? feedSources(plan, call) : [],
    targets: [...targets].map(([value, { variables, positions }]) => ({
      source: results.get(value) ?? hostCopy(value),
      variables,
      outputs: positions,
    })),
    structure: outputs.structure,
    outputs: outputs.leaves.map(({ shape, dtype }) => ({ shape, dtype })),
  };
}

/** A new value of the host with the numbers of one. */
export function hostCopy({ type, shape, host }: Value): Value {
  const copy = createValue(type, shape);
  copy.host = host?.slice();
  return copy;
}

/** Name of a variable that is not among `held`, if there is one. */
export function newVariable(held: HeldVariables): string | undefined {
  const variables = tf.engine().registeredVariables;
  for (const name in variables) {
    const variable = variables[name] as tf.Variable;
    if (variable.dtype !== "string" && !held.has(variable)) return name;
  }
  return undefined;
}

/** Who has each value that the call made. */
function targetsOf({ outputs, held }: RecordedCall) {
  const targets = new Map<Value, { variables: tf.Variable[]; positions: number[] }>();
  const targetOf = (value: Value) => {
    const target = targets.get(value) ?? { variables: [], positions: [] };
    targets.set(value, target);
    return target;
  };
  for (const [variable, before] of held) {
    if (variable.dataId !== before) targetOf(variable.dataId as Value).variables.push(variable);
  }
  for (const [index, { dataId }] of outputs.leaves.entries()) targetOf(dataId as Value).positions.push(index);
  return targets;
}

function feedSources({ feeds, steps }: Plan, { given, held, placeholders, made }: RecordedCall): FeedSource[] {
  const variables = new Map([...held].map(([variable, value]) => [value, variable]));
  const operators = new Map<number, string>();
  for (const { node, inputs } of steps) {
    for (const input of inputs) if (!operators.has(input)) operators.set(input, node?.operator ?? "Reshape");
  }
  return feeds.map(({ name, value }): FeedSource => {
    const index = placeholders.indexOf(value);
    if (index >= 0) return { kind: "argument", index };
    const variable = variables.get(value);
    if (variable) return { kind: "variable", variable };
    const array = made.has(value) ? given.leaves.indexOf(made.get(value) as NumberArray) : -1;
    if (array >= 0) return { kind: "array", index: array, type: value.type, shape: value.shape };
    const operator = operators.get(Number(name.slice(1))) ?? "an operator";
    return { kind: "constant", value, outside: value.references > 0 && !made.has(value), operator };
  });
}
