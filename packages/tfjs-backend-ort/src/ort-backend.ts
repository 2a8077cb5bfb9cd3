import * as tf from "@tensorflow/tfjs-core";
import type * as Ort from "onnxruntime-common";
import { createCounters, type OrtCounters } from "./counters.js";
import {
  constant,
  createValue,
  type GraphNode,
  type HostValues,
  type Input,
  isConstant,
  type Operand,
  signatureOf,
  type Value,
} from "./graph.js";
import { type Attributes, type ElementType, encodeModel } from "./onnx-model.js";
import { createPlan, type Plan, toModel } from "./plan.js";
import { createRecycler } from "./recycler.js";
import type { NamedTensors, Runtime, Session } from "./runtime.js";
import { createSessionCache, type SessionCache } from "./session-cache.js";
import { fillOnHost, simplify } from "./simplify.js";

/** Bounds of an {@link OrtBackend}. */
export interface OrtBackendLimits {
  /** Number of compiled sessions that are kept. */
  readonly sessions: number;
  /** Number of waiting nodes at which the graph is computed although nobody has read a tensor. */
  readonly pendingNodes: number;
}

/** Type and shape of a node's output. */
export interface OutputSpec {
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/** Options of a node: its ONNX attributes and the operator set it is from. */
export interface NodeOptions {
  readonly attributes?: Attributes;
  readonly domain?: string;
}

/**
 * The TensorFlow.js backend "ort". Its kernels compute nothing: they append nodes to a graph. Reading a tensor computes the whole graph, every value
 * that a tensor still holds, in one run of an ONNX Runtime session, which is compiled once for each structure of graph and kept.
 */
export class OrtBackend extends tf.KernelBackend {
  counters: OrtCounters = createCounters();
  readonly #values: tf.DataStorage<Value>;
  readonly #sessions: SessionCache;
  readonly #recycler = createRecycler();
  #pending: GraphNode[] = [];
  #queue: Promise<void> = Promise.resolve();

  constructor(
    readonly runtime: Runtime,
    private readonly limits: OrtBackendLimits,
  ) {
    super();
    this.#values = new tf.DataStorage<Value>(this, tf.engine());
    this.#sessions = createSessionCache(limits.sessions);
  }

  // Tracing, for the kernels.

  /** The buffer of a tensor under the tensor's shape. */
  operand({ dataId, shape }: tf.TensorInfo): Operand {
    return { value: this.value(dataId), shape };
  }

  /** The buffer of a tensor. */
  value(dataId: tf.DataId): Value {
    return this.#values.get(dataId);
  }

  /** Appends a node with one output. */
  node(
    operator: string,
    inputs: readonly Input[],
    type: ElementType,
    shape: readonly number[],
    options?: NodeOptions,
  ): Operand {
    return this.nodes(operator, inputs, [{ type, shape }], options)[0] as Operand;
  }

  /** Appends a node with any number of outputs. */
  nodes(
    operator: string,
    inputs: readonly Input[],
    outputs: readonly OutputSpec[],
    options: NodeOptions = {},
  ): Operand[] {
    for (const input of inputs) {
      if (input !== undefined && !isConstant(input) && input.value.failure) throw input.value.failure;
    }
    const { attributes = {}, domain = "" } = options;
    const values = outputs.map(({ type, shape }) => createValue(type, shape));
    const signature = signatureOf(operator, attributes, inputs);
    const node: GraphNode = { operator, domain, attributes, inputs, outputs: values, signature, needed: false };
    for (const value of values) value.node = node;
    this.#pending.push(node);
    return values.map((value) => ({ value, shape: value.shape }));
  }

  /** `x` repeated to `shape`. */
  expand(x: Operand, shape: readonly number[]): Operand {
    const operand = this.node("Expand", [x, constant("int64", shape)], x.value.type as ElementType, shape);
    operand.value.repeated = x;
    return operand;
  }

  /** A number that is fed and so may change from run to run without a new session. */
  scalar(number: number, type: "float32" | "int32" | "bool" = "float32"): Operand {
    const value = createValue(type, []);
    value.host = tf.util.toTypedArray([number], type) as HostValues;
    return { value, shape: value.shape };
  }

  /** Hands a traced value to tfjs-core as a tensor. */
  output({ value, shape }: Operand): tf.TensorInfo {
    value.references++;
    if (value.references === 1) this.#values.set(value, value);
    return { dataId: value, shape: shape as number[], dtype: value.type as tf.DataType };
  }

  /** A second tensor over the buffer of `info`, under `shape`. */
  share(info: tf.TensorInfo, shape: readonly number[] = info.shape): tf.TensorInfo {
    this.value(info.dataId).references++;
    return { dataId: info.dataId, shape: shape as number[], dtype: info.dtype };
  }

