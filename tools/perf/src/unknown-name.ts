import leven from "leven";
import { PerfError } from "./perf-error.js";

/** The error for a name that does not exist: says the nearest one, and all that do. */
export function unknownName(what: string, name: string, known: readonly string[]): PerfError {
  const [nearest] = [...known].sort((a, b) => leven(a, name) - leven(b, name));
  const hint = nearest && leven(nearest, name) <= Math.max(2, name.length / 2) ? ` (did you mean "${nearest}"?)` : "";
  return new PerfError(`unknown ${what} "${name}"${hint}; there are: ${known.join(", ")}`);
}
