import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand, sizeOf } from "../graph/graph.js";
import { type Kernel, type KernelTable, kernel, reshape } from "./kernel.js";
import { channelsBack, channelsFirst, isEmpty, type Window, windowOf } from "./window.js";

/** Works out a pooling from the shape of its image. */
type Describe = (image: number[], attributes: object) => Window;

type Shape4D = [number, number, number, number];
type Shape5D = [number, number, number, number, number];

const pooling2D: Describe = (image, attributes) => {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as tf.MaxPoolAttrs;
  return windowOf(tf.backend_util.computePool2DInfo(image as Shape4D, filterSize, strides, 1, pad, dimRoundingMode));
};

const pooling3D: Describe = (image, attributes) => {
  const { filterSize, strides, pad, dimRoundingMode, dataFormat } = attributes as tf.MaxPool3DAttrs;
  return windowOf(
    tf.backend_util.computePool3DInfo(
      image as Shape5D,
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
      dataFormat ?? "NDHWC",
    ),
  );
};

function attributesOf({ kernel, strides, before, after }: Window) {
  return { kernel_shape: kernel, strides, pads: [...before, ...after] };
}

/** True when ONNX Runtime takes the window, whose padding must be shorter than its kernel. */
function poolable(window: Window, ...tensors: readonly tf.TensorInfo[]): boolean {
  const { before, after, kernel } = window;
  const inside = kernel.every((length, axis) => Math.max(before[axis] as number, after[axis] as number) < length);
  return inside && !isEmpty(window) && tensors.every(({ dtype }) => dtype === "float32");
}

/** The largest element under each window, channels first, and where it lies in the whole image; a NaN is passed over as on the CPU backend. */
function largest(backend: OrtBackend, image: Operand, window: Window): Operand[] {
  const shape = [window.batch, window.inChannels, ...window.output];
  const invalid = backend.node("IsNaN", [image], "bool", image.shape);
  const lowest = constant("float32", [Number.NEGATIVE_INFINITY], []);
  const valid = backend.node("Where", [invalid, lowest, image], "float32", image.shape);
  const outputs = [
    { type: "float32", shape },
    { type: "int64", shape },
  ] as const;
  return backend.nodes("MaxPool", [valid], outputs, { attributes: attributesOf(window) });
}

function maxPool(describe: Describe): Kernel {
  return kernel<tf.MaxPoolInputs>((backend, { x }, attributes) => {
    const window = describe(x.shape, attributes);
    if (!poolable(window, x)) return undefined;
    const [maxima] = largest(backend, channelsFirst(backend, backend.operand(x), window), window);
    return backend.output(channelsBack(backend, maxima as Operand, window));
  });
}

/** Each element of `dy` goes to the first of the largest elements under its window. */
function maxPoolGradient(describe: Describe): Kernel {
  return kernel<tf.MaxPoolGradInputs>((backend, { dy, input }, attributes) => {
    const window = describe(input.shape, attributes);
    if (!poolable(window, dy, input)) return undefined;
    const image = channelsFirst(backend, backend.operand(input), window);
    const [, positions] = largest(backend, image, window) as [Operand, Operand];
    const gradients = channelsFirst(backend, backend.operand(dy), window);
    const [size, count] = [sizeOf(image.shape), sizeOf(gradients.shape)];
    const zeros = backend.node("Expand", [constant("float32", [0], []), constant("int64", [size])], "float32", [size]);
    const inputs = [zeros, reshape(positions, [count]), reshape(gradients, [count])];
    const summed = backend.node("ScatterElements", inputs, "float32", [size], {
      attributes: { axis: 0, reduction: { text: "add" } },
    });
    return backend.output(channelsBack(backend, reshape(summed, image.shape), window));
  });
}

function averagePool(describe: Describe): Kernel {
  return kernel<tf.AvgPoolInputs>((backend, { x }, attributes) => {
    const window = describe(x.shape, attributes);
    if (!poolable(window, x)) return undefined;
    const image = channelsFirst(backend, backend.operand(x), window);
    const shape = [window.batch, window.inChannels, ...window.output];
    const averages = backend.node("AveragePool", [image], "float32", shape, { attributes: attributesOf(window) });
    return backend.output(channelsBack(backend, averages, window));
  });
}

/**
 * Each position under a window gets an equal share of the window's element of `dy`, and so does padding: that is how tfjs-core's tests want it,
 * although the average itself leaves padding out.
 */
function averagePoolGradient(describe: Describe): Kernel {
  return kernel<tf.AvgPoolGradInputs>((backend, { dy, input }, attributes) => {
    const window = describe(input.shape, attributes);
    if (!poolable(window, dy, input)) return undefined;
    const { batch, inChannels, output, kernel, unused } = window;
    const gradients = channelsFirst(backend, backend.operand(dy), window);
    const images = batch * inChannels;
    const shares = constant("float32", new Array<number>(sizeOf(kernel)).fill(1 / sizeOf(kernel)), [1, 1, ...kernel]);
    const inputs = [reshape(gradients, [images, 1, ...output]), shares];
    const shape = [images, 1, ...window.input];
    const options = { attributes: { ...attributesOf(window), output_padding: unused } };
    const summed = backend.node("ConvTranspose", inputs, "float32", shape, options);
    return backend.output(channelsBack(backend, reshape(summed, [batch, inChannels, ...window.input]), window));
  });
}

/** Pooling and its gradients. */
export const poolingKernels: KernelTable = {
  [tf.MaxPool]: maxPool(pooling2D),
  [tf.MaxPoolGrad]: maxPoolGradient(pooling2D),
  [tf.MaxPool3D]: maxPool(pooling3D),
  [tf.MaxPool3DGrad]: maxPoolGradient(pooling3D),
  [tf.AvgPool]: averagePool(pooling2D),
  [tf.AvgPoolGrad]: averagePoolGradient(pooling2D),
  [tf.AvgPool3D]: averagePool(pooling3D),
  [tf.AvgPool3DGrad]: averagePoolGradient(pooling3D),
};
