import type { SceneGraph } from "@tesserae/scene-graph";
import { editProblem, replaceSpans } from "../edits/apply-edits.js";
import { isNegative } from "../guarantee/is-negative.js";
import { normaliseCaption } from "../guarantee/normalise-caption.js";
import type { MiningProblem, MiningReport } from "./mining-report.js";
import type { Negative } from "./negative.js";
import type { MineContext, NegativeMiner, RejectReason, Rng } from "./negative-miner.js";

export interface MineWithReportContext extends MineContext {
  /** Longer captions are not mined. Default 10,000 characters. */
  readonly maxCharacters?: number;
  /** Milliseconds that a miner may take for the batch. It can stop one that waits, not one that computes without end. Default: no limit. */
  readonly timeLimit?: number;
  /**
   * Further attempts at a batch where an asynchronous miner fails (a service that answers 500), with the same random numbers. One that
   * throws at once would throw again and is not asked twice. Default 0.
   */
  readonly retries?: number;
  /** Milliseconds before the first further attempt, doubled before each next one. Default 200. */
  readonly retryDelay?: number;
}

/**
 * Mines a batch and counts what came out, what was thrown away and what was wrong; a bad caption or miner costs its own negatives and
 * nothing else. Where the miner fails on a batch after all attempts, its captions are mined one by one, so that only those that it
 * fails on are lost. Every negative that a miner returns is held to the guarantee; what breaks it is dropped and counted.
 *
 * @throws the signal's reason when it is aborted
 */
export async function mineWithReport(
  miner: NegativeMiner,
  batch: readonly SceneGraph[],
  { maxCharacters = 10_000, ...context }: MineWithReportContext,
): Promise<{ readonly negatives: readonly (readonly Negative[])[]; readonly report: MiningReport }> {
  context.signal?.throwIfAborted();
  const ledger = createLedger(miner, batch);
  const watched: MineWithReportContext = {
    ...context,
    reject(reason) {
      ledger.reject(reason);
      context.reject?.(reason);
    },
  };
  const negatives: (readonly Negative[])[] = batch.map(() => []);
  const usable = batch.flatMap(({ caption }, index) => {
    const problem = captionProblem(caption, maxCharacters);
    if (problem) ledger.note(problem, index, `${problem}; not mined`);
    return problem ? [] : [index];
  });
  if (usable.length > 0) await mineIndices(usable);
  return { negatives, report: ledger.report(negatives) };

  async function mineIndices(indices: readonly number[]): Promise<void> {
    const graphs = indices.map((index) => batch[index]!);
    let lists: readonly (readonly Negative[])[];
    try {
      lists = await attempt(miner, graphs, watched);
    } catch (error) {
      context.signal?.throwIfAborted();
      const isLate = error instanceof TimeLimitError;
      if (!isLate && indices.length > 1) {
        for (const index of indices) await mineIndices([index]);
        return;
      }
      const what = isLate ? error.message : `threw "${error instanceof Error ? error.message : String(error)}"`;
      const problem = isLate ? "time limit" : "miner threw";
      for (const index of indices) ledger.note(problem, index, `miner "${miner.name}" ${what}; no negatives`);
      return;
    }
    const count = Array.isArray(lists) ? lists.length : undefined;
    if (count !== indices.length) {
      const found = count === undefined ? typeof lists : `${count} lists`;
      const what = `miner "${miner.name}" returned ${found} for ${indices.length} captions; none are used`;
      for (const index of indices) ledger.note("wrong number of lists", index, what);
      return;
    }
    indices.forEach((index, i) => {
      negatives[index] = sound(lists[i]!, batch[index]!, (fault) =>
        ledger.note("not a negative", index, `miner "${miner.name}" returned ${fault}; dropped`),
      );
    });
  }
}

