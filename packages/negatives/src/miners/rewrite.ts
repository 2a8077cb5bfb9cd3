import { parse } from "@tesserae/scene-graph";
import { distinct } from "../contract/create-miner.js";
import { createNegative } from "../contract/create-negative.js";
import type { NegativeMiner } from "../contract/negative-miner.js";
import { wordEdits } from "../edits/word-edits.js";

export interface RewriteOptions {
  /** Writes hard negatives of captions, a list for each; called once a batch. Calls a language model or service that you bring. */
  readonly rewrite: (captions: readonly string[], signal?: AbortSignal) => Promise<readonly (readonly string[])[]>;
  /** Names the model and prompt; part of the miner's version, since another gives other negatives. */
  readonly model: string;
}

/**
 * Negatives that a language model writes (as SugarCrepe's, TripletCLIP's), held to the guarantee as far as text can tell: what is the same text or
 * says nothing that does not follow from the caption is dropped and counted. The edits are the words that differ. Not seeded.
 *
 * @throws Error where `rewrite` returns another number of lists than it was given captions
 */
export function rewrite({ rewrite: write, model }: RewriteOptions): NegativeMiner {
  return {
    name: "rewrite",
    version: `1 (${model})`,
    citation: "Hsieh et al. SugarCrepe. NeurIPS Datasets and Benchmarks 2023 (negatives by a language model)",
    async mine(batch, context) {
      context.signal?.throwIfAborted();
      if (batch.length === 0) return [];
      const written = await write(
        batch.map(({ caption }) => caption),
        context.signal,
      );
      if (written.length !== batch.length) {
        throw new Error(`rewrite: got ${written.length} lists for ${batch.length} captions; return one for each`);
      }
      const options = { ...context, articles: false, readGraph: (caption: string) => parse(caption) };
      return batch.map((graph, i) =>
        distinct(
          written[i]!.map((text) => createNegative(graph, "rewrite", wordEdits(graph.caption, text), options)),
          context,
        ),
      );
    },
  };
}
