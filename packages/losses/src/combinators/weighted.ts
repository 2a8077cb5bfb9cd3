import * as tf from "@tensorflow/tfjs-core";
import { LossError } from "../contract/loss-error.js";
import type { Loss } from "../contract/loss.js";
import { tidyTerms } from "../contract/tidy-terms.js";

/**
 * A loss with its terms multiplied.
 *
 * @param weights one factor for all terms named "…Loss", or a factor for each named term; terms not named stay as they are.
 * @throws LossError, when computing, on a named term that the loss does not have.
 */
export function weighted<Batch>(loss: Loss<Batch>, weights: number | Readonly<Record<string, number>>): Loss<Batch> {
  return {
    name: loss.name,
    compute: (batch) =>
      tidyTerms(() => {
        const terms = loss.compute(batch);
        if (typeof weights !== "number") {
          const unknown = Object.keys(weights).find((name) => !Object.hasOwn(terms, name));
          if (unknown !== undefined) {
            throw new LossError(
              `weighted: ${loss.name} has no term "${unknown}"; it has ${Object.keys(terms).join(", ")}.`,
            );
          }
        }
        const factor = (name: string) =>
          typeof weights === "number" ? (name.endsWith("Loss") ? weights : 1) : (weights[name] ?? 1);
        return Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, tf.mul(term, factor(name))]));
      }),
  };
}
