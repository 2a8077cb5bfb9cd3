import { type HostValues, sameShape, sizeOf, type Value } from "../graph/graph.js";
import type { ConstantSource, FeedSource, Trace } from "./trace.js";

/** How two traces of the same call differ: not at all, in what is computed or with which tensors, or in numbers that a trace takes to be constant. */
export type TraceDifference =
  | { readonly kind: "none" }
  | { readonly kind: "structure" }
  | { readonly kind: "constant"; readonly message: string };

/** Compares two traces of calls of one signature; `read` gives the numbers of a constant. */
export function compareTraces(first: Trace, second: Trace, read: (value: Value) => HostValues): TraceDifference {
  if (first.program?.key !== second.program?.key || !sameTargets(first, second)) return { kind: "structure" };
  let replaced = false;
  for (let index = 0; index < first.feeds.length; index++) {
    const a = first.feeds[index] as FeedSource;
    const b = second.feeds[index] as FeedSource;
    if (a.kind === "constant" && b.kind === "constant") {
      const message = differenceOf(a, b, read);
      if (message) return { kind: "constant", message };
      replaced ||= (a.outside || b.outside) && a.value !== b.value;
    } else if (!sameSource(a, b)) return { kind: "structure" };
  }
  return { kind: replaced ? "structure" : "none" };
}

function sameSource(a: FeedSource, b: FeedSource): boolean {
  if (a.kind === "argument" || a.kind === "array") return a.kind === b.kind && a.index === b.index;
  return a.kind === "variable" && b.kind === "variable" && a.variable === b.variable;
}

function sameTargets({ targets: first }: Trace, { targets: second }: Trace): boolean {
  if (first.length !== second.length) return false;
  return first.every(({ source, variables, outputs }, index) => {
    const other = second[index] as Trace["targets"][number];
    return (
      (typeof source === "number" ? source === other.source : typeof other.source !== "number") &&
      sameShape(outputs, other.outputs) &&
      variables.length === other.variables.length &&
      variables.every((variable, position) => variable === other.variables[position])
    );
  });
}

function differenceOf(a: ConstantSource, b: ConstantSource, read: (value: Value) => HostValues): string | undefined {
  if (a.value === b.value) return undefined;
  const [before, after] = [read(a.value), read(b.value)] as [Float32Array, Float32Array];
  const position = before.findIndex((number, index) => !Object.is(number, after[index]));
  if (position < 0) return undefined;
  const where = sizeOf(a.value.shape) === 1 ? "a number" : `number ${position} of a tensor [${a.value.shape}]`;
  const origin = b.outside ? " from outside" : " that it makes";
  return `${where}${origin} and that goes into ${b.operator} was ${before[position]} in one call and ${after[position]} in another`;
}
