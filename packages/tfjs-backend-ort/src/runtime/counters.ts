/** What an ort backend has done since it was made. Times are in milliseconds. */
export interface OrtCounters {
  compiles: number;
  compileMs: number;
  cacheHits: number;
  runs: number;
  runMs: number;
  nodes: number;
  planMs: number;
  traceMs: number;
  /** Results that were brought from a GPU to the host. */
  downloads: number;
  /** Nodes of compiled sessions that are left to the CPU on a GPU, by operator. */
  keptOnCpu: Map<string, number>;
  /** Kernels that ran on the CPU backend, by name. */
  fallbacks: Map<string, number>;
}

/** Counters at zero. */
export function createCounters(): OrtCounters {
  return {
    compiles: 0,
    compileMs: 0,
    cacheHits: 0,
    runs: 0,
    runMs: 0,
    nodes: 0,
    planMs: 0,
    traceMs: 0,
    downloads: 0,
    keptOnCpu: new Map(),
    fallbacks: new Map(),
  };
}
