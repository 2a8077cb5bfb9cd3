import {
  constant,
  type GraphNode,
  type Input,
  isConstant,
  type Operand,
  sameShape,
  signatureOf,
  sizeOf,
  type Value,
} from "./graph.js";

/** Operators of two inputs that are broadcast against each other. */
const broadcasting: ReadonlySet<string> = new Set(["Add", "Sub", "Mul", "Div", "Max", "Min", "Pow"]);

/**
 * Fills a value that repeats one number of the host, such as a variable's initial zeros, so that it is fed to this run as it will be to the next and
 * both have one structure. False for any other value.
 */
export function fillOnHost(value: Value): boolean {
  const number = repeatedNumber(value);
  if (number === undefined) return false;
  const size = sizeOf(value.shape);
  if (value.type === "float32") value.host = new Float32Array(size).fill(number);
  else if (value.type === "int32") value.host = new Int32Array(size).fill(number);
  else value.host = new Uint8Array(size).fill(number);
  value.node = undefined;
  return true;
}

/**
 * Takes work out of a graph that is about to be computed, without changing any result: operators that broadcast get what their inputs repeat instead
 * of the repetition, and a product with ones, which is how tfjs-core writes the gradient of a sum, becomes a repetition itself.
 */
export function simplify(nodes: readonly GraphNode[]): void {
  for (const node of nodes) {
    if (!broadcasting.has(node.operator)) continue;
    const [a, b] = node.inputs;
    if (!isOperand(a) || !isOperand(b)) continue;
    const [result] = node.outputs as readonly [Value];
    if (node.operator === "Mul" && isRepetition(b) && repeatedNumber(b.value) === 1) {
      repeat(node, a, result);
      continue;
    }
    const first = unrepeated(a, b, result.shape);
    const second = unrepeated(b, first, result.shape);
    if (first !== a || second !== b) node.inputs = [first, second];
  }
}

function isOperand(input: Input): input is Operand {
  return input !== undefined && !isConstant(input);
}

/** True for a repetition that waits to be computed and is used in the shape it was made with. */
function isRepetition({ value, shape }: Operand): boolean {
  return value.node !== undefined && value.repeated !== undefined && sameShape(shape, value.shape);
}

function repeatedNumber({ node, repeated }: Value): number | undefined {
  const host = node && repeated?.value.host;
  return host?.length === 1 ? (host[0] as number) : undefined;
}

function repeat(node: GraphNode, x: Operand, result: Value): void {
  const target = sameShape(x.shape, result.shape) ? undefined : constant("int64", result.shape);
  node.operator = target ? "Expand" : "Identity";
  node.inputs = target ? [x, target] : [x];
  node.signature = signatureOf(node.operator, node.attributes, node.inputs);
  if (target) result.repeated = x;
}

/** What `x` repeats, where `other` alone makes up for the repetition. */
function unrepeated(x: Operand, other: Operand, shape: readonly number[]): Operand {
  const { repeated } = x.value;
  return repeated && isRepetition(x) && broadcastsTo(repeated.shape, other.shape, shape) ? repeated : x;
}

function broadcastsTo(a: readonly number[], b: readonly number[], shape: readonly number[]): boolean {
  if (Math.max(a.length, b.length) !== shape.length) return false;
  return shape.every((length, axis) => {
    const first = a[axis - shape.length + a.length] ?? 1;
    const second = b[axis - shape.length + b.length] ?? 1;
    return Math.max(first, second) === length;
  });
}
