import * as tf from "@tensorflow/tfjs-core";
import { constant, type Operand } from "../graph/graph.js";
import { cast, type KernelTable, kernel, reshape } from "./kernel.js";
import { scatterAdd } from "./scatter-add.js";

type NumericTensor = tf.TensorInfo & { readonly dtype: "float32" | "int32" };

function numeric(x: tf.TensorInfo): x is NumericTensor {
  return x.dtype === "float32" || x.dtype === "int32";
}

/** Refuses an index that does not fit now, where its value is known; otherwise it is found when the graph is computed. */
function checkIndices({ value }: Operand, length: number): void {
  const outside = (value.host as Int32Array | undefined)?.find((index) => index < 0 || index >= length);
  tf.util.assert(outside === undefined, () => `GatherV2: the index value ${outside} is not in [0, ${length - 1}].`);
}

/** Kernels that read or write at positions that are data. */
export const indexingKernels: KernelTable = {
  [tf.GatherV2]: kernel<tf.GatherV2Inputs, tf.GatherV2Attrs>((backend, { x, indices }, { axis, batchDims }) => {
    if (indices.dtype !== "int32" || (!numeric(x) && x.dtype !== "bool")) return undefined;
    const [along = 0] = tf.util.parseAxisParam(axis, x.shape);
    const batched = batchDims ?? 0;
    const { outputShape } = tf.backend_util.segment_util.collectGatherOpShapeInfo(
      x as tf.Tensor,
      indices as tf.Tensor,
      along,
      batched,
    );
    const operands = [backend.operand(x), backend.operand(indices)] as const;
    checkIndices(operands[1], x.shape[along] as number);
    if (batched === 0) {
      return backend.output(
        backend.node("Gather", operands, x.dtype as "float32", outputShape, { attributes: { axis: along } }),
      );
    }
    if (batched !== along) return undefined;
    const positions = reshape(cast(backend, operands[1], "int64"), [...indices.shape, 1]);
    const options = { attributes: { batch_dims: batched } };
    return backend.output(
      backend.node("GatherND", [operands[0], positions], x.dtype as "float32", outputShape, options),
    );
  }),
  [tf.GatherNd]: kernel<tf.GatherNdInputs>((backend, { params, indices }) => {
    if (!numeric(params) || indices.dtype !== "int32") return undefined;
    const [shape] = tf.backend_util.prepareAndValidate(params as tf.Tensor, indices as tf.Tensor);
    const positions = cast(backend, backend.operand(indices), "int64");
    return backend.output(backend.node("GatherND", [backend.operand(params), positions], params.dtype, shape));
  }),
  [tf.ScatterNd]: kernel<tf.ScatterNdInputs, tf.ScatterNdAttrs>((backend, { indices, updates }, { shape }) => {
    if (!numeric(updates) || indices.dtype !== "int32" || indices.shape.length < 2) return undefined;
    const positions = cast(backend, backend.operand(indices), "int64");
    return backend.output(scatterAdd(backend, positions, backend.operand(updates), updates.dtype, shape));
  }),
  [tf.TensorScatterUpdate]: kernel<tf.TensorScatterUpdateInputs>((backend, { tensor, indices, updates }) => {
    if (!numeric(tensor) || updates.dtype !== tensor.dtype || indices.dtype !== "int32") return undefined;
    const positions = cast(backend, backend.operand(indices), "int64");
    const operands = [backend.operand(tensor), positions, backend.operand(updates)];
    return backend.output(backend.node("ScatterND", operands, tensor.dtype, tensor.shape));
  }),
  [tf.UnsortedSegmentSum]: kernel<tf.UnsortedSegmentSumInputs, tf.UnsortedSegmentSumAttrs>(
    (backend, { x, segmentIds }, { numSegments }) => {
      if (!numeric(x) || segmentIds.dtype !== "int32" || segmentIds.shape.length !== 1) return undefined;
      // Elements of no segment go to one more segment, which is then cut off.
      const ids = backend.operand(segmentIds);
      const { shape } = segmentIds;
      const last = constant("int32", [numSegments], []);
      const unsigned = backend.node(
        "Where",
        [backend.node("Less", [ids, constant("int32", [0], [])], "bool", shape), last, ids],
        "int32",
        shape,
      );
      const bounded = backend.node("Min", [unsigned, last], "int32", shape);
      const positions = reshape(cast(backend, bounded, "int64"), [...shape, 1]);
      const inner = x.shape.slice(1);
      // As on the CPU backend, the sums are floats even of integers.
      const addends = cast(backend, backend.operand(x), "float32");
      const sums = scatterAdd(backend, positions, addends, "float32", [numSegments + 1, ...inner]);
      const bounds = [[0], [numSegments], [0]].map((list) => constant("int64", list));
      return backend.output(backend.node("Slice", [sums, ...bounds], "float32", [numSegments, ...inner]));
    },
  ),
  [tf.OneHot]: kernel<tf.OneHotInputs, tf.OneHotAttrs>((backend, { indices }, { dtype, depth, onValue, offValue }) => {
    if (indices.dtype !== "int32" || (dtype !== "float32" && dtype !== "int32" && dtype !== "bool")) return undefined;
    const bounds = [0, depth, 1].map((bound) => constant("int32", [bound], []));
    const classes = backend.node("Range", bounds, "int32", [depth]);
    const shape = [...indices.shape, depth];
    const positions = reshape(backend.operand(indices), [...indices.shape, 1]);
    const hit = backend.node("Equal", [positions, classes], "bool", shape);
    if (onValue === 1 && offValue === 0) return backend.output(cast(backend, hit, dtype));
    if (dtype === "bool") return undefined;
    return backend.output(
      backend.node("Where", [hit, backend.scalar(onValue, dtype), backend.scalar(offValue, dtype)], dtype, shape),
    );
  }),
};
