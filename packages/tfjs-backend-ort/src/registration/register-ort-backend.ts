import * as tf from "@tensorflow/tfjs-core";
import type { InferenceSession } from "onnxruntime-common";
import { OrtBackend } from "../backend/ort-backend.js";
import { registerGradients } from "../gradients/register-gradients.js";
import { loadRuntime, type OrtModule } from "../runtime/runtime.js";
import { registerKernels } from "./register-kernels.js";

/** Options of {@link registerOrtBackend}. */
export interface OrtBackendOptions {
  /** Build of ONNX Runtime to use instead of the native one for this machine, such as `await import("onnxruntime-web")`. */
  readonly ort?: OrtModule;
  /** Execution providers in order of preference, as ONNX Runtime takes them; the default is its own, the CPU. */
  readonly executionProviders?: readonly InferenceSession.ExecutionProviderConfig[];
  /** Threads that a session computes with; the default is one for each processor. */
  readonly threads?: number;
  /** Compiled sessions to keep, at least 1; the default is 16. Each keeps the memory of its intermediate results; the one unused for longest goes first. */
  readonly maxSessions?: number;
  /**
   * Whether a session keeps the memory of its intermediate results for its next run; default true. Without, all sessions share the process's:
   * less memory where sessions take turns, as the parts of a batch do, and more time on large graphs.
   */
  readonly keepMemory?: boolean;
  /** Waiting kernels at which the graph is computed although nothing has been read, at least 1; the default is 20,000. */
  readonly maxPendingNodes?: number;
}

/** Name under which the backend is registered. */
export const ortBackendName = "ort";

/**
 * Registers the TensorFlow.js backend "ort", and tfjs-core's gradients with it. Then choose it: `await tf.setBackend("ort")`.
 *
 * ONNX Runtime is loaded when the backend is first chosen, and with it `@tensorflow/tfjs-backend-cpu`, whose kernels stand in for those that have no
 * ONNX mapping. Registering again replaces the options and disposes the backend that was made with the old ones.
 *
 * @throws RangeError when `threads`, `maxSessions` or `maxPendingNodes` is not a positive whole number
 */
export function registerOrtBackend(options: OrtBackendOptions = {}): void {
  const { ort, executionProviders, threads, maxSessions = 16, maxPendingNodes = 20_000, keepMemory = true } = options;
  checkCount("maxSessions", maxSessions);
  checkCount("maxPendingNodes", maxPendingNodes);
  if (threads !== undefined) checkCount("threads", threads);
  const sessionOptions: InferenceSession.SessionOptions = {
    ...(executionProviders ? { executionProviders } : {}),
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    interOpNumThreads: 1,
    executionMode: "sequential",
    // The higher levels take twice as long to compile and, on graphs that hold a backward pass, run no faster.
    graphOptimizationLevel: "basic",
    enableCpuMemArena: keepMemory,
    // A memory pattern doubles what a session keeps and saves no time.
    enableMemPattern: false,
    // Threads that spin while they wait cost a third of the speed as soon as another process wants a processor.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
    logSeverityLevel: 3,
  };
  registerGradients();
  if (tf.findBackendFactory(ortBackendName)) tf.removeBackend(ortBackendName);
  tf.registerBackend(ortBackendName, async () => {
    const runtime = await loadRuntime(ort, sessionOptions);
    const cpu = await loadCpuBackend();
    registerKernels(ortBackendName, cpu);
    return new OrtBackend(runtime, { sessions: maxSessions, pendingNodes: maxPendingNodes });
  });
}

function checkCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`registerOrtBackend: ${name} must be a whole number of at least 1, but is ${value}.`);
  }
}

async function loadCpuBackend(): Promise<tf.KernelBackend> {
  await import("@tensorflow/tfjs-backend-cpu");
  const cpu = tf.findBackend("cpu") as tf.KernelBackend & { firstUse?: boolean };
  // Its advice to install tfjs-node does not apply to somebody who uses it through this backend.
  cpu.firstUse = false;
  return cpu;
}
