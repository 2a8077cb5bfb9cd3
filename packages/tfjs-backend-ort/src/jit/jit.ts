/**
 * `jit(fn)`: a function of tensors that is traced once and then run without being called.
 *
 * The first call for each signature (types and shapes of the arguments, and how they are nested) calls `fn` and notes what its kernels append: the loss,
 * its gradients, the optimizer's update. Later calls feed the compiled session with their arguments and with what the variables hold, and give the results
 * to the variables that `fn` assigned and to the tensors that it gave back. No tape is kept, no graph planned, no tensor made but those.
 *
 *     const step = jit((images: tf.Tensor4D, labels: tf.Tensor1D, learningRate: tf.Scalar) => {
 *       const { value, grads } = tf.variableGrads(() => loss(images, labels));
 *       for (const [name, gradient] of Object.entries(grads)) {
 *         const variable = weights[name];
 *         variable.assign(tf.sub(variable, tf.mul(gradient, learningRate)));
 *       }
 *       return { loss: value };
 *     });
 *     const { loss } = step(images, labels, tf.scalar(0.1));
 *
 * What is an input: the tensors and typed arrays among the arguments, and every `tf.Variable` that `fn` uses. An array is one where `fn` makes a tensor of it
 * as it is: `tf.tensor1d(ids, "int32")` of an `Int32Array`, `tf.tensor4d(pixels, shape)` of a `Float32Array`. Everything else is taken to be the same in each call:
 * numbers, what JavaScript computes of an array, and tensors from outside that are no variables. So a number that changes, such as a learning rate or the step,
 * has to be an argument, as a tensor; and a mask that follows from ids is made of them by operations on tensors. That nothing else changes is checked: calls 2, 4, 8, 16 and so on call `fn` again and compare.
 *
 * What cannot be traced is refused with a {@link JitError}: reading a tensor (`dataSync`, a branch on data, a kernel that runs on the CPU backend), numbers
 * that change (random ones too, unless seeded), an `async` function, results that are no tensors.
 */
import * as tf from "@tensorflow/tfjs-core";
import type * as Ort from "onnxruntime-common";
import { OrtBackend } from "../backend/ort-backend.js";
import { compareTraces } from "./compare-traces.js";
import { releaseHeld } from "./held-variables.js";
import { JitError } from "./jit-error.js";
import { type FlatTensors, flattenArguments, type NumberArray } from "./nested-leaves.js";
import { replayCall } from "./replay-call.js";
import type { Trace } from "./trace.js";
import { traceCall } from "./trace-call.js";

/** Options of {@link jit}. */
export interface JitOptions {
  /**
   * What to do with a function that cannot be traced: "throw" a {@link JitError}, or "call" it as it is from then on, which `counts` tells. Default
   * "throw". When tracing stops in the middle of a call, that call begins again: variables are given back what they held, but what the function did
   * to anything else has been done twice.
   */
  readonly untraceable?: "throw" | "call";
}

/** What has become of the calls of a function under {@link jit}. */
export interface JitCounts {
  /** Calls that called the function to trace it, or to check its trace. */
  readonly traced: number;
  /** Calls that ran the session only. */
  readonly replayed: number;
  /** Calls that called the function as if there were no jit, and how many of them for which reason. */
  readonly fallenBack: number;
  readonly reasons: Readonly<Record<string, number>>;
}

/** A function under {@link jit}. */
export interface JitFunction<Args extends readonly unknown[], Result> {
  (...args: Args): Result;
  readonly counts: JitCounts;
  /** Lets go of the tensors from outside that traces hold. The function can be called again, and is then traced anew. */
  dispose(): void;
}

/** Traces of one signature that may differ before the function is taken to do something else in each call. */
const maxTraces = 4;

/** What is known of one signature. */
interface Signature {
  trace: Trace | undefined;
  /** True once two traces have been the same. */
  confirmed: boolean;
  /** Traces made, and why the last one could not be used. */
  traces: number;
  reason: string;
}

/**
 * A function that does what `fn` does, traced once for each signature and then run by a compiled session; see the top of this file.
 *
 * `fn` takes tensors and typed arrays and gives tensors, alone or nested in arrays and plain records, and may use and assign variables. Whole numbers, text,
 * booleans, `null` and `undefined` among the arguments belong to the signature. Results are new tensors, a variable or an
 * argument given back is copied. On other backends than "ort", inside `tf.grad` and its like, and inside another traced function, `fn` is called.
 *
 * @throws JitError when called, as {@link JitOptions.untraceable} says
 * @throws what `fn` throws, and the error of ONNX Runtime when a session fails; variables then keep what they held
 */
