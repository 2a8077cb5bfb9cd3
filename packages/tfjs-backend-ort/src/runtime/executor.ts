import type * as Ort from "onnxruntime-common";
import { type GraphNode, type HostValues, isConstant, sameShape, type Value } from "../graph/graph.js";
import { createPlan, nodeName, type Plan, toModel } from "../graph/plan.js";
import { withStandardOperators } from "../graph/standard-operators.js";
import { type ElementType, encodeModel, type Model } from "../onnx/encode-model.js";
import { createCounters, type OrtCounters } from "./counters.js";
import { nodesForCpu } from "./nodes-for-cpu.js";
import { createRecycler, isOnGpu } from "./recycler.js";
import type { NamedTensors, Runtime, Session } from "./runtime.js";
import { createSessionCache } from "./session-cache.js";

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

/** An executor that keeps the `limit` most recently used sessions. */
export function createExecutor(runtime: Runtime, limit: number): Executor {
  const sessions = createSessionCache(limit);
  const recycler = createRecycler();
  let counters = createCounters();

  const plan = (nodes: readonly GraphNode[], roots: ReadonlySet<Value>): Plan => {
    const start = performance.now();
    // The GPU's provider has no product of transposed matrices, and would leave it to the CPU.
    const made = createPlan(runtime.onGpu ? withStandardOperators(nodes) : nodes, roots);
    counters.planMs += performance.now() - start;
    return made;
  };

  const known = ({ key }: Plan): Session | undefined => {
    const session = sessions.get(key);
    if (session) counters.cacheHits++;
    return session;
  };

  const compiled = ({ key }: Plan, session: Session, start: number): Session => {
    sessions.add(key, session);
    counters.compiles++;
    counters.compileMs += performance.now() - start;
    return session;
  };

  const compileSync = (model: Model): Session => {
    const cpuNodes = runtime.onGpu ? nodesForCpu(model.nodes) : [];
    for (const { operator } of cpuNodes) counters.keptOnCpu.set(operator, (counters.keptOnCpu.get(operator) ?? 0) + 1);
    return runtime.compileSync?.(encodeModel(model), { cpuNodes: cpuNodes.map(({ name }) => name) }) as Session;
  };

  const feedsOf = ({ feeds }: Plan): NamedTensors => {
    const tensors: NamedTensors = {};
    for (const { name, value, shape } of feeds) tensors[name] = feedTensor(value, shape);
    return tensors;
  };

  /** The tensor of a value under `shape`. */
  const feedTensor = (value: Value, shape: readonly number[]): Ort.Tensor => {
    const tensor = tensorOf(runtime, value);
    if (sameShape(shape, value.shape)) return tensor;
    return createTensor(runtime, tensor.type, isOnGpu(tensor) ? download(tensor) : tensor.data, shape);
  };

  const copies = new Map<string, Session>();
  const download = (tensor: Ort.Tensor): HostValues => {
    if (!isOnGpu(tensor)) return tensor.data as HostValues;
    const { type, dims } = tensor;
    const key = `${type}${dims.length}`;
    const copy =
      copies.get(key) ??
      (runtime.compileSync?.(encodeModel(copyModel(type as ElementType, dims.length)), {
        resultsOnHost: true,
      }) as Session);
    copies.set(key, copy);
    counters.downloads++;
    return copy.runSync?.({ x: tensor }, { y: null }).y?.data as HostValues;
  };

  const fetchesOf = ({ results }: Plan): Record<string, Ort.Tensor | null> => {
    const fetches: Record<string, Ort.Tensor | null> = {};
    for (const { name, value } of results) fetches[name] = recycler.take(value.type, value.shape) ?? null;
    return fetches;
  };

  const finish = ({ results, steps }: Plan, tensors: NamedTensors, start: number): void => {
    for (const { name, value } of results) {
      value.tensor = tensors[name] as Ort.Tensor;
      value.recyclable = runtime.compileSync !== undefined;
    }
    counters.runs++;
    counters.nodes += steps.length;
    counters.runMs += performance.now() - start;
  };

  /** One attempt: what is left to compute after it, which is nothing unless it failed. */
  const attempt = async (nodes: readonly GraphNode[], roots: ReadonlySet<Value>): Promise<ReadonlySet<Value>> => {
    try {
      const planned = plan(nodes, roots);
      let session = known(planned);
      if (!session) {
        const start = performance.now();
        session = compiled(planned, await runtime.compile(encodeModel(toModel(planned))), start);
      }
      const start = performance.now();
      finish(planned, await session.run(feedsOf(planned)), start);
      return new Set();
    } catch (cause) {
      return giveUp(nodes, roots, cause);
    }
  };

  let lastPlan: Plan | undefined;

  const attemptSync = (nodes: readonly GraphNode[], roots: ReadonlySet<Value>): ReadonlySet<Value> => {
    try {
      const planned = plan(nodes, roots);
      let session = known(planned);
      if (!session) {
        const start = performance.now();
        session = compiled(planned, compileSync(toModel(planned)), start);
      }
      const start = performance.now();
      finish(planned, session.runSync?.(feedsOf(planned), fetchesOf(planned)) as NamedTensors, start);
      lastPlan = planned;
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
      const planned = attempts === 1 ? lastPlan : undefined;
      lastPlan = undefined;
      return planned;
    },
    rerunSync({ key, feeds, results, nodes }, values) {
      const session = sessions.get(key);
      if (!session?.runSync) return undefined;
      const start = performance.now();
      const tensors: NamedTensors = {};
      for (let i = 0; i < feeds.length; i++) {
        const { name, shape } = feeds[i] as Program["feeds"][number];
        tensors[name] = feedTensor(values[i] as Value, shape);
      }
      const fetches: Record<string, Ort.Tensor | null> = {};
      for (const { name, type, shape } of results) fetches[name] = recycler.take(type, shape) ?? null;
      const started = performance.now();
      const made = session.runSync(tensors, fetches);
      const ended = performance.now();
      recycler.collect();
      counters.cacheHits++;
      counters.runs++;
      counters.nodes += nodes;
      counters.planMs += started - start;
      counters.runMs += ended - started;
      return results.map(({ name }) => made[name] as Ort.Tensor);
    },
    download,
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
      for (const copy of copies.values()) copy.release();
      copies.clear();
    },
  };
}

