import * as tf from "@tensorflow/tfjs-core";
import type { Loss, LossTerms } from "../contract/loss.js";

/**
 * Several losses on the same batch. The objective is the sum of theirs, and each loss's own is reported by its name; a term that
 * two losses have is written `loss/term` from its second time on.
 */
export function chain<Batch>(...losses: readonly Loss<Batch>[]): Loss<Batch> {
  return {
    name: losses.map(({ name }) => name).join("+"),
    version: losses.map(({ version }) => version).join("+"),
    options: { losses: losses.map(({ name, version, options }) => ({ name, version, options })) },
    compute: (batch) =>
      tf.tidy(() => {
        const computed = losses.map((loss) => [loss.name, loss.compute(batch)] as const);
        const terms = new Map<string, tf.Scalar>();
        for (const [loss, { objective, ...others }] of computed) {
          for (const [name, term] of Object.entries({ [loss]: objective, ...others })) {
            let key = terms.has(name) ? `${loss}/${name}` : name;
            for (let copy = 2; terms.has(key); copy++) key = `${loss}-${copy}/${name}`;
            terms.set(key, term);
          }
        }
        const objective: tf.Scalar = tf.addN(computed.map(([, terms]) => terms.objective));
        return { objective, ...Object.fromEntries(terms) } satisfies LossTerms;
      }),
  };
}
