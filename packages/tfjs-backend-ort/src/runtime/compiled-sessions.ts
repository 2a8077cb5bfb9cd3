import { type Plan, toModel } from "../graph/plan.js";
import { encodeModel } from "../onnx/encode-model.js";
import type { OrtCounters } from "./counters.js";
import { nodesForCpu } from "./nodes-for-cpu.js";
import type { Runtime, Session } from "./runtime.js";
import { createSessionCache } from "./session-cache.js";

/** The session of each plan, compiled where it is not kept. */
export interface CompiledSessions {
  of(plan: Plan): Promise<Session>;
  /** As {@link CompiledSessions.of}, before it returns; the runtime must be synchronous. */
  ofSync(plan: Plan): Session;
  /** The session under a plan's key, if it is still kept. */
  kept(key: string): Session | undefined;
  readonly size: number;
  clear(): void;
}

/** Keeps the `limit` most recently used sessions, and counts in what `counters` gives. */
export function createCompiledSessions(runtime: Runtime, limit: number, counters: () => OrtCounters): CompiledSessions {
  const sessions = createSessionCache(limit);

  const known = ({ key }: Plan): Session | undefined => {
    const session = sessions.get(key);
    if (session) counters().cacheHits++;
    return session;
  };
  const add = ({ key }: Plan, session: Session, start: number): Session => {
    sessions.add(key, session);
    counters().compiles++;
    counters().compileMs += performance.now() - start;
    return session;
  };

  return {
    async of(plan) {
      const start = performance.now();
      return known(plan) ?? add(plan, await runtime.compile(encodeModel(toModel(plan))), start);
    },
    ofSync(plan) {
      const start = performance.now();
      const session = known(plan);
      if (session) return session;
      const model = toModel(plan);
      const cpuNodes = runtime.onGpu ? nodesForCpu(model.nodes) : [];
      const { keptOnCpu } = counters();
      for (const { operator } of cpuNodes) keptOnCpu.set(operator, (keptOnCpu.get(operator) ?? 0) + 1);
      const placement = { cpuNodes: cpuNodes.map(({ name }) => name) };
      return add(plan, runtime.compileSync?.(encodeModel(model), placement) as Session, start);
    },
    kept: (key) => sessions.get(key),
    get size() {
      return sessions.size;
    },
    clear: () => sessions.clear(),
  };
}
