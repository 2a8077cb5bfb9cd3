import {
  add,
  Cumprod,
  cumsum,
  DepthToSpace,
  div,
  Einsum,
  Equal,
  einsum,
  FlipLeftRight,
  GatherNd,
  type GradConfig,
  Greater,
  gatherND,
  image,
  Less,
  LessEqual,
  LogicalAnd,
  LogicalNot,
  LogicalOr,
  mul,
  type NamedAttrMap,
  NotEqual,
  ones,
  range,
  reshape,
  ScatterNd,
  StridedSlice,
  scatterND,
  stridedSlice,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  TensorScatterUpdate,
  TopK,
  tensorScatterUpdate,
  transpose,
  unsortedSegmentSum,
  zeros,
  zerosLike,
} from "@tensorflow/tfjs-core";

/** `dy` added up at flat positions of a tensor of `shape`. */
function scatterFlat(dy: Tensor, positions: Tensor, shape: number[]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const flat = reshape(positions, [positions.size]) as Tensor1D;
  return reshape(unsortedSegmentSum(reshape(dy, [dy.size]), flat, size), shape);
}

/** The positions of a tensor of `shape` in flat order, as a tensor of that shape. */
function positionsOf(shape: number[]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return reshape(range(0, size, 1, "int32"), shape);
}

/** The gradient of every operand: what the others and `dy` are contracted to. */
function contractOthers(dy: Tensor | Tensor[], operands: Tensor[], { equation }: NamedAttrMap) {
  const [terms, result = ""] = (equation as string).replace(/\s/g, "").split("->") as [string, string?];
  const labels = terms.split(",");
  const derivative = (position: number) => () => {
    const operand = operands[position] as Tensor;
    const own = labels[position] as string;
    const others = operands.filter((_, index) => index !== position);
    const otherLabels = labels.filter((_, index) => index !== position);
    const present = [...own].filter((label) => result.includes(label) || otherLabels.join().includes(label)).join("");
    const factors = result === "" ? others : [dy as Tensor, ...others];
    const factorLabels = result === "" ? otherLabels : [result, ...otherLabels];
    const product = factors.length === 0 ? dy : einsum(`${factorLabels.join()}->${present}`, ...factors);
    const contracted = result === "" && factors.length > 0 ? mul(product as Tensor, dy as Tensor) : (product as Tensor);
    if (present === own) return contracted;
    // What was summed over this operand alone: each of its elements has the same share.
    const shape = [...own].map((label, axis) => (present.includes(label) ? (operand.shape[axis] as number) : 1));
    return mul(reshape(contracted, shape), ones(operand.shape));
  };
  return Object.fromEntries(operands.map((_, position) => [position, derivative(position)]));
}

/** Puts `dy` back in the last axis, where the largest values were found. */
function scatterLargest(dy: Tensor | Tensor[], saved: Tensor[]) {
  const [x, indices] = saved as [Tensor, Tensor];
  const [dValues] = dy as Tensor[];
  const length = x.shape.at(-1) as number;
  const derivative = () => {
    const rows = x.size / length;
    const starts = reshape(range(0, x.size, length, "int32"), [rows, 1]);
    const positions = add(reshape(indices, [rows, indices.shape.at(-1) as number]), starts);
    return scatterFlat(dValues as Tensor, positions, x.shape);
  };
  return { x: derivative };
}

/** Puts `dy` back where it was sliced from. */
function scatterSlice(dy: Tensor | Tensor[], saved: Tensor[], attributes: NamedAttrMap) {
  const [x] = saved as [Tensor];
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
    attributes as unknown as {
      begin: number[];
      end: number[];
      strides: number[];
    } & Record<"beginMask" | "endMask" | "ellipsisMask" | "newAxisMask" | "shrinkAxisMask", number>;
  const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
  return {
    x: () => scatterFlat(dy as Tensor, stridedSlice(positionsOf(x.shape), begin, end, strides, ...masks), x.shape),
  };
}

