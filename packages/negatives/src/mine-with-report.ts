import type { SceneGraph } from "@tesserae/scene-graph";
import type { Negative } from "./negative.js";
import type { MineContext, NegativeMiner, RejectReason } from "./negative-miner.js";

export interface MiningReport {
  readonly miner: string;
  readonly version: string;
  readonly captions: number;
  /** Captions with at least one negative. */
  readonly covered: number;
  readonly negatives: number;
  /** Negatives by kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Candidates thrown away, by reason. */
  readonly rejects: Readonly<Partial<Record<RejectReason, number>>>;
}

/** Mines a batch and counts what came out and what was thrown away. */
export async function mineWithReport(
  miner: NegativeMiner,
  batch: readonly SceneGraph[],
  context: MineContext,
): Promise<{ readonly negatives: readonly (readonly Negative[])[]; readonly report: MiningReport }> {
  const rejects: Partial<Record<RejectReason, number>> = {};
  const negatives = await miner.mine(batch, {
    ...context,
    reject(reason) {
      rejects[reason] = (rejects[reason] ?? 0) + 1;
      context.reject?.(reason);
    },
  });
  const kinds: Record<string, number> = {};
  for (const { kind } of negatives.flat()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    negatives,
    report: {
      miner: miner.name,
      version: miner.version,
      captions: batch.length,
      covered: negatives.filter((list) => list.length > 0).length,
      negatives: negatives.reduce((sum, list) => sum + list.length, 0),
      kinds,
      rejects,
    },
  };
}
