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

/** A whole number of at least 0. @throws InvalidArgumentError for anything else */
export function count(value: string): number {
  const number = integer(value);
  if (number < 0) throw new InvalidArgumentError("expected a whole number of at least 0");
  return number;
}

/** A whole number of at least 1. @throws InvalidArgumentError for anything else */
export function positiveInteger(value: string): number {
  const number = integer(value);
  if (number < 1) throw new InvalidArgumentError("expected a whole number of at least 1");
  return number;
}

/** A number of at least 0. @throws InvalidArgumentError for anything else */
export function nonNegative(value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !(number >= 0)) throw new InvalidArgumentError("expected a number of at least 0");
  return number;
}

/** A number in [0, 1]. @throws InvalidArgumentError for anything else */
export function share(value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError("expected a number from 0 to 1");
  return number;
}

/** Numbers in [0, 1], with commas between them. @throws InvalidArgumentError for anything else */
export function shares(value: string): readonly number[] {
  return value.split(",").map(share);
}
