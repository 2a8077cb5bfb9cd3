import type * as Ort from "onnxruntime-common";
import { type GraphNode, type HostValues, sameShape, type Value } from "../graph/graph.js";
import { createPlan, type Plan } from "../graph/plan.js";
import { withStandardOperators } from "../graph/standard-operators.js";
import { createCompiledSessions } from "./compiled-sessions.js";
import { createCounters, type OrtCounters } from "./counters.js";
import { createDownloads } from "./downloads.js";
import { giveUp } from "./give-up.js";
import { createRecycler, isOnGpu, type Recycler } from "./recycler.js";
import type { NamedTensors, Runtime } from "./runtime.js";
import { createTensor, tensorOf } from "./value-tensor.js";

/** Computes graphs by sessions, which it compiles and keeps. */
export interface Executor {
  /** Computes `roots`; those that cannot be computed get a failure. */
  run(nodes: readonly GraphNode[], roots: ReadonlySet<Value>): Promise<void>;
  /** As {@link Executor.run}, before it returns; the runtime must be synchronous. The plan, if everything could be computed. */
  runSync(nodes: readonly GraphNode[], roots: ReadonlySet<Value>): Plan | undefined;
  /**
   * Runs the session of a plan once more, before it returns; the runtime must be synchronous.
   *
   * @param values fed in the order of the plan's feeds
   * @returns the results in the plan's order, or `undefined` where the session is not kept any more
   * @throws Error of ONNX Runtime
   */
  rerunSync(program: Program, values: readonly Value[]): readonly Ort.Tensor[] | undefined;
  /** Values of a result on the host; from a GPU they are brought by a session that copies. */
  download(tensor: Ort.Tensor): HostValues;
  /** The tensor of ONNX Runtime over a value that has been computed or lies on the host. */
  tensorOf(value: Value): Ort.Tensor;
  /** Takes back the memory of a value that nobody holds any more; `idle` when no waiting node can use it either. */
  recycle(value: Value, idle: boolean): void;
  readonly counters: OrtCounters;
  /** Starts counting afresh. */
  resetCounters(): void;
  /** Number of sessions that are kept. */
  readonly sessions: number;
  /** Releases every session and all memory. */
  clear(): void;
}

/** What is kept of a plan to run it again: nothing that holds the values of its first run. */
export interface Program {
  readonly key: string;
  readonly feeds: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly results: readonly { readonly name: string; readonly type: string; readonly shape: readonly number[] }[];
  /** Number of nodes, changes of shape included. */
  readonly nodes: number;
}

/** The values left to compute after an attempt: none unless it failed. */
type Left = ReadonlySet<Value>;

/** An executor that keeps the `limit` most recently used sessions. */
export function createExecutor(runtime: Runtime, limit: number): Executor {
  let counters = createCounters();
  const sessions = createCompiledSessions(runtime, limit, () => counters);
  const recycler = createRecycler();
  const downloads = createDownloads(runtime, () => counters.downloads++);
  const run = createRun(runtime, recycler, downloads.read, () => counters);
  let lastPlan: Plan | undefined;

  const attempt = async (nodes: readonly GraphNode[], roots: Left): Promise<Left> => {
    try {
      const plan = run.plan(nodes, roots);
      const session = await sessions.of(plan);
      const start = performance.now();
      run.finish(plan, await session.run(run.feeds(plan)), start);
      return new Set();
    } catch (cause) {
      return giveUp(nodes, roots, cause);
    }
  };
  const attemptSync = (nodes: readonly GraphNode[], roots: Left): Left => {
    try {
      const plan = run.plan(nodes, roots);
      const session = sessions.ofSync(plan);
      const start = performance.now();
      run.finish(plan, session.runSync?.(run.feeds(plan), run.fetches(plan)) as NamedTensors, start);
      lastPlan = plan;
      return new Set();
    } catch (cause) {
      return giveUp(nodes, roots, cause);
    }
  };

  return {
    async run(nodes, roots) {
      let left = roots;
      while (left.size > 0) left = await attempt(nodes, left);
    },
    runSync(nodes, roots) {
      let left = roots;
      let attempts = 0;
      for (; left.size > 0; attempts++) left = attemptSync(nodes, left);
      recycler.collect();
      const plan = attempts === 1 ? lastPlan : undefined;
      lastPlan = undefined;
      return plan;
    },
    rerunSync(program, values) {
      const session = sessions.kept(program.key);
      return session?.runSync && run.again(program, values, session.runSync);
    },
    download: downloads.read,
    tensorOf: (value) => tensorOf(runtime, value),
    recycle(value, idle) {
      if (!value.recyclable || !value.tensor) return;
      recycler.release(value.tensor, idle);
      // Its memory may be written from now on, whoever still has the value.
      if (idle) value.tensor = undefined;
    },
    get counters() {
      return counters;
    },
    resetCounters() {
      counters = createCounters();
    },
    get sessions() {
      return sessions.size;
    },
    clear() {
      sessions.clear();
      recycler.clear();
      downloads.clear();
    },
  };
}

