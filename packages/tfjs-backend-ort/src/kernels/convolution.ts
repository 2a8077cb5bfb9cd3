import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand, sameShape } from "../graph/graph.js";
import { type Kernel, type KernelTable, kernel, reshape, transpose } from "./kernel.js";
import { activate } from "./matrix.js";
import { channelsBack, channelsFirst, isEmpty, range, type Window, windowOf } from "./window.js";

/** A convolution; depthwise where there are as many groups as channels. */
interface Convolution extends Window {
  readonly groups: number;
}

/** Works out a convolution from the shapes of its image and filter. */
type Describe = (image: number[], filter: number[], attributes: object) => Convolution;

type Shape4D = [number, number, number, number];
type Shape5D = [number, number, number, number, number];

function describe2D(depthwise: boolean): Describe {
  return (image, filter, attributes) => {
    // Not every kernel is told dilations and format, which are then the usual ones.
    const { strides, pad, dilations, dimRoundingMode, dataFormat } = attributes as Partial<tf.Conv2DAttrs>;
    const info = tf.backend_util.computeConv2DInfo(
      image as Shape4D,
      filter as Shape4D,
      strides ?? 1,
      dilations ?? 1,
      pad ?? "valid",
      dimRoundingMode,
      depthwise,
      tf.backend_util.convertConv2DDataFormat(dataFormat ?? "NHWC"),
    );
    return { ...windowOf(info), groups: depthwise ? info.inChannels : 1 };
  };
}

const convolution2D = describe2D(false);
const depthwise2D = describe2D(true);
const convolution3D: Describe = (image, filter, attributes) => {
  const { strides, pad, dilations = 1 } = attributes as tf.Conv3DAttrs;
  const info = tf.backend_util.computeConv3DInfo(image as Shape5D, filter as Shape5D, strides, dilations, pad);
  return { ...windowOf(info), groups: 1 };
};

/** A filter of tfjs-core, [...kernel, inputs, outputs], as ONNX has it: [outputs, inputs of a group, ...kernel]. */
function toOnnxFilter(backend: OrtBackend, filter: Operand, { kernel, outChannels, groups }: Convolution): Operand {
  const space = range(0, kernel.length);
  const [inputs, outputs] = [kernel.length, kernel.length + 1];
  if (groups === 1) return transpose(backend, filter, [outputs, inputs, ...space]);
  return reshape(transpose(backend, filter, [inputs, outputs, ...space]), [outChannels, 1, ...kernel]);
}

function convolve(backend: OrtBackend, x: Operand, filter: Operand, convolution: Convolution): Operand {
  const { batch, outChannels, output, kernel, strides, dilations, before, after, groups } = convolution;
  const attributes = { group: groups, kernel_shape: kernel, strides, dilations, pads: [...before, ...after] };
  const inputs = [channelsFirst(backend, x, convolution), toOnnxFilter(backend, filter, convolution)];
  const y = backend.node("Conv", inputs, "float32", [batch, outChannels, ...output], { attributes });
  return channelsBack(backend, y, convolution);
}

/** Gradient of {@link convolve} with respect to its image. */
function imageGradient(backend: OrtBackend, dy: Operand, filter: Operand, convolution: Convolution): Operand {
  const { batch, inChannels, input, kernel, strides, dilations, before, after, unused, groups } = convolution;
  const pads = [...before, ...after];
  const attributes = { group: groups, kernel_shape: kernel, strides, dilations, pads, output_padding: unused };
  const inputs = [channelsFirst(backend, dy, convolution), toOnnxFilter(backend, filter, convolution)];
  const dx = backend.node("ConvTranspose", inputs, "float32", [batch, inChannels, ...input], { attributes });
  return channelsBack(backend, dx, convolution);
}

/**
 * Gradient of {@link convolve} with respect to its filter: the convolution of the image with `dy` in which batch and channels change places, and so do
 * strides and dilations.
 */
function filterGradient(backend: OrtBackend, x: Operand, dy: Operand, convolution: Convolution): Operand {
  const { batch, inChannels, outChannels, input, output, kernel, before, after, unused, groups } = convolution;
  const toBatch = [1, 0, ...range(2, kernel.length + 2)];
  const images = transpose(backend, channelsFirst(backend, x, convolution), toBatch);
  const weights = transpose(backend, channelsFirst(backend, dy, convolution), toBatch);
  // Where no window reaches the end of the image, the result would be longer than the filter.
  const reached = cut(
    backend,
    images,
    input.map((length, axis) => length - (unused[axis] as number)),
  );
  const attributes = {
    group: groups,
    kernel_shape: output,
    strides: convolution.dilations,
    dilations: convolution.strides,
    pads: [...before, ...after],
  };
  const [first, perGroup] = groups === 1 ? [inChannels, outChannels] : [1, outChannels];
  const grouped = reshape(reached, [first, (inChannels * batch) / first, ...reached.shape.slice(2)]);
  const gradient = backend.node("Conv", [grouped, weights], "float32", [first, perGroup, ...kernel], { attributes });
  const parts = reshape(gradient, [inChannels, (first * perGroup) / inChannels, ...kernel]);
  return transpose(backend, parts, [...range(2, kernel.length + 2), 0, 1]);
}

