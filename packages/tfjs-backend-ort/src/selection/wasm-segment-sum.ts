import * as tf from "@tensorflow/tfjs-core";

/** What a kernel of the wasm backend uses of it. */
interface WasmBackend {
  readSync(dataId: object): ArrayLike<number>;
  makeOutput(shape: number[], dtype: tf.DataType, memoryOffset?: number, values?: Float32Array): tf.TensorInfo;
}

/**
 * The wasm backend has no `UnsortedSegmentSum`, the kernel behind the gradient of `gather`, so no model with an embedding
 * could be trained on it. This adds one in JavaScript; does nothing where there is one.
 */
export function registerWasmSegmentSum(): void {
  const kernelName = "UnsortedSegmentSum";
  if (tf.getKernel(kernelName, "wasm")) return;
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as unknown as { numSegments: number };
      const wasm = backend as unknown as WasmBackend;
      const values = wasm.readSync(x.dataId);
      const ids = wasm.readSync(segmentIds.dataId);
      const shape = [numSegments, ...x.shape.slice(segmentIds.shape.length)];
      const width = shape.slice(1).reduce((product, size) => product * size, 1);
      const sums = new Float32Array(numSegments * width);
      for (let row = 0; row < ids.length; row++) {
        const segment = ids[row]!;
        if (segment < 0 || segment >= numSegments) continue;
        for (let column = 0; column < width; column++) {
          sums[segment * width + column]! += values[row * width + column]!;
        }
      }
      return wasm.makeOutput(shape, "float32", undefined, sums);
    },
  });
}