/** As TensorFlow's: not a number where an element is zero. */
function cumulativeShares(dy: Tensor | Tensor[], saved: Tensor[], attributes: NamedAttrMap) {
  const [x, product] = saved as [Tensor, Tensor];
  const { axis, exclusive, reverse } = attributes as unknown as { axis: number; exclusive: boolean; reverse: boolean };
  return { x: () => div(cumsum(mul(dy as Tensor, product), axis, exclusive, !reverse), x) };
}

/** Takes blocks of depth back out of the width and height. */
function spaceToDepth(dy: Tensor | Tensor[], _: Tensor[], attributes: NamedAttrMap) {
  const { blockSize, dataFormat } = attributes as unknown as { blockSize: number; dataFormat: "NHWC" | "NCHW" };
  const derivative = () => {
    if (dataFormat !== "NHWC") throw new Error("The gradient of depthToSpace needs the data format NHWC.");
    const [batch, height, width, depth] = (dy as Tensor4D).shape;
    const [rows, columns] = [height / blockSize, width / blockSize];
    const blocks = reshape(dy as Tensor, [batch, rows, blockSize, columns, blockSize, depth]);
    return reshape(transpose(blocks, [0, 1, 3, 2, 4, 5]), [batch, rows, columns, depth * blockSize ** 2]);
  };
  return { x: derivative };
}

/** The gradient of a comparison, through which nothing flows; tfjs-core asks for it where a tensor is chosen by it, as in `where`. */
function nothing(kernelName: string, names: readonly string[]): GradConfig {
  return {
    kernelName,
    inputsToSave: [...names],
    gradFunc: (_, saved) =>
      Object.fromEntries(names.map((name, index) => [name, () => zeros((saved[index] as Tensor).shape)])),
  };
}

/** Gradients of kernels that tfjs-core has none for. */
export const missingGradients: readonly GradConfig[] = [
  {
    kernelName: GatherNd,
    inputsToSave: ["params", "indices"],
    gradFunc: (dy, [params, indices]) => ({
      params: () => scatterND(indices as Tensor, dy as Tensor, (params as Tensor).shape),
      indices: () => zerosLike(indices as Tensor),
    }),
  },
  {
    kernelName: ScatterNd,
    inputsToSave: ["indices"],
    gradFunc: (dy, [indices]) => ({
      indices: () => zerosLike(indices as Tensor),
      updates: () => gatherND(dy as Tensor, indices as Tensor),
    }),
  },
  {
    kernelName: TensorScatterUpdate,
    inputsToSave: ["indices", "updates"],
    gradFunc: (dy, [indices, updates]) => ({
      // Not `dy` itself with zeros written into it: the CPU backend's kernel changes its input.
      tensor: () =>
        mul(
          dy as Tensor,
          tensorScatterUpdate(ones((dy as Tensor).shape), indices as Tensor, zeros((updates as Tensor).shape)),
        ),
      indices: () => zerosLike(indices as Tensor),
      updates: () => gatherND(dy as Tensor, indices as Tensor),
    }),
  },
  { kernelName: Einsum, saveAllInputs: true, gradFunc: contractOthers },
  { kernelName: TopK, inputsToSave: ["x"], outputsToSave: [false, true], gradFunc: scatterLargest },
  { kernelName: StridedSlice, inputsToSave: ["x"], gradFunc: scatterSlice },
  { kernelName: Cumprod, inputsToSave: ["x"], outputsToSave: [true], gradFunc: cumulativeShares },
  { kernelName: FlipLeftRight, gradFunc: (dy) => ({ image: () => image.flipLeftRight(dy as Tensor4D) }) },
  { kernelName: DepthToSpace, gradFunc: spaceToDepth },
  ...[Equal, NotEqual, Less, LessEqual, Greater, LogicalAnd, LogicalOr].map((name) => nothing(name, ["a", "b"])),
  nothing(LogicalNot, ["x"]),
];
