import * as tf from "@tensorflow/tfjs-core";
import { OptimError } from "./optim-error.js";
import type { Parameters } from "./parameters.js";

/**
 * The parameters after an update, parameter + update (optax's `apply_updates`). Parameters without an update stay out.
 *
 * @returns new tensors, by name; the caller disposes them
 * @throws OptimError for an update of a parameter that is not there
 */
export function applyUpdates(parameters: Parameters, updates: Parameters): Parameters {
  return tf.tidy(() =>
    Object.fromEntries(
      Object.entries(updates).map(([name, update]) => {
        const parameter = parameters[name];
        if (parameter === undefined) {
          throw new OptimError(`applyUpdates: there is no parameter "${name}"; the updates are of other parameters.`);
        }
        return [name, tf.add(parameter, update)];
      }),
    ),
  );
}
