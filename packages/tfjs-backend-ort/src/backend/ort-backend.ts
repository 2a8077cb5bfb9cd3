import * as tf from "@tensorflow/tfjs-core";
import { createValue, type GraphNode, type HostValues, type Value } from "../graph/graph.js";
import { createPendingGraph, settle, type TakenGraph } from "../graph/pending-graph.js";
import type { Plan } from "../graph/plan.js";
import { fillOnHost } from "../graph/simplify.js";
import type { OrtCounters } from "../runtime/counters.js";
import { createExecutor, type Executor } from "../runtime/executor.js";
import type { Runtime } from "../runtime/runtime.js";
import { copyValues, mergeComplex } from "./host-values.js";
import { createRecording, type Recording, refusal } from "./recording.js";
import { TracingBackend } from "./tracing-backend.js";
import { createVariableGuard } from "./variable-guard.js";

/** Bounds of an {@link OrtBackend}. */
export interface OrtBackendLimits {
  /** Number of compiled sessions that are kept. */
  readonly sessions: number;
  /** Number of waiting nodes at which the graph is computed although nobody has read a tensor. */
  readonly pendingNodes: number;
}

/**
 * The TensorFlow.js backend "ort". Its kernels compute nothing: they append nodes to a graph. Reading a tensor computes the whole graph, every value
 * that a tensor still holds, in one run of an ONNX Runtime session, which is compiled once for each structure of graph and kept.
 */
