import { OptimError } from "./optim-error.js";

/** A pattern of parameter names and the value of those that it finds. */
export type PatternRule<T> = readonly [pattern: RegExp, value: T];

/**
 * A value for each parameter by its name, such as whether it decays or what its share of the learning rate is: that of
 * the first pattern that finds the name (as big_vision's `make_mask_trees`). End with `[/./, value]` for all the others.
 *
 * @returns a function of a name, which throws an OptimError for a name that no pattern finds
 */
export function maskByPattern<T>(rules: readonly PatternRule<T>[]): (name: string) => T {
  return (name) => {
    const rule = rules.find(([pattern]) => pattern.test(name));
    if (rule === undefined) {
      const patterns = rules.map(([pattern]) => String(pattern)).join(", ");
      throw new OptimError(
        `maskByPattern: no pattern finds the parameter "${name}" (given: ${patterns}); end the list with [/./, value].`,
      );
    }
    return rule[1];
  };
}
