import { currentBackend } from "./current-backend.js";

/** What the ort backend has done since it was made or since {@link resetOrtReport}. Times are in milliseconds. */
export interface OrtReport {
  /** ONNX Runtime build that computes. */
  readonly runtime: string;
  /** Sessions that were compiled, and the time that took. */
  readonly compiles: number;
  readonly compileMs: number;
  /** Runs whose session was already there. */
  readonly cacheHits: number;
  /** Sessions that are kept now. */
  readonly sessions: number;
  /** Runs of a session, the nodes they computed, and the time they took. */
  readonly runs: number;
  readonly nodes: number;
  readonly runMs: number;
  /** Time spent in kernels appending nodes, and in turning the nodes into the key of a session. */
  readonly traceMs: number;
  readonly planMs: number;
  /** Results that were brought from a GPU to the host. */
  readonly downloads: number;
  /** Nodes of compiled sessions that this package leaves to the CPU because the GPU's provider lacks them or gets them wrong, by operator. */
  readonly keptOnCpu: Readonly<Record<string, number>>;
  /** Kernels that had no ONNX mapping for their arguments and ran on the CPU backend, by name. */
  readonly fallbacks: Readonly<Record<string, number>>;
  /** Buffers that tensors hold now. */
  readonly liveBuffers: number;
  /** Nodes that wait to be computed. */
  readonly pendingNodes: number;
}

/**
 * Report of the ort backend.
 *
 * @throws Error when the backend has not been registered and chosen
 */
export function ortReport(): OrtReport {
  const backend = currentBackend();
  const { fallbacks, keptOnCpu, ...counters } = backend.counters;
  return {
    runtime: backend.runtime.name,
    ...counters,
    sessions: backend.sessionCount,
    keptOnCpu: sortedRecord(keptOnCpu),
    fallbacks: sortedRecord(fallbacks),
    liveBuffers: backend.numDataIds(),
    pendingNodes: backend.pendingNodes,
  };
}

function sortedRecord(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Sets the counts and times of {@link ortReport} to zero. */
export function resetOrtReport(): void {
  currentBackend().resetCounters();
}
