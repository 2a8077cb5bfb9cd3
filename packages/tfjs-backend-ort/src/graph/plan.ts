import type { ElementType, Model, ModelConstant, ModelNode, ModelValue } from "../onnx/encode-model.js";
import { constant, type GraphNode, isConstant, type Operand, sameShape, sizeOf, type Value } from "./graph.js";

/** A tensor that a session is fed: a value that is there, under the shape it is used with. */
export interface Feed {
  readonly name: string;
  readonly value: Value;
  readonly shape: readonly number[];
}

/** A result that a session hands back. */
export interface Result {
  readonly name: string;
  readonly value: Value;
}

/** What one run computes, in canonical form: equal plans have equal keys, whatever the fed values are. */
export interface Plan {
  /** Operators, attributes, constants, shapes, types and connections; not the values that are fed. */
  readonly key: string;
  readonly feeds: readonly Feed[];
  readonly results: readonly Result[];
  readonly steps: readonly Step[];
}

/** One node of a plan with the numbers of its inputs and outputs; a missing `node` is a change of shape. */
interface Step {
  readonly node: GraphNode | undefined;
  readonly shape: readonly number[];
  readonly inputs: readonly number[];
  readonly firstOutput: number;
}

let passes = 0;

/**
 * Plans the run that computes `roots`.
 *
 * @param pending nodes in the order in which they were made, so that every node comes after the nodes it uses
 * @param roots values to compute; nodes that none of them needs are left out
 * @throws the failure of an earlier run when a root depends on a value that was lost in it
 */
export function createPlan(pending: readonly GraphNode[], roots: ReadonlySet<Value>): Plan {
  markNeeded(pending, roots);
  const pass = ++passes;
  const feeds: Feed[] = [];
  const results: Result[] = [];
  const steps: Step[] = [];
  let count = 0;
  let key = "";

  const feed = (value: Value, shape: readonly number[]): number => {
    if (value.failure) throw value.failure;
    const identifier = count++;
    feeds.push({ name: `t${identifier}`, value, shape });
    key += `<${value.type}${shape.join()}>`;
    return identifier;
  };

  const resolve = ({ value, shape }: Operand): number => {
    if (value.pass !== pass) {
      value.pass = pass;
      value.reshaped = undefined;
      value.identifier = -1;
    }
    if (sameShape(shape, value.shape)) {
      if (value.identifier < 0) value.identifier = feed(value, shape);
      return value.identifier;
    }
    value.reshaped ??= new Map();
    const shapeKey = shape.join();
    let identifier = value.reshaped.get(shapeKey);
    if (identifier === undefined) {
      if (value.node === undefined && value.tensor?.location !== "gpu-buffer") {
        identifier = feed(value, shape);
      } else {
        if (value.identifier < 0) value.identifier = feed(value, value.shape);
        identifier = count++;
        key += `(${value.identifier}:${shapeKey})`;
        steps.push({ node: undefined, shape, inputs: [value.identifier], firstOutput: identifier });
      }
      value.reshaped.set(shapeKey, identifier);
    }
    return identifier;
  };

  for (const node of pending) {
    if (!node.needed) continue;
    const inputs: number[] = [];
    let text = "";
    for (const input of node.inputs) {
      if (input === undefined || isConstant(input)) continue;
      const identifier = resolve(input);
      inputs.push(identifier);
      text += `,${identifier}`;
    }
    const firstOutput = count;
    key += `${node.signature}${text};`;
    steps.push({ node, shape: [], inputs, firstOutput });
    for (const output of node.outputs) {
      output.pass = pass;
      output.reshaped = undefined;
      output.identifier = count++;
      if (roots.has(output)) {
        results.push({ name: `t${output.identifier}`, value: output });
        key += `!${output.identifier}`;
      }
    }
  }
  return { key, feeds, results, steps };
}

function markNeeded(pending: readonly GraphNode[], roots: ReadonlySet<Value>): void {
  for (const node of pending) node.needed = false;
  for (const root of roots) if (root.node) root.node.needed = true;
  for (let i = pending.length - 1; i >= 0; i--) {
    const node = pending[i] as GraphNode;
    if (!node.needed) continue;
    for (const input of node.inputs) {
      if (input !== undefined && !isConstant(input) && input.value.node) input.value.node.needed = true;
    }
  }
}

/** Name that a node has in the model, by the identifier of its first output. */
export function nodeName(firstOutput: number): string {
  return `node${firstOutput}`;
}

/** The ONNX model of a plan. */
export function toModel(plan: Plan): Model {
  const constants = new Map<string, ModelConstant>();
  const nameOf = (input: { type: ElementType; shape: readonly number[]; values: readonly number[]; key: string }) => {
    const known = constants.get(input.key);
    if (known) return known.name;
    const { type, shape, values } = input;
    const name = `c${constants.size}`;
    constants.set(input.key, { name, type, shape, values });
    return name;
  };
  const nodes = plan.steps.map(({ node, shape, inputs, firstOutput }): ModelNode => {
    const name = nodeName(firstOutput);
    if (!node) {
      const target = nameOf(constant("int64", shape));
      return {
        name,
        operator: "Reshape",
        domain: "",
        inputs: [`t${inputs[0]}`, target],
        outputs: [`t${firstOutput}`],
        attributes: sizeOf(shape) === 0 ? { allowzero: 1 } : {},
      };
    }
    let next = 0;
    return {
      name,
      operator: node.operator,
      domain: node.domain,
      inputs: node.inputs.map((input) => {
        if (input === undefined) return "";
        return isConstant(input) ? nameOf(input) : `t${inputs[next++]}`;
      }),
      outputs: node.outputs.map((_, index) => `t${firstOutput + index}`),
      attributes: node.attributes,
    };
  });
  const describe = (name: string, value: Value, shape: readonly number[]): ModelValue => ({
    name,
    type: value.type as ElementType,
    shape,
  });
  return {
    nodes,
    inputs: plan.feeds.map(({ name, value, shape }) => describe(name, value, shape)),
    outputs: plan.results.map(({ name, value }) => describe(name, value, value.shape)),
    constants: [...constants.values()],
  };
}
