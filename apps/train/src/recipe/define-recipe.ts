import type { Step } from "../steps/step.js";
import { TrainError } from "../train-error.js";
import type { CommonFlags, CommonFlagsInput } from "./common-flags.js";

/** Flags as `steps` gets them: the recipe's own and those of every recipe. */
export type RecipeFlags<Own> = Own & Omit<CommonFlags, keyof Own>;

/** What a scale changes: any flag of the recipe's own or of every recipe. */
export type ScaleFlags<Own> = Partial<Own> & Omit<CommonFlagsInput, keyof Own>;

/** How a system is trained: a page that reads like its paper. */
export interface Recipe<Own extends object = object> {
  readonly name: string;
  /** The recipe's own flags with their defaults, and other defaults for those of every recipe. */
  readonly flags: Own;
  /** Named sets of other values. The same recipe at another scale is another experiment, not another code path. */
  readonly scales: Readonly<Record<string, ScaleFlags<Own>>>;
  /** What is done, in order. Each step reads what earlier ones made, writes its own folder and is skipped when it is done. */
  steps(flags: RecipeFlags<Own>): readonly Step[];
}

/**
 * Declares a recipe. It does nothing but check the form and keep the types: `train run` takes the file that exports it.
 *
 * @throws TrainError where the name, the flags, the scales or the steps are not of that form
 */
export function defineRecipe<Own extends object>(recipe: Recipe<Own>): Recipe<Own> {
  const { name, flags, scales, steps } = recipe;
  const fail = (what: string): never => {
    throw new TrainError(`defineRecipe: ${what}; expected { name, flags, scales, steps: (flags) => [ … ] }`);
  };
  if (typeof name !== "string" || name === "") fail(`name is ${JSON.stringify(name)}`);
  if (typeof flags !== "object" || flags === null) fail(`flags of "${name}" is no record`);
  if (typeof scales !== "object" || scales === null) fail(`scales of "${name}" is no record`);
  if (typeof steps !== "function") fail(`steps of "${name}" is no function`);
  return recipe;
}