  /** A complex tensor of two halves; each half is held until the complex tensor is disposed. */
  complex(real: tf.TensorInfo, imag: tf.TensorInfo): tf.TensorInfo {
    const value = createValue("complex64", real.shape);
    value.parts = { real: this.value(real.dataId), imag: this.value(imag.dataId) };
    for (const part of [value.parts.real, value.parts.imag]) this.output({ value: part, shape: part.shape });
    return this.output({ value, shape: value.shape });
  }

  /** Computes the graph when it has grown past the limit and the runtime can do so at once. */
  bound(): void {
    if (this.#pending.length >= this.limits.pendingNodes && this.runtime.compileSync) this.flushSync();
  }

  // Computing.

  /** Computes every value that a tensor holds. */
  async flush(): Promise<void> {
    if (this.runtime.compileSync) {
      this.flushSync();
      return;
    }
    this.#queue = this.#queue.then(() => this.#flushLater());
    await this.#queue;
  }

  /** Computes every value that a tensor holds before it returns; the runtime must be synchronous. */
  flushSync(): void {
    const { nodes, roots } = this.#take();
    if (roots.size === 0) return;
    try {
      this.#computeSync(nodes, roots);
    } catch (error) {
      for (const root of roots) this.#rescue(root, roots.size, error, () => this.#computeSync(nodes, new Set([root])));
    } finally {
      settle(nodes);
      this.#recycler.collect();
    }
  }

  /** Values of a buffer on the host. With a runtime that is not synchronous they must have been computed before. */
  hostValues(value: Value, purpose: string): HostValues {
    if (value.failure) throw value.failure;
    if (value.node && this.runtime.compileSync) this.flushSync();
    if (value.node || value.running) {
      throw new Error(
        `${purpose} needs the values of a tensor that has not been computed, and ${this.runtime.name} computes only asynchronously. Await tensor.data() first.`,
      );
    }
    return this.#onHost(value);
  }

  #onHost(value: Value): HostValues {
    if (value.failure) throw value.failure;
    if (value.host === undefined) {
      if (!value.tensor)
        throw new Error("The ort backend has lost the values of a tensor: it was read after its disposal.");
      value.host = value.tensor.data as HostValues;
      value.recyclable = false;
    }
    return value.host;
  }

  #take(): { nodes: readonly GraphNode[]; roots: ReadonlySet<Value> } {
    const nodes = this.#pending;
    this.#pending = [];
    const roots = new Set<Value>();
    for (const node of nodes) {
      for (const output of node.outputs) {
        if (output.references + output.readers > 0 && !fillOnHost(output)) roots.add(output);
      }
    }
    simplify(nodes);
    return { nodes, roots };
  }

