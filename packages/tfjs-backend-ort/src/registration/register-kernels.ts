import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { sizeOf } from "../graph/graph.js";
import { binaryKernels } from "../kernels/binary.js";
import { blockKernels } from "../kernels/block.js";
import { convolutionKernels } from "../kernels/convolution.js";
import { cropKernels } from "../kernels/crop.js";
import { elementwiseKernels } from "../kernels/elementwise.js";
import { fusedKernels } from "../kernels/fused.js";
import { indexingKernels } from "../kernels/indexing.js";
import type { Kernel, KernelTable } from "../kernels/kernel.js";
import { layoutKernels } from "../kernels/layout.js";
import { matrixKernels } from "../kernels/matrix.js";
import { normalizationKernels } from "../kernels/normalization.js";
import { poolingKernels } from "../kernels/pooling.js";
import { reductionKernels } from "../kernels/reduction.js";
import { resizeKernels } from "../kernels/resize.js";
import { runOnCpu } from "./run-on-cpu.js";

/** Every ONNX mapping by the name of the tfjs-core kernel. */
export const mappedKernels: KernelTable = {
  ...elementwiseKernels,
  ...binaryKernels,
  ...reductionKernels,
  ...matrixKernels,
  ...layoutKernels,
  ...indexingKernels,
  ...blockKernels,
  ...convolutionKernels,
  ...poolingKernels,
  ...resizeKernels,
  ...cropKernels,
  ...normalizationKernels,
};

/** Kernels that only look at a buffer in another way, so that empty and string tensors need no special care. */
const anyTensor: ReadonlySet<string> = new Set([
  tf.Identity,
  tf.Reshape,
  tf.ExpandDims,
  tf.Complex,
  tf.Real,
  tf.Imag,
  tf.Fill,
]);

/**
 * Registers for `backendName` every kernel of the CPU backend, with its ONNX mapping where there is one, else run on the CPU backend; and the kernels that
 * only this backend has.
 */
export function registerKernels(backendName: string, cpu: tf.KernelBackend): void {
  for (const [kernelName, mapped] of Object.entries(fusedKernels)) {
    if (tf.getKernel(kernelName, backendName)) continue;
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) =>
        trace(mapped, backend as OrtBackend, inputs, attrs ?? {}) as tf.TensorInfo[],
    });
  }
  for (const config of tf.getKernelsForBackend("cpu")) {
    const { kernelName } = config;
    const mapped = mappedKernels[kernelName];
    if (tf.getKernel(kernelName, backendName)) continue;
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const ort = backend as OrtBackend;
        const tracing = mapped && (anyTensor.has(kernelName) || !hasEmpty(inputs));
        return (tracing && trace(mapped, ort, inputs, attrs ?? {})) || runOnCpu(ort, cpu, config, inputs, attrs ?? {});
      },
    });
  }
}

function trace(mapped: Kernel, backend: OrtBackend, inputs: object, attributes: object): ReturnType<Kernel> {
  backend.bound();
  const start = performance.now();
  try {
    return mapped(backend, inputs, attributes);
  } finally {
    backend.counters.traceMs += performance.now() - start;
  }
}

function hasEmpty(inputs: tf.NamedTensorInfoMap): boolean {
  for (const name in inputs) {
    const input = inputs[name];
    if (input?.shape && sizeOf(input.shape) === 0) return true;
  }
  return false;
}
