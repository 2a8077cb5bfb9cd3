import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import type { Value } from "../graph/graph.js";

type Inputs = tf.NamedTensorInfoMap | tf.TensorInfo[];

/** Kernels of ragged tensors have lists among their inputs. */
type KernelInput = tf.TensorInfo | tf.TensorInfo[] | undefined;

/**
 * Runs a kernel of the CPU backend on the values of `inputs`, which are computed first, and takes over its results.
 *
 * @throws Error naming the kernel when the values are not there and the runtime only computes asynchronously
 */
export function runOnCpu(
  backend: OrtBackend,
  cpu: tf.KernelBackend,
  { kernelName, kernelFunc }: tf.KernelConfig,
  inputs: Inputs,
  attributes: object,
): tf.TensorInfo | tf.TensorInfo[] {
  const { fallbacks } = backend.counters;
  fallbacks.set(kernelName, (fallbacks.get(kernelName) ?? 0) + 1);
  const lent: tf.TensorInfo[] = [];
  const lend = (info: KernelInput): KernelInput => {
    if (!info) return info;
    if (Array.isArray(info)) return info.map((item) => lend(item) as tf.TensorInfo);
    const onCpu = toCpu(backend, cpu, info, `The kernel ${kernelName}, which has no ONNX mapping for these arguments,`);
    lent.push(onCpu);
    return onCpu;
  };
  const cpuInputs = Array.isArray(inputs)
    ? lend(inputs)
    : Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, lend(info)]));
  try {
    const results = kernelFunc({
      inputs: cpuInputs as tf.NamedTensorInfoMap,
      attrs: attributes as tf.NamedAttrMap,
      backend: cpu,
    });
    return Array.isArray(results) ? results.map((info) => fromCpu(backend, cpu, info)) : fromCpu(backend, cpu, results);
  } finally {
    for (const { dataId } of lent) cpu.disposeData(dataId);
  }
}

function toCpu(backend: OrtBackend, cpu: tf.KernelBackend, info: tf.TensorInfo, purpose: string): tf.TensorInfo {
  const { shape, dtype } = info;
  const value = backend.value(info.dataId);
  // Some CPU kernels ask for the rank, which only tensors have.
  const write = (part: Value, type: tf.DataType): tf.TensorInfo & { rank: number } => {
    const values = backend.hostValues(part, purpose) as tf.BackendValues;
    return { dataId: cpu.write(values, shape, type), shape, dtype: type, rank: shape.length };
  };
  if (!value.parts) return write(value, dtype);
  const real = write(value.parts.real, "float32");
  const imag = write(value.parts.imag, "float32");
  const complex = tf
    .getKernel(tf.Complex, "cpu")
    .kernelFunc({ inputs: { real, imag }, attrs: {}, backend: cpu }) as tf.TensorInfo;
  for (const { dataId } of [real, imag]) cpu.disposeData(dataId);
  return complex;
}

function fromCpu(backend: OrtBackend, cpu: tf.KernelBackend, info: tf.TensorInfo): tf.TensorInfo {
  const { shape, dtype } = info;
  const values = cpu.readSync(info.dataId);
  cpu.disposeData(info.dataId);
  if (dtype !== "complex64") return { dataId: backend.write(values, shape, dtype), shape, dtype };
  const { real, imag } = tf.backend_util.splitRealAndImagArrays(values as Float32Array);
  const halves = [real, imag].map(
    (half): tf.TensorInfo => ({ dataId: backend.write(half, shape, "float32"), shape, dtype: "float32" }),
  );
  const complex = backend.complex(halves[0] as tf.TensorInfo, halves[1] as tf.TensorInfo);
  for (const { dataId } of halves) backend.disposeData(dataId);
  return complex;
}
