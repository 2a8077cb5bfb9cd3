import { nearestName } from "@tesserae/shared";
import { PerfError } from "./perf-error.js";

/** The error for a name that does not exist: says the nearest one, and all that do. */
export function unknownName(what: string, name: string, known: readonly string[]): PerfError {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
  return new PerfError(`unknown ${what} "${name}"${hint}; there are: ${known.join(", ")}`);
}
