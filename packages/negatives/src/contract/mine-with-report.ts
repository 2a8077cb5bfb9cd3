import type { SceneGraph } from "@tesserae/scene-graph";
import { editProblem, replaceSpans } from "../edits/apply-edits.js";
import { isNegative } from "../guarantee/is-negative.js";
import { normaliseCaption } from "../guarantee/normalise-caption.js";
import type { Negative } from "./negative.js";
import type { MineContext, NegativeMiner, RejectReason } from "./negative-miner.js";

/** What kept a caption from being mined, or a miner's negative from being used. */
export type MiningProblem =
  | "caption too long"
  | "control characters"
  | "miner threw"
  | "time limit"
  | "wrong number of lists"
  | "not a negative";

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
  /** Captions left without negatives, and negatives dropped, because something was wrong, by what it was. */
  readonly problems: Readonly<Partial<Record<MiningProblem, number>>>;
  /** The first ten of them, a line each: which caption, what was wrong, what was done. */
  readonly examples: readonly string[];
}

export interface MineWithReportContext extends MineContext {
  /** Longer captions are not mined. Default 10,000 characters. */
  readonly maxCharacters?: number;
  /** Milliseconds that a miner may take for the batch. It can stop one that waits, not one that computes without end. Default: no limit. */
  readonly timeLimit?: number;
}

/**
 * Mines a batch and counts what came out, what was thrown away and what was wrong; a bad caption or miner costs its own negatives and
 * nothing else. Where the miner throws on a batch, its captions are mined one by one, so that only those that it throws on are lost. Every
 * negative that a miner returns is held to the guarantee; what breaks it is dropped and counted.
 *
 * @throws the signal's reason when it is aborted
 */
export async function mineWithReport(
  miner: NegativeMiner,
  batch: readonly SceneGraph[],
  { maxCharacters = 10_000, timeLimit, ...context }: MineWithReportContext,
): Promise<{ readonly negatives: readonly (readonly Negative[])[]; readonly report: MiningReport }> {
  context.signal?.throwIfAborted();
  const rejects: Partial<Record<RejectReason, number>> = {};
  const problems: Partial<Record<MiningProblem, number>> = {};
  const examples: string[] = [];
  const mineContext: MineContext = {
    ...context,
    reject(reason) {
      rejects[reason] = (rejects[reason] ?? 0) + 1;
      context.reject?.(reason);
    },
  };
  const note = (problem: MiningProblem, index: number, what: string) => {
    problems[problem] = (problems[problem] ?? 0) + 1;
    if (examples.length < 10) examples.push(`caption ${index} ${quoted(batch[index]!.caption)}: ${what}`);
  };
  const negatives: (readonly Negative[])[] = batch.map(() => []);
  const usable = batch.flatMap(({ caption }, index) => {
    const problem = captionProblem(caption, maxCharacters);
    if (problem) note(problem, index, `${problem}; not mined`);
    return problem ? [] : [index];
  });
  const mine = async (indices: readonly number[]): Promise<void> => {
    let lists: readonly (readonly Negative[])[];
    try {
      const graphs = indices.map((index) => batch[index]!);
      lists = await withinTime(miner, graphs, mineContext, timeLimit);
    } catch (error) {
      context.signal?.throwIfAborted();
      const isLate = error instanceof TimeLimitError;
      if (!isLate && indices.length > 1) {
        for (const index of indices) await mine([index]);
        return;
      }
      const what = isLate ? error.message : `threw "${error instanceof Error ? error.message : String(error)}"`;
      const problem = isLate ? "time limit" : "miner threw";
      for (const index of indices) note(problem, index, `miner "${miner.name}" ${what}; no negatives`);
      return;
    }
    const count = Array.isArray(lists) ? lists.length : undefined;
    if (count !== indices.length) {
      const found = count === undefined ? typeof lists : `${count} lists`;
      const what = `miner "${miner.name}" returned ${found} for ${indices.length} captions; none are used`;
      for (const index of indices) note("wrong number of lists", index, what);
      return;
    }
    indices.forEach((index, i) => {
      const texts = new Set<string>();
      const isNew = ({ caption }: Negative) => texts.size < texts.add(normaliseCaption(caption)).size;
      negatives[index] = lists[i]!.filter((negative) => {
        const fault =
          faultOf(negative, batch[index]!) ?? (isNew(negative) ? undefined : `${quoted(negative.caption)} twice`);
        if (fault) note("not a negative", index, `miner "${miner.name}" returned ${fault}; dropped`);
        return fault === undefined;
      });
    });
  };
  if (usable.length > 0) await mine(usable);
  const kinds = new Map<string, number>();
  for (const { kind } of negatives.flat()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return {
    negatives,
    report: {
      miner: miner.name,
      version: miner.version,
      captions: batch.length,
      covered: negatives.filter((list) => list.length > 0).length,
      negatives: negatives.reduce((sum, list) => sum + list.length, 0),
      kinds: Object.fromEntries(kinds),
      rejects,
      problems,
      examples,
    },
  };
}

class TimeLimitError extends Error {}

/** Mines a batch; rejects where it takes longer. The miner is told by its signal. */
async function withinTime(
  miner: NegativeMiner,
  graphs: readonly SceneGraph[],
  context: MineContext,
  milliseconds: number | undefined,
): Promise<readonly (readonly Negative[])[]> {
  if (milliseconds === undefined) return miner.mine(graphs, context);
  const late = new TimeLimitError(`took longer than ${milliseconds} ms for ${graphs.length} captions`);
  const controller = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, controller.signal]) : controller.signal;
  const timer = setTimeout(() => controller.abort(late), milliseconds);
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([miner.mine(graphs, { ...context, signal }), aborted]);
  } finally {
    clearTimeout(timer);
  }
}

function captionProblem(caption: string, maxCharacters: number): MiningProblem | undefined {
  if (caption.length > maxCharacters) return "caption too long";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0008\u000e-\u001f\u007f]/.test(caption) ? "control characters" : undefined;
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
