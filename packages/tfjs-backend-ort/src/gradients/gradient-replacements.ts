import {
  add,
  backend_util,
  cumprod,
  div,
  fill,
  type GradConfig,
  Mean,
  mul,
  type NamedAttrMap,
  Prod,
  range,
  reshape,
  Sum,
  type Tensor,
  type Tensor1D,
  transpose,
  unsortedSegmentSum,
  util,
} from "@tensorflow/tfjs-core";
import { gatherGradConfig } from "@tensorflow/tfjs-core/dist/gradients/GatherV2_grad.js";

/** Gives every element that was reduced its share of `dy`: `dy` divided by `divisor(number of elements reduced to one)`. */
function spread(dy: Tensor | Tensor[], saved: Tensor[], attributes: NamedAttrMap, divisor: (count: number) => number) {
  const [x] = saved as [Tensor];
  const axes = util.parseAxisParam(attributes.axis as number | number[], x.shape);
  const shape = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  const count = axes.reduce((product, axis) => product * (x.shape[axis] as number), 1);
  const derivative = () => {
    const expanded = reshape(dy as Tensor, shape);
    const scale = divisor(count);
    return mul(scale === 1 ? expanded : div(expanded, scale), fill(x.shape, 1));
  };
  return { x: derivative };
}

/** Gives every element `dy` times the product of the others, which is that of those before it and of those behind it. */
function productOfOthers(dy: Tensor | Tensor[], saved: Tensor[], attributes: NamedAttrMap) {
  const [x] = saved as [Tensor];
  const axes = util.parseAxisParam(attributes.axis as number | number[], x.shape);
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  const derivative = () => {
    const moved = transpose(x, order);
    const lists = reshape(moved, [...kept.map((axis) => x.shape[axis] as number), -1]);
    const last = lists.shape.length - 1;
    const others = mul(cumprod(lists, last, true, false), cumprod(lists, last, true, true));
    const gradient = mul(others, reshape(dy as Tensor, [...lists.shape.slice(0, last), 1]));
    return transpose(reshape(gradient, moved.shape), backend_util.getUndoAxesPermutation(order));
  };
  return { x: derivative };
}

/** Adds up `dy` at the positions that were gathered, those of every batch in a range of their own. */
function scatterBatches(dy: Tensor | Tensor[], saved: Tensor[], attributes: NamedAttrMap) {
  const [x, indices] = saved as [Tensor, Tensor];
  const batchDims = attributes.batchDims as number;
  const [axis] = util.parseAxisParam(attributes.axis as number, x.shape) as [number];
  if (axis !== batchDims) {
    throw new Error(
      `The gradient of gather needs axis and batchDims to be the same, but they are ${axis} and ${batchDims}.`,
    );
  }
  const batches = util.sizeFromShape(x.shape.slice(0, batchDims));
  const length = x.shape[axis] as number;
  const derivative = () => {
    const starts = reshape(range(0, batches * length, length, "int32"), [batches, 1]);
    const positions = reshape(add(reshape(indices, [batches, -1]), starts), [-1]) as Tensor1D;
    const inner = x.shape.slice(axis + 1);
    const rows = reshape(dy as Tensor, [positions.shape[0], ...inner]);
    return reshape(unsortedSegmentSum(rows, positions, batches * length), x.shape);
  };
  return { x: derivative, indices: () => indices };
}

/**
 * Gradients that stand in for published ones: those of Sum and Mean write a tensor of ones on the host and upload it for every reduction, where these
 * ask the backend for it; those of Prod and of a GatherV2 of batches call methods that tensors of tfjs-core alone do not have.
 */
export const gradientReplacements: readonly GradConfig[] = [
  { kernelName: Sum, inputsToSave: ["x"], gradFunc: (dy, saved, attributes) => spread(dy, saved, attributes, () => 1) },
  {
    kernelName: Mean,
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attributes) => spread(dy, saved, attributes, (count) => count),
  },
  { kernelName: Prod, inputsToSave: ["x"], gradFunc: productOfOthers },
  {
    ...gatherGradConfig,
    gradFunc: (dy, saved, attributes) =>
      attributes.batchDims ? scatterBatches(dy, saved, attributes) : gatherGradConfig.gradFunc(dy, saved, attributes),
  },
];
