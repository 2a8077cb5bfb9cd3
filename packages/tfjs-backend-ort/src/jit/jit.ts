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
import { OrtBackend } from "../backend/ort-backend.js";
import { JitError } from "./jit-error.js";
import { type FlatTensors, flattenArguments, type NumberArray } from "./nested-leaves.js";
import { replayCall } from "./replay-call.js";
import { createSignatureTraces, type SignatureTraces } from "./signature-traces.js";
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
  const counts = { traced: 0, replayed: 0 };
  const reasons = new Map<string, number>();
  const isCheckDue = doublingIntervals();
  let traces: SignatureTraces | undefined;
  let refused: JitError | undefined;

  const fallBack = (reason: string, args: Args): Result => {
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    return fn(...args);
  };
  const refuse = (error: JitError): void => {
    traces?.forget();
    refused = error;
  };
  const trace = (known: SignatureTraces, given: FlatTensors<tf.Tensor | NumberArray>, args: Args): Result => {
    let traced: ReturnType<typeof traceCall>;
    try {
      traced = traceCall(known.backend, fn as unknown as Parameters<typeof traceCall>[1], given);
    } catch (error) {
      if (!(error instanceof JitError) || untraceable === "throw" || error.created !== undefined) throw error;
      refuse(error);
      return fallBack(error.message, args);
    }
    counts.traced++;
    const reason = known.learn(given.signature, traced.trace);
    if (reason !== undefined) {
      const error = changesFromCallToCall(reason);
      refuse(error);
      if (untraceable === "throw") {
        tf.dispose(traced.result as tf.TensorContainer);
        throw error;
      }
    }
    return traced.result as Result;
  };
  const call = (...args: Args): Result => {
    const backend = tf.backend();
    if (backend instanceof OrtBackend && backend.recording) return fn(...args);
    const ort = traceable(backend);
    if (typeof ort === "string") return fallBack(ort, args);
    if (ort !== traces?.backend) {
      traces?.forget();
      traces = createSignatureTraces(ort);
    }
    if (refused) {
      if (untraceable === "throw") throw refused;
      return fallBack(refused.message, args);
    }
    const given = flattenArguments(args);
    const known = isCheckDue() ? undefined : traces.replayable(given.signature);
    const replayed = known && replayCall(ort, known, given.leaves);
    if (!replayed) return trace(traces, given, args);
    counts.replayed++;
    return replayed.result as Result;
  };

  return Object.defineProperties(call, {
    counts: { get: (): JitCounts => ({ ...counts, ...fallsOf(reasons) }) },
    dispose: { value: () => traces?.forget() },
  }) as JitFunction<Args, Result>;
}

/** The backend where functions can be traced on it now; otherwise why they can't. */
function traceable(backend: tf.KernelBackend): OrtBackend | string {
  if (!(backend instanceof OrtBackend)) return `the backend is ${tf.getBackend()}`;
  if (!backend.runtime.compileSync) return `${backend.runtime.name} computes asynchronously`;
  if (tf.engine().state.gradientDepth > 0) return "it is called inside a gradient";
  return backend;
}

/** True at calls 2, 4, 8, 16 and so on. */
function doublingIntervals(): () => boolean {
  let calls = 0;
  let next = 2;
  return () => {
    calls++;
    const isDue = calls >= next;
    if (isDue) next *= 2;
    return isDue;
  };
}

const changesFromCallToCall = (reason: string) =>
  new JitError(
    `jit: ${reason}. What changes from call to call has to be an argument, as a tensor, or a variable; ` +
      'with { untraceable: "call" } the function is called as it is.',
  );

const fallsOf = (reasons: ReadonlyMap<string, number>): Pick<JitCounts, "fallenBack" | "reasons"> => ({
  fallenBack: [...reasons.values()].reduce((sum, count) => sum + count, 0),
  reasons: Object.fromEntries(reasons),
});