export function jit<Args extends readonly unknown[], Result>(
  fn: (...args: Args) => Result,
  { untraceable = "throw" }: JitOptions = {},
): JitFunction<Args, Result> {
  const signatures = new Map<string, Signature>();
  const counts = { traced: 0, replayed: 0 };
  const reasons = new Map<string, number>();
  let backend: OrtBackend | undefined;
  let refused: JitError | undefined;
  let checked = false;
  let calls = 0;
  let nextCheck = 2;

  const forget = () => {
    for (const { trace } of signatures.values()) if (backend && trace) release(backend, trace);
    signatures.clear();
    checked = false;
  };
  const fallBack = (reason: string, args: Args): Result => {
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    return fn(...args);
  };
  const refuse = (message: string): JitError => {
    forget();
    refused = new JitError(
      `jit: ${message}. What changes from call to call has to be an argument, as a tensor, or a variable; ` +
        'with { untraceable: "call" } the function is called as it is.',
    );
    return refused;
  };

  const store = (ort: OrtBackend, known: Signature, trace: Trace) => {
    if (known.trace) release(ort, known.trace);
    known.trace = trace;
    hold(trace);
  };

  /** Takes note of a trace; why the function is refused, if it is. */
  const learn = (ort: OrtBackend, known: Signature, trace: Trace | string): string | undefined => {
    known.traces++;
    if (typeof trace === "string") known.reason = `${trace} in each call`;
    else if (!known.trace) {
      store(ort, known, trace);
      return undefined;
    } else {
      const difference = compareTraces(
        known.trace,
        trace,
        ({ host, tensor }) => host ?? ort.executor.download(tensor as Ort.Tensor),
      );
      if (difference.kind === "none") {
        known.confirmed = true;
        known.traces = 0;
        checked = true;
        return undefined;
      }
      if (difference.kind === "constant") return difference.message;
      store(ort, known, trace);
      known.confirmed = false;
      known.reason = "it does something else in each call";
    }
    return known.traces >= maxTraces ? known.reason : undefined;
  };

  const trace = (ort: OrtBackend, given: FlatTensors<tf.Tensor | NumberArray>, args: Args): Result => {
    const known = signatures.get(given.signature) ?? { trace: undefined, confirmed: false, traces: 0, reason: "" };
    signatures.set(given.signature, known);
    let traced: ReturnType<typeof traceCall>;
    try {
      traced = traceCall(ort, fn as unknown as Parameters<typeof traceCall>[1], given);
    } catch (error) {
      if (!(error instanceof JitError) || untraceable === "throw" || error.created !== undefined) throw error;
      forget();
      refused = error;
      return fallBack(error.message, args);
    }
    counts.traced++;
    const reason = learn(ort, known, traced.trace);
    if (reason !== undefined) {
      const error = refuse(reason);
      if (untraceable === "throw") {
        tf.dispose(traced.result as tf.TensorContainer);
        throw error;
      }
    }
    return traced.result as Result;
  };

  const call = (...args: Args): Result => {
    const current = tf.backend();
    if (!(current instanceof OrtBackend)) return fallBack(`the backend is ${tf.getBackend()}`, args);
    if (current.recording) return fn(...args);
    if (!current.runtime.compileSync) return fallBack(`${current.runtime.name} computes asynchronously`, args);
    if (tf.engine().state.gradientDepth > 0) return fallBack("it is called inside a gradient", args);
    if (current !== backend) {
      forget();
      backend = current;
    }
    if (refused) {
      if (untraceable === "throw") throw refused;
      return fallBack(refused.message, args);
    }
    const given = flattenArguments(args);
    const known = signatures.get(given.signature);
    calls++;
    const due = calls >= nextCheck;
    if (due) nextCheck *= 2;
    if (known?.trace && !due && (known.confirmed || (checked && known.traces < 2))) {
      const replayed = replayCall(current, known.trace, given.leaves);
      if (replayed) {
        counts.replayed++;
        return replayed.result as Result;
      }
    }
    return trace(current, given, args);
  };

  return Object.defineProperties(call, {
    counts: {
      get: (): JitCounts => ({
        ...counts,
        fallenBack: [...reasons.values()].reduce((sum, count) => sum + count, 0),
        reasons: Object.fromEntries(reasons),
      }),
    },
    dispose: { value: forget },
  }) as JitFunction<Args, Result>;
}

/** Keeps the memory of tensors from outside, which may be disposed while the trace needs them. */
function hold({ feeds }: Trace): void {
  for (const feed of feeds) if (feed.kind === "constant") feed.value.readers++;
}

function release(backend: OrtBackend, { feeds }: Trace): void {
  for (const feed of feeds) if (feed.kind === "constant") releaseHeld(backend, feed.value);
}
