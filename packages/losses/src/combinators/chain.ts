import type * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../contract/loss.js";

/**
 * Several losses on the same batch, all their terms together. A term name that occurs twice is written `loss/term` from its
 * second time on.
 */
export function chain<Batch>(...losses: readonly Loss<Batch>[]): Loss<Batch> {
  return {
    name: losses.map(({ name }) => name).join("+"),
    compute: (batch) => {
      const terms: Record<string, tf.Scalar> = {};
      for (const loss of losses) {
        for (const [name, term] of Object.entries(loss.compute(batch))) {
          let key = Object.hasOwn(terms, name) ? `${loss.name}/${name}` : name;
          for (let copy = 2; Object.hasOwn(terms, key); copy++) key = `${loss.name}-${copy}/${name}`;
          terms[key] = term;
        }
      }
      return terms;
    },
  };
}
