import { ModelError } from "../model-error.js";

/** Throws a {@link ModelError} when the value is no positive whole number. */
export function positiveInteger(argument: string, value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 1) {
    throw new ModelError(`${argument} is ${value}; a positive whole number is expected.`);
  }
}

/** Throws a {@link ModelError} when the value is none of the known ones. */
export function oneOf(argument: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) {
    throw new ModelError(`${argument} is ${JSON.stringify(value)}; expected one of ${known.join(", ")}.`);
  }
}