  #computeSync(nodes: readonly GraphNode[], roots: ReadonlySet<Value>): void {
    const plan = this.#plan(nodes, roots);
    let session = this.#sessions.get(plan.key);
    if (session) {
      this.counters.cacheHits++;
    } else {
      const start = performance.now();
      session = this.runtime.compileSync?.(encodeModel(toModel(plan))) as Session;
      this.#compiled(plan, session, start);
    }
    const start = performance.now();
    const feeds = this.#feeds(plan);
    const fetches: Record<string, Ort.Tensor | null> = {};
    for (const { name, value } of plan.results) fetches[name] = this.#recycler.take(value.type, value.shape) ?? null;
    const results = session.runSync?.(feeds, fetches) as NamedTensors;
    this.#finish(plan, results, start, true);
  }

  async #flushLater(): Promise<void> {
    const { nodes, roots } = this.#take();
    if (roots.size === 0) return;
    for (const root of roots) root.running = true;
    try {
      await this.#compute(nodes, roots);
    } catch (error) {
      for (const root of roots) {
        try {
          if (roots.size === 1) throw error;
          await this.#compute(nodes, new Set([root]));
        } catch (cause) {
          root.failure = failure(cause);
        }
      }
    } finally {
      for (const root of roots) root.running = false;
      settle(nodes);
    }
  }

  async #compute(nodes: readonly GraphNode[], roots: ReadonlySet<Value>): Promise<void> {
    const plan = this.#plan(nodes, roots);
    let session = this.#sessions.get(plan.key);
    if (session) {
      this.counters.cacheHits++;
    } else {
      const start = performance.now();
      session = await this.runtime.compile(encodeModel(toModel(plan)));
      this.#compiled(plan, session, start);
    }
    const start = performance.now();
    this.#finish(plan, await session.run(this.#feeds(plan)), start, false);
  }

  #plan(nodes: readonly GraphNode[], roots: ReadonlySet<Value>): Plan {
    const start = performance.now();
    const plan = createPlan(nodes, roots);
    this.counters.planMs += performance.now() - start;
    return plan;
  }

  #compiled(plan: Plan, session: Session, start: number): void {
    this.#sessions.add(plan.key, session);
    this.counters.compiles++;
    this.counters.compileMs += performance.now() - start;
  }

  #feeds(plan: Plan): NamedTensors {
    const feeds: NamedTensors = {};
    for (const { name, value, shape } of plan.feeds) {
      if (!value.tensor) {
        if (!value.host) throw new Error("The ort backend has lost the values of a tensor that is still in use.");
        value.tensor = new this.runtime.Tensor(value.type as "float32", value.host as Float32Array, value.shape);
      }
      const { tensor } = value;
      feeds[name] =
        shape === value.shape
          ? tensor
          : new this.runtime.Tensor(tensor.type as "float32", tensor.data as Float32Array, shape);
    }
    return feeds;
  }

  #finish(plan: Plan, results: NamedTensors, start: number, recyclable: boolean): void {
    for (const { name, value } of plan.results) {
      value.tensor = results[name] as Ort.Tensor;
      value.recyclable = recyclable;
    }
    this.counters.runs++;
    this.counters.nodes += plan.steps.length;
    this.counters.runMs += performance.now() - start;
  }

  #rescue(root: Value, count: number, error: unknown, compute: () => void): void {
    try {
      if (count === 1) throw error;
      compute();
    } catch (cause) {
      root.failure = failure(cause);
    }
  }

  // What tfjs-core asks of a backend.

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    const value = createValue(dtype as Value["type"], shape);
    if (dtype !== "complex64") value.host = copy(values, dtype);
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
    value.host = copy(values, dtype);
    value.references = refCount;
    this.#values.set(dataId, value);
  }

  override async read(dataId: tf.DataId): Promise<tf.BackendValues> {
    const value = this.value(dataId);
    const { real, imag } = value.parts ?? { real: value, imag: value };
    await this.#computed([real, imag]);
    return value.parts ? merge(this.#onHost(real), this.#onHost(imag)) : (this.#onHost(value) as tf.BackendValues);
  }

  async #computed(values: readonly Value[]): Promise<void> {
    if (values.every(({ node, running }) => !node && !running)) return;
    for (const value of values) value.readers++;
    try {
      await this.flush();
    } finally {
      for (const value of values) value.readers--;
    }
  }

  override readSync(dataId: tf.DataId): tf.BackendValues {
    const value = this.value(dataId);
    if (value.parts) {
      const { real, imag } = value.parts;
      return merge(this.hostValues(real, "dataSync"), this.hostValues(imag, "dataSync"));
    }
    return this.hostValues(value, "dataSync") as tf.BackendValues;
  }

  /** The values of a tensor as a buffer, which some CPU kernels of tfjs-core ask their backend for. */
  bufferSync(info: tf.TensorInfo): tf.TensorBuffer<tf.Rank, tf.DataType> {
    return tf.buffer(info.shape, info.dtype, this.readSync(info.dataId) as tf.TypedArray);
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    if (!this.#values.has(dataId)) return true;
    const value = this.value(dataId);
    value.references--;
    if (value.references > 0 && !force) return false;
    value.references = 0;
    this.#values.delete(dataId);
    if (value.parts) {
      this.disposeData(value.parts.real);
      this.disposeData(value.parts.imag);
    }
    if (value.recyclable && value.tensor) this.#recycler.release(value.tensor, this.#pending.length === 0);
    return true;
  }

  /** Called for variables only; kernels use {@link OrtBackend.share}. */
  override incRef(dataId: tf.DataId): void {
    const value = this.value(dataId);
    value.references++;
    fillOnHost(value);
  }

  override refCount(dataId: tf.DataId): number {
    return this.#values.has(dataId) ? this.value(dataId).references : 0;
  }

  override numDataIds(): number {
    return this.#values.numDataIds();
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

  override dispose(): void {
    this.#pending = [];
    this.#sessions.clear();
    this.#recycler.clear();
  }

  /** Starts counting afresh. */
  resetCounters(): void {
    this.counters = createCounters();
  }

  /** Number of sessions that are kept. */
  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** Number of nodes that wait to be computed. */
  get pendingNodes(): number {
    return this.#pending.length;
  }
}

/** Takes the nodes out of the graph: what they made is there now, or will never be. */
function settle(nodes: readonly GraphNode[]): void {
  for (const node of nodes) {
    for (const output of node.outputs) {
      output.node = undefined;
      output.repeated = undefined;
    }
  }
}

function failure(cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Error(`ONNX Runtime could not compute this tensor: ${message}`, { cause });
}

/** Kernels run later than they are called, so a caller that changes its array in between must not change the tensor. */
function copy(given: tf.BackendValues, dtype: tf.DataType): HostValues {
  const values = given as Exclude<tf.BackendValues, Uint8ClampedArray> | number[];
  if (dtype === "string") return (values as Uint8Array[]).slice();
  if (dtype === "float32")
    return values instanceof Float32Array ? values.slice() : Float32Array.from(values as number[]);
  if (dtype === "int32") return values instanceof Int32Array ? values.slice() : Int32Array.from(values as number[]);
  return values instanceof Uint8Array ? values.slice() : Uint8Array.from(values as number[]);
}

function merge(real: HostValues, imag: HostValues): Float32Array {
  return tf.backend_util.mergeRealAndImagArrays(real as Float32Array, imag as Float32Array);
}
