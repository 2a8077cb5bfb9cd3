import type { JitCounts } from "@tesserae/tfjs-backend-ort";
import type { ClipSize } from "./clip-sizes.js";

/** What a process is told before its first step. */
export interface StepRequest {
  readonly backend: string;
  /** Device of the backend "ort". Default: the CPU. */
  readonly device?: string;
  readonly threads: number;
  readonly size: ClipSize;
  /** Whether the step runs under `jit`. */
  readonly traced: boolean;
}

/** What a process says of a step. */
export interface StepReport {
  readonly milliseconds: number;
  readonly loss: number;
  /** Most memory that the process has had, in bytes. */
  readonly memory: number;
  /** Milliseconds in ONNX Runtime and milliseconds of compiling, where the engine is ONNX Runtime. */
  readonly session?: number;
  readonly compile?: number;
  /** What has become of all steps so far, where they run under `jit`. */
  readonly counts?: JitCounts;
}
