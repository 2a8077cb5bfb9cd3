import type * as Ort from "onnxruntime-common";
import type { OrtBackend } from "../backend/ort-backend.js";
import { compareTraces } from "./compare-traces.js";
import { releaseHeld } from "./held-variables.js";
import type { Trace } from "./trace.js";

/** The traces of a function on one backend, one for each signature. */
export interface SignatureTraces {
  readonly backend: OrtBackend;
  /** The trace that a call of this signature may run, once two were the same, of this signature or, for a first trace, of another. */
  replayable(signature: string): Trace | undefined;
  /** Takes note of a trace, or of why there is none; why the function is to be refused, if it is. */
  learn(signature: string, trace: Trace | string): string | undefined;
  /** Lets go of all traces and of the tensors that they hold. */
  forget(): void;
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

export function createSignatureTraces(backend: OrtBackend): SignatureTraces {
  const signatures = new Map<string, Signature>();
  let anyConfirmed = false;

  const store = (known: Signature, trace: Trace) => {
    if (known.trace) release(backend, known.trace);
    known.trace = trace;
    hold(trace);
  };
  /** Keeps a trace that differs from the one known; returns the message about a number that should not have changed. */
  const compare = (known: Signature, before: Trace, trace: Trace): string | undefined => {
    const read: Parameters<typeof compareTraces>[2] = ({ host, tensor }) =>
      host ?? backend.executor.download(tensor as Ort.Tensor);
    const difference = compareTraces(before, trace, read);
    if (difference.kind === "none") {
      known.confirmed = true;
      known.traces = 0;
      anyConfirmed = true;
      return undefined;
    }
    if (difference.kind === "constant") return difference.message;
    store(known, trace);
    known.confirmed = false;
    known.reason = "it does something else in each call";
    return known.traces >= maxTraces ? known.reason : undefined;
  };

  return {
    backend,
    replayable: (signature) => {
      const known = signatures.get(signature);
      return known && (known.confirmed || (anyConfirmed && known.traces < 2)) ? known.trace : undefined;
    },
    learn: (signature, trace) => {
      const known = signatures.get(signature) ?? { trace: undefined, confirmed: false, traces: 0, reason: "" };
      signatures.set(signature, known);
      known.traces++;
      if (typeof trace === "string") {
        known.reason = `${trace} in each call`;
        return known.traces >= maxTraces ? known.reason : undefined;
      }
      if (known.trace) return compare(known, known.trace, trace);
      store(known, trace);
      return undefined;
    },
    forget: () => {
      for (const { trace } of signatures.values()) if (trace) release(backend, trace);
      signatures.clear();
      anyConfirmed = false;
    },
  };
}

/** Keeps the memory of tensors from outside, which may be disposed while the trace needs them. */
function hold({ feeds }: Trace): void {
  for (const feed of feeds) if (feed.kind === "constant") feed.value.readers++;
}

function release(backend: OrtBackend, { feeds }: Trace): void {
  for (const feed of feeds) if (feed.kind === "constant") releaseHeld(backend, feed.value);
}
