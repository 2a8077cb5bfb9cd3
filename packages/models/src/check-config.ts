import { ModelError } from "./errors.js";

/** Throws a {@link ModelError} naming each field of `config`, `${name}.${field}`, that is no positive whole number. */
export function checkPositiveIntegers<Config extends object>(
  name: string,
  config: Config,
  fields: readonly (keyof Config & string)[],
): void {
  for (const field of fields) positiveInteger(`${name}.${field}`, config[field]);
}

/** Throws a {@link ModelError} when the value is no positive whole number. */
export function positiveInteger(field: string, value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 1) {
    throw new ModelError(`${field} is ${value}; a positive whole number is expected.`);
  }
}

/** Throws a {@link ModelError} when the heads cannot share the width. */
export function checkHeads(name: string, width: number, heads: number): void {
  if (width % heads !== 0) throw new ModelError(`${name}.width is ${width}, which ${heads} heads cannot share evenly.`);
}

/** Throws a {@link ModelError} when the value is none of the known ones. */
export function oneOf(field: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw new ModelError(`${field} is "${value}"; expected one of ${known.join(", ")}.`);
}