export class OrtBackend extends TracingBackend {
  /** What computes graphs; its tensors are those of ONNX Runtime. */
  readonly executor: Executor;
  #queue: Promise<void> = Promise.resolve();
  #recording: Recording | undefined;
  readonly #variables = createVariableGuard(
    (id) => (this.values.has(id) ? this.values.get(id) : undefined),
    (tensor) => this.executor.download(tensor),
  );

  constructor(
    readonly runtime: Runtime,
    private readonly limits: OrtBackendLimits,
  ) {
    super();
    this.executor = createExecutor(runtime, limits.sessions);
  }

  /** Computes the graph when it has grown past the limit and the runtime can do so at once. */
  bound(): void {
    const { compileSync } = this.runtime;
    if (!this.#recording && this.pending.size >= this.limits.pendingNodes && compileSync) this.flushSync();
  }

  /** The nodes that `run` appends, which are taken out of the graph; what needs them afterwards has failed. */
  record(run: () => void): readonly GraphNode[] {
    const { graph, error } = this.recordGraph(run, createRecording(false));
    const failure = new Error("This tensor was made inside a function that was only recorded, so it has no values.");
    for (const { outputs } of graph.nodes) for (const output of outputs) output.failure = failure;
    if (error) throw error.thrown;
    return graph.nodes;
  }

  /** What `run` appends, as a graph of its own that is still to be computed, and what `run` threw, if it threw. */
  recordGraph(run: () => void, recording: Recording): { graph: TakenGraph; error?: { thrown: unknown } } {
    const waiting = this.pending;
    this.pending = createPendingGraph();
    this.#recording = recording;
    try {
      run();
      return { graph: this.pending.take() };
    } catch (thrown) {
      return { graph: this.pending.take(), error: { thrown } };
    } finally {
      this.#recording = undefined;
      this.pending = waiting;
    }
  }

  /** True while a function is recorded. */
  get recording(): boolean {
    return this.#recording !== undefined;
  }

  /** True while a function is recorded to be kept as a model. */
  get exporting(): boolean {
    return this.#recording?.strict === false;
  }

  // Computing.

  /** Computes every value that a tensor holds. */
  async flush(): Promise<void> {
    if (this.#recording) throw refusal("Reading a tensor");
    if (this.runtime.compileSync) {
      this.flushSync();
      return;
    }
    this.#queue = this.#queue.then(async () => {
      const { nodes, roots } = this.pending.take();
      for (const root of roots) root.running = true;
      await this.executor.run(nodes, roots);
      for (const root of roots) root.running = false;
      this.#settle(nodes, roots);
    });
    await this.#queue;
  }

  /** Computes every value that a tensor holds before it returns; the runtime must be synchronous. */
  flushSync(): void {
    const { nodes, roots } = this.pending.take();
    this.executor.runSync(nodes, roots);
    this.#settle(nodes, roots);
  }

  /** Computes a graph that was recorded apart; the runtime must be synchronous. The plan, if everything could be computed. */
  computeSync({ nodes, roots }: TakenGraph): Plan | undefined {
    const plan = this.executor.runSync(nodes, roots);
    this.#settle(nodes, roots);
    return plan;
  }

  #settle(nodes: readonly GraphNode[], roots: ReadonlySet<Value>): void {
    settle(nodes);
    this.#variables.settle([...roots].some(({ failure }) => failure));
  }

  /** Values of a buffer on the host. With a runtime that is not synchronous they must have been computed before. */
  hostValues(value: Value, purpose: string): HostValues {
    if (value.failure) throw value.failure;
    this.#checkReads(value, purpose);
    if (value.node && this.runtime.compileSync) this.flushSync();
    if (value.node || value.running) {
      throw new Error(
        `${purpose} needs the values of a tensor that has not been computed, and ${this.runtime.name} computes only asynchronously. Await tensor.data() first.`,
      );
    }
    return this.#onHost(value);
  }

  #checkReads(value: Value, purpose: string): void {
    const recording = this.#recording;
    if (!recording || (recording.strict ? recording.made.has(value) : !value.node)) return;
    recording.refused ??= refusal(purpose);
    throw recording.refused;
  }

  #onHost(value: Value): HostValues {
    if (value.failure) throw value.failure;
    if (value.host === undefined) {
      if (!value.tensor)
        throw new Error("The ort backend has lost the values of a tensor: it was read after its disposal.");
      const onGpu = value.tensor.location === "gpu-buffer";
      value.host = this.executor.download(value.tensor);
      value.recyclable &&= onGpu; // else the caller now has its memory
    }
    return value.host;
  }

  // What tfjs-core asks of a backend.

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    const value = createValue(dtype as Value["type"], shape);
    if (dtype !== "complex64") value.host = copyValues(values, dtype);
    this.#recording?.made.set(value, values);
    return this.output({ value, shape }).dataId;
  }

  override move(
    dataId: tf.DataId,
    values: tf.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    if (dtype === "complex64") throw new Error("The ort backend cannot take over complex tensors of another backend.");
    const value = createValue(dtype as Value["type"], shape);
    value.host = copyValues(values, dtype);
    value.references = refCount;
    this.values.set(dataId, value);
  }

  override async read(dataId: tf.DataId): Promise<tf.BackendValues> {
    const value = this.value(dataId);
    const { real, imag } = value.parts ?? { real: value, imag: value };
    const read = [real, imag];
    if (this.#recording) for (const part of read) this.#checkReads(part, "Reading a tensor");
    for (const part of read) part.readers++;
    try {
      if (read.some(({ node, running }) => node || running)) await this.flush();
      return value.parts
        ? mergeComplex(this.#onHost(real), this.#onHost(imag))
        : (this.#onHost(value) as tf.BackendValues);
    } finally {
      for (const part of read) part.readers--;
    }
  }

  override readSync(dataId: tf.DataId): tf.BackendValues {
    const value = this.value(dataId);
    if (value.parts) {
      const { real, imag } = value.parts;
      return mergeComplex(this.hostValues(real, "dataSync"), this.hostValues(imag, "dataSync"));
    }
    return this.hostValues(value, "dataSync") as tf.BackendValues;
  }

  /** The values of a tensor as a buffer, which some CPU kernels of tfjs-core ask their backend for. */
  bufferSync(info: tf.TensorInfo): tf.TensorBuffer<tf.Rank, tf.DataType> {
    return tf.buffer(info.shape, info.dtype, this.readSync(info.dataId) as tf.TypedArray);
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    if (!this.values.has(dataId)) return true;
    const value = this.value(dataId);
    if (value.variable) this.#variables.replaced(value);
    value.references--;
    if (value.references > 0 && !force) return false;
    value.references = 0;
    this.values.delete(dataId);
    if (value.parts) {
      this.disposeData(value.parts.real);
      this.disposeData(value.parts.imag);
    }
    if (value.readers === 0) this.executor.recycle(value, this.pending.size === 0);
    return true;
  }

  /** Called for variables only; kernels use {@link OrtBackend.share}. */
  override incRef(dataId: tf.DataId): void {
    const value = this.value(dataId);
    value.references++;
    value.variable = true;
    fillOnHost(value);
  }

  override refCount(dataId: tf.DataId): number {
    return this.values.has(dataId) ? this.value(dataId).references : 0;
  }

  override numDataIds(): number {
    return this.values.numDataIds();
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override async time(run: () => void): Promise<tf.BackendTimingInfo> {
    const start = performance.now();
    run();
    await this.flush();
    return { kernelMs: performance.now() - start };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  /** Computes what waits, where that can be done at once, so that tensors outlive the backend; then frees the sessions. */
  override dispose(): void {
    if (this.runtime.compileSync) this.flushSync();
    this.pending.clear();
    this.executor.clear();
  }

  /** What has been done so far. */
  get counters(): OrtCounters {
    return this.executor.counters;
  }

  /** Starts counting afresh. */
  resetCounters(): void {
    this.executor.resetCounters();
  }

  /** Number of sessions that are kept. */
  get sessionCount(): number {
    return this.executor.sessions;
  }

  /** Number of nodes that wait to be computed. */
  get pendingNodes(): number {
    return this.pending.size;
  }
}