/** The beginning of `x`, of the lengths `space` in its axes of space. */
function cut(backend: OrtBackend, x: Operand, space: readonly number[]): Operand {
  const shape = [...x.shape.slice(0, 2), ...space];
  if (shape.every((length, axis) => length === x.shape[axis])) return x;
  const axes = range(2, shape.length);
  const bounds = [axes.map(() => 0), space, axes].map((list) => constant("int64", list));
  return backend.node("Slice", [x, ...bounds], "float32", shape);
}

function areFloats(...tensors: readonly tf.TensorInfo[]): boolean {
  return tensors.every(({ dtype }) => dtype === "float32");
}

/** False for a `dy` of another size than the convolution has, part of which the CPU kernels leave out. */
function isResult(dy: tf.TensorInfo, { output, channelsLast }: Convolution): boolean {
  const space = channelsLast ? dy.shape.slice(1, -1) : dy.shape.slice(2);
  return sameShape(space, output);
}

function forward(describe: Describe): Kernel {
  return kernel<tf.Conv2DInputs>((backend, { x, filter }, attributes) => {
    const convolution = describe(x.shape, filter.shape, attributes);
    if (!areFloats(x, filter) || isEmpty(convolution)) return undefined;
    return backend.output(convolve(backend, backend.operand(x), backend.operand(filter), convolution));
  });
}

function towardsImage(describe: Describe): Kernel {
  return kernel<tf.Conv2DBackpropInputInputs, { inputShape: number[] }>((backend, { dy, filter }, attributes) => {
    const convolution = describe(attributes.inputShape, filter.shape, attributes);
    if (!areFloats(dy, filter) || isEmpty(convolution) || !isResult(dy, convolution)) return undefined;
    return backend.output(imageGradient(backend, backend.operand(dy), backend.operand(filter), convolution));
  });
}

function towardsFilter(describe: Describe): Kernel {
  return kernel<tf.Conv2DBackpropFilterInputs, { filterShape: number[] }>((backend, { x, dy }, attributes) => {
    const convolution = describe(x.shape, attributes.filterShape, attributes);
    if (!areFloats(x, dy) || isEmpty(convolution) || !isResult(dy, convolution)) return undefined;
    return backend.output(filterGradient(backend, backend.operand(x), backend.operand(dy), convolution));
  });
}

/** A convolution with bias and activation. */
function fused(describe: Describe): Kernel {
  return kernel<
    tf.Conv2DInputs & { bias?: tf.TensorInfo; preluActivationWeights?: tf.TensorInfo },
    tf.FusedConv2DAttrs
  >((backend, { x, filter, bias, preluActivationWeights }, attributes) => {
    const { activation, leakyreluAlpha } = attributes;
    const convolution = describe(x.shape, filter.shape, attributes);
    if (!areFloats(x, filter) || isEmpty(convolution) || preluActivationWeights) return undefined;
    let y = convolve(backend, backend.operand(x), backend.operand(filter), convolution);
    if (bias) {
      const { value, shape } = backend.operand(bias);
      const perChannel = !convolution.channelsLast && shape.length === 1 ? [...shape, 1, 1] : shape;
      y = backend.node("Add", [y, { value, shape: perChannel }], "float32", y.shape);
    }
    return backend.output(activate(backend, y, activation, leakyreluAlpha));
  });
}

/** Convolutions and their gradients. */
export const convolutionKernels: KernelTable = {
  [tf.Conv2D]: forward(convolution2D),
  [tf.Conv2DBackpropInput]: towardsImage(convolution2D),
  [tf.Conv2DBackpropFilter]: towardsFilter(convolution2D),
  [tf.DepthwiseConv2dNative]: forward(depthwise2D),
  [tf.DepthwiseConv2dNativeBackpropInput]: towardsImage(depthwise2D),
  [tf.DepthwiseConv2dNativeBackpropFilter]: towardsFilter(depthwise2D),
  [tf.Conv3D]: forward(convolution3D),
  [tf.Conv3DBackpropInputV2]: towardsImage(convolution3D),
  [tf.Conv3DBackpropFilterV2]: towardsFilter(convolution3D),
  [tf.FusedConv2D]: fused(convolution2D),
  [tf.FusedDepthwiseConv2D]: fused(depthwise2D),
};