/** The parts of a run: what is planned, fed, asked for, and kept of it. */
function createRun(
  runtime: Runtime,
  recycler: Recycler,
  download: (tensor: Ort.Tensor) => HostValues,
  counters: () => OrtCounters,
) {
  /** The tensor of a value under `shape`. */
  const feedTensor = (value: Value, shape: readonly number[]): Ort.Tensor => {
    const tensor = tensorOf(runtime, value);
    if (sameShape(shape, value.shape)) return tensor;
    return createTensor(runtime, tensor.type, isOnGpu(tensor) ? download(tensor) : tensor.data, shape);
  };
  const count = (nodes: number, planMs: number, runMs: number) => {
    const counted = counters();
    counted.runs++;
    counted.nodes += nodes;
    counted.planMs += planMs;
    counted.runMs += runMs;
  };

  return {
    plan(nodes: readonly GraphNode[], roots: ReadonlySet<Value>): Plan {
      const start = performance.now();
      // The GPU's provider has no product of transposed matrices, and would leave it to the CPU.
      const plan = createPlan(runtime.onGpu ? withStandardOperators(nodes) : nodes, roots);
      counters().planMs += performance.now() - start;
      return plan;
    },
    feeds({ feeds }: Plan): NamedTensors {
      const tensors: NamedTensors = {};
      for (const { name, value, shape } of feeds) tensors[name] = feedTensor(value, shape);
      return tensors;
    },
    fetches({ results }: Plan): Record<string, Ort.Tensor | null> {
      const fetches: Record<string, Ort.Tensor | null> = {};
      for (const { name, value } of results) fetches[name] = recycler.take(value.type, value.shape) ?? null;
      return fetches;
    },
    finish({ results, steps }: Plan, tensors: NamedTensors, start: number): void {
      for (const { name, value } of results) {
        value.tensor = tensors[name] as Ort.Tensor;
        value.recyclable = runtime.compileSync !== undefined;
      }
      count(steps.length, 0, performance.now() - start);
    },
    /** Runs a session on other values. */
    again(
      { feeds, results, nodes }: Program,
      values: readonly Value[],
      runSync: (feeds: NamedTensors, fetches: Record<string, Ort.Tensor | null>) => NamedTensors,
    ): readonly Ort.Tensor[] {
      const start = performance.now();
      const tensors: NamedTensors = {};
      for (let i = 0; i < feeds.length; i++) {
        const { name, shape } = feeds[i] as Program["feeds"][number];
        tensors[name] = feedTensor(values[i] as Value, shape);
      }
      const fetches: Record<string, Ort.Tensor | null> = {};
      for (const { name, type, shape } of results) fetches[name] = recycler.take(type, shape) ?? null;
      const started = performance.now();
      const made = runSync(tensors, fetches);
      const ended = performance.now();
      recycler.collect();
      counters().cacheHits++;
      count(nodes, started - start, ended - started);
      return results.map(({ name }) => made[name] as Ort.Tensor);
    },
  };
}
