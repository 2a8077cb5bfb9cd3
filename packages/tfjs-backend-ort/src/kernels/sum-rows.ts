import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand, sizeOf } from "../graph/graph.js";

/** Rows from which on it pays to sum in two stages. */
const manyRows = 128;

/** Parts that the rows are cut into: as near to eight as their number allows. */
const partCounts = [8, 7, 6, 5, 4, 9, 10, 11, 12, 13, 14, 15, 16] as const;

/**
 * The sum of a float32 tensor over its first `axes` axes in two stages, which ONNX Runtime does twice as fast as in one: the rows of each part, then the
 * parts. `undefined` where there are few rows, or their number cannot be divided.
 *
 * @param shape of the result
 */
export function sumRows(backend: OrtBackend, x: Operand, axes: number, shape: readonly number[]): Operand | undefined {
  const rows = sizeOf(x.shape.slice(0, axes));
  const parts = rows < manyRows ? undefined : partCounts.find((count) => rows % count === 0);
  if (parts === undefined || axes === x.shape.length) return undefined;
  const inner = sizeOf(x.shape.slice(axes));
  const attributes = { keepdims: 0 };
  const cut = { value: x.value, shape: [parts, rows / parts, inner] };
  const sums = backend.node("ReduceSum", [cut, constant("int64", [1])], "float32", [parts, inner], { attributes });
  const { value } = backend.node("ReduceSum", [sums, constant("int64", [0])], "float32", [inner], { attributes });
  return { value, shape };
}