/** Counts what a miner finds and where it fails. */
function createLedger(miner: NegativeMiner, batch: readonly SceneGraph[]) {
  const rejects: Partial<Record<RejectReason, number>> = {};
  const problems: Partial<Record<MiningProblem, number>> = {};
  const examples: string[] = [];
  return {
    reject(reason: RejectReason): void {
      rejects[reason] = (rejects[reason] ?? 0) + 1;
    },
    note(problem: MiningProblem, index: number, what: string): void {
      problems[problem] = (problems[problem] ?? 0) + 1;
      if (examples.length < 10) examples.push(`caption ${index} ${quoted(batch[index]!.caption)}: ${what}`);
    },
    report(negatives: readonly (readonly Negative[])[]): MiningReport {
      const kinds = new Map<string, number>();
      for (const { kind } of negatives.flat()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      return {
        miner: miner.name,
        version: miner.version,
        captions: batch.length,
        covered: negatives.filter((list) => list.length > 0).length,
        negatives: negatives.reduce((sum, list) => sum + list.length, 0),
        kinds: Object.fromEntries(kinds),
        rejects,
        problems,
        examples,
      };
    },
  };
}

class TimeLimitError extends Error {}

/** Mines a batch, again where a promise of it fails. @throws the last error */
async function attempt(
  miner: NegativeMiner,
  graphs: readonly SceneGraph[],
  context: MineWithReportContext,
): Promise<readonly (readonly Negative[])[]> {
  const { retries = 0, retryDelay = 200, timeLimit, rng } = context;
  const replay = replayable(rng);
  for (let failures = 0; ; failures++) {
    const mining = withinTime(miner, graphs, { ...context, rng: replay() }, timeLimit);
    try {
      return await mining;
    } catch (error) {
      const isFinal = failures >= retries || !(mining instanceof Promise) || error instanceof TimeLimitError;
      if (isFinal || context.signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryDelay * 2 ** failures));
    }
  }
}

/** Sources that each give the same numbers from the start, so that a further attempt makes the negatives that the first would have made. */
function replayable(rng: Rng): () => Rng {
  const drawn: number[] = [];
  return () => {
    let at = 0;
    return () => {
      if (at === drawn.length) drawn.push(rng());
      return drawn[at++]!;
    };
  };
}

/** Mines a batch; rejects where it takes longer. The miner is told by its signal. What it throws at once is thrown at once. */
function withinTime(
  miner: NegativeMiner,
  graphs: readonly SceneGraph[],
  context: MineContext,
  milliseconds: number | undefined,
): ReturnType<NegativeMiner["mine"]> {
  if (milliseconds === undefined) return miner.mine(graphs, context);
  const late = new TimeLimitError(`took longer than ${milliseconds} ms for ${graphs.length} captions`);
  const controller = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, controller.signal]) : controller.signal;
  const mining = miner.mine(graphs, { ...context, signal });
  if (!(mining instanceof Promise)) return mining;
  const timer = setTimeout(() => controller.abort(late), milliseconds);
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([mining, aborted]).finally(() => clearTimeout(timer));
}

function captionProblem(caption: string, maxCharacters: number): MiningProblem | undefined {
  if (caption.length > maxCharacters) return "caption too long";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0008\u000e-\u001f\u007f]/.test(caption) ? "control characters" : undefined;
}

/** The negatives of a caption that keep the guarantee, each text once. */
function sound(
  negatives: readonly Negative[],
  graph: SceneGraph,
  onFault: (fault: string) => void,
): readonly Negative[] {
  const texts = new Set<string>();
  const isNew = ({ caption }: Negative) => texts.size < texts.add(normaliseCaption(caption)).size;
  return negatives.filter((negative) => {
    const fault = faultOf(negative, graph) ?? (isNew(negative) ? undefined : `${quoted(negative.caption)} twice`);
    if (fault) onFault(fault);
    return fault === undefined;
  });
}

/** What is wrong with a negative that a miner returned, or undefined. */
function faultOf(negative: Negative, graph: SceneGraph): string | undefined {
  if (typeof negative?.caption !== "string" || !Array.isArray(negative.edits) || !negative.graph) {
    return "something without caption, edits and graph";
  }
  const shown = quoted(negative.caption);
  if (!isNegative(negative, graph)) return `${shown}, which is the caption or follows from it`;
  const source = negative.source ?? graph.caption;
  const problem = editProblem(source, negative.edits);
  if (problem) return `${shown}, whose edits are faulty (${problem})`;
  return replaceSpans(source, negative.edits) === negative.caption
    ? undefined
    : `${shown}, which its edits do not give`;
}

/** A caption on one line of bounded length. */
function quoted(caption: string): string {
  return JSON.stringify(caption.length > 60 ? `${caption.slice(0, 59)}…` : caption);
}
