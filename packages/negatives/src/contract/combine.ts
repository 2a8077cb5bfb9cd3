import { distinct } from "./create-miner.js";
import type { Negative } from "./negative.js";
import type { NegativeMiner } from "./negative-miner.js";

/** One miner that gives the negatives of several, in their order, each text once. They draw from the same random numbers, one after the other. */
export function combine(...miners: readonly NegativeMiner[]): NegativeMiner {
  return {
    name: `combine(${miners.map(({ name }) => name).join(", ")})`,
    version: miners.map(({ version }) => version).join("+"),
    options: Object.fromEntries(miners.map(({ name, options = {} }) => [name, options])),
    async mine(batch, context) {
      const lists: Negative[][] = batch.map(() => []);
      for (const miner of miners) {
        context.signal?.throwIfAborted();
        const mined = await miner.mine(batch, context);
        if (mined.length !== batch.length) {
          throw new Error(
            `miner "${miner.name}" returned ${mined.length} lists for a batch of ${batch.length} captions; it must return one list for each`,
          );
        }
        for (const [i, negatives] of mined.entries()) lists[i]!.push(...negatives);
      }
      return lists.map((negatives) => distinct(negatives, context));
    },
    async dispose() {
      for (const miner of miners) await miner.dispose?.();
    },
  };
}
