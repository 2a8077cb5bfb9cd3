import { ModelError } from "./model-error.js";

/** The value as an object. Throws a {@link ModelError} when it is none. */
export function objectAt(name: string, value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ModelError(`${name} is ${JSON.stringify(value)}; an object is expected.`);
  }
  return value as Record<string, unknown>;
}

/** The value as a number. Throws a {@link ModelError} when it is none. */
export function numberAt(name: string, value: unknown): number {
  if (typeof value !== "number") throw new ModelError(`${name} is ${JSON.stringify(value)}; a number is expected.`);
  return value;
}

/** Throws a {@link ModelError} naming a field that is none of `known`, which a misspelt one with a default would be. */
export function checkFields<Config extends object>(
  name: string,
  config: Config,
  known: readonly (keyof Config & string)[],
): void {
  const unknown = Object.keys(config).find((field) => !known.includes(field as keyof Config & string));
  if (unknown !== undefined) {
    throw new ModelError(`${name}.${unknown} is unknown; the fields of ${name} are ${known.join(", ")}.`);
  }
}

/** Throws a {@link ModelError} naming the first field of `config`, `${name}.${field}`, that is no positive whole number. */
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
  if (!known.includes(value)) {
    throw new ModelError(`${field} is ${JSON.stringify(value)}; expected one of ${known.join(", ")}.`);
  }
}