/** y = x, for tensors of any lengths. */
function copyModel(type: ElementType, rank: number): Model {
  const shape = Array.from({ length: rank }, (_, axis) => `d${axis}`);
  const node = { name: "copy", operator: "Identity", domain: "", inputs: ["x"], outputs: ["y"], attributes: {} };
  return { nodes: [node], inputs: [{ name: "x", type, shape }], outputs: [{ name: "y", type, shape }], constants: [] };
}

function tensorOf(runtime: Runtime, value: Value): Ort.Tensor {
  if (!value.tensor) {
    if (!value.host) throw new Error("The ort backend has lost the values of a tensor that is still in use.");
    value.tensor = createTensor(runtime, value.type, value.host, value.shape);
  }
  return value.tensor;
}

function createTensor({ Tensor }: Runtime, type: string, values: unknown, shape: readonly number[]): Ort.Tensor {
  return new Tensor(type as "float32", values as Float32Array, shape);
}

/**
 * After a run that failed: marks as failed the roots that depend on the node which ONNX Runtime names in its message, or on a value that was lost
 * before, or all where there is none of these; and returns the others.
 */
function giveUp(nodes: readonly GraphNode[], roots: ReadonlySet<Value>, cause: unknown): ReadonlySet<Value> {
  const message = cause instanceof Error ? cause.message : String(cause);
  const failure = new Error(`ONNX Runtime could not compute this tensor: ${message}`, { cause });
  const lost = lostValues(nodes, message);
  const concerned = [...roots].filter((root) => lost.has(root));
  for (const root of concerned.length > 0 ? concerned : roots) root.failure = failure;
  return new Set(concerned.length > 0 ? [...roots].filter((root) => !lost.has(root)) : []);
}

/** Values that depend on a node whose name is in `message`, or on a value that was lost before. */
function lostValues(nodes: readonly GraphNode[], message: string): ReadonlySet<Value> {
  const lost = new Set<Value>();
  const names = new Set(message.match(/\bnode\d+\b/g));
  for (const node of nodes) {
    if (!node.needed) continue;
    const depends = node.inputs.some(
      (input) => input && !isConstant(input) && (lost.has(input.value) || input.value.failure),
    );
    if (depends || names.has(nodeName((node.outputs[0] as Value).identifier))) {
      for (const output of node.outputs) lost.add(output);
    }
  }
  return lost;
}
