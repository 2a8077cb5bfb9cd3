import { InvalidArgumentError } from "commander";

/** Collects the values of an option that may be given several times. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** A whole number. @throws InvalidArgumentError for anything else */
export function integer(value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !Number.isInteger(number)) throw new InvalidArgumentError("expected a whole number");
  return number;
}

/** A whole number of at least 1. @throws InvalidArgumentError for anything else */
export function positiveInteger(value: string): number {
  const number = integer(value);
  if (number < 1) throw new InvalidArgumentError("expected a whole number of at least 1");
  return number;
}
