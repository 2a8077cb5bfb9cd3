import type { Value } from "../graph/graph.js";

/** The rules under which a function is recorded, and what has come of them. */
export interface Recording {
  /** True where no value may be read but of tensors made from JavaScript values inside the function; else computed values may be read. */
  readonly strict: boolean;
  /** Buffers that the function made from JavaScript values, with the array they were copied from. */
  readonly made: Map<Value, unknown>;
  /** Why the function cannot be recorded, though it may have caught the error. */
  refused: Error | undefined;
}

/** A recording that has not begun. */
export function createRecording(strict: boolean): Recording {
  return { strict, made: new Map(), refused: undefined };
}

/** The error for what needs values that are not there while a function is recorded. */
export function refusal(purpose: string): Error {
  return new Error(
    `${purpose} needs the values of a tensor inside a function that is only recorded, as jit and toOnnx do. Leave that out of the function, or do it before.`,
  );
}
