import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand } from "../graph/graph.js";

/** Numbers that one ScatterND may add. ONNX Runtime gives more than twice as many to several threads, and then their order, and so the sum, is left to chance. */
const mostAtOnce = 100_000;

/**
 * Zeros of `shape` with `updates` added at `indices`, always in the same order.
 *
 * @param indices int64; the last axis is a position in the leading axes of `shape`
 */
export function scatterAdd(
  backend: OrtBackend,
  indices: Operand,
  updates: Operand,
  type: "float32" | "int32",
  shape: readonly number[],
): Operand {
  const depth = indices.shape.at(-1) as number;
  const count = indices.shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const inner = shape.slice(depth);
  const positions = { value: indices.value, shape: [count, depth] };
  const rows = { value: updates.value, shape: [count, ...inner] };
  const rowsAtOnce = Math.max(1, Math.floor(mostAtOnce / inner.reduce((product, length) => product * length, 1)));
  const part = (x: Operand, type: "float32" | "int32" | "int64", start: number, end: number): Operand => {
    if (start === 0 && end === count) return x;
    const bounds = [[start], [end], [0]].map((list) => constant("int64", list));
    return backend.node("Slice", [x, ...bounds], type, [end - start, ...x.shape.slice(1)]);
  };
  let sums = backend.node("Expand", [constant(type, [0], []), constant("int64", shape)], type, shape);
  for (let start = 0; start < count; start += rowsAtOnce) {
    const end = Math.min(count, start + rowsAtOnce);
    const inputs = [sums, part(positions, "int64", start, end), part(rows, type, start, end)];
    sums = backend.node("ScatterND", inputs, type, shape, { attributes: { reduction: { text: "add" } } });
  }
  return sums;
}
