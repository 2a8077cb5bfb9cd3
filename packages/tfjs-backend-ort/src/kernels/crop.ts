import * as tf from "@tensorflow/tfjs-core";
import type { OrtBackend } from "../backend/ort-backend.js";
import { constant, type Operand } from "../graph/graph.js";
import type { ElementType } from "../onnx/encode-model.js";
import { cast, type KernelTable, kernel, reshape } from "./kernel.js";

/** Where the rows (or columns) of every crop lie in its image: [boxes, count] in whole pixels, with what is between them. */
interface Positions {
  readonly inside: Operand;
  readonly low: Operand;
  readonly high: Operand;
  readonly fraction: Operand;
}

/** Positions of `count` rows between the corners `first` and `second` of each box, worked out in doubles as the CPU backend does. */
function positions(
  backend: OrtBackend,
  [first, second]: readonly [Operand, Operand],
  length: number,
  count: number,
  nearest: boolean,
): Positions {
  const shape = [first.shape[0] as number, count];
  const number = (value: number) => constant("float64", [value], []);
  const node = (operator: string, inputs: Parameters<OrtBackend["node"]>[1], type: ElementType = "float64") =>
    backend.node(operator, inputs, type, shape);
  const column = (operator: string, a: Operand, b: Parameters<OrtBackend["node"]>[1][number]) =>
    backend.node(operator, [a, b], "float64", [shape[0] as number, 1]);
  const last = number(length - 1);
  let source: Operand;
  if (count > 1) {
    const extent = column("Mul", column("Sub", second, first), last);
    const step = column("Div", extent, number(count - 1));
    const steps = constant(
      "float64",
      Array.from({ length: count }, (_, index) => index),
    );
    source = node("Add", [column("Mul", first, last), node("Mul", [step, steps])]);
  } else {
    source = column("Mul", column("Mul", column("Add", first, second), number(0.5)), last);
  }
  const inside = node(
    "And",
    [node("GreaterOrEqual", [source, number(0)], "bool"), node("LessOrEqual", [source, last], "bool")],
    "bool",
  );
  const bounded = node("Min", [node("Max", [source, number(0)]), last]);
  const low = node("Floor", [nearest ? node("Add", [bounded, number(0.5)]) : bounded]);
  const high = nearest ? low : node("Ceil", [bounded]);
  const fraction = cast(backend, node("Sub", [bounded, low]), "float32");
  return { inside, low: cast(backend, low, "int32"), high: cast(backend, high, "int32"), fraction };
}

/** Crops of images. */
export const cropKernels: KernelTable = {
  [tf.CropAndResize]: kernel<tf.CropAndResizeInputs, tf.CropAndResizeAttrs>((backend, inputs, attributes) => {
    const { image, boxes, boxInd } = inputs;
    const { cropSize, method, extrapolationValue } = attributes;
    if (image.dtype !== "float32" || boxes.dtype !== "float32" || boxInd.dtype !== "int32") return undefined;
    const [batch, height, width, channels] = image.shape as [number, number, number, number];
    const [rows, columns] = cropSize;
    const count = boxInd.shape[0] as number;
    const nearest = method === "nearest";
    const corners = cast(backend, backend.operand(boxes), "float64");
    const corner = (index: number) =>
      backend.node("Gather", [corners, constant("int64", [index])], "float64", [count, 1], { attributes: { axis: 1 } });
    const y = positions(backend, [corner(0), corner(2)], height, rows, nearest);
    const x = positions(backend, [corner(1), corner(3)], width, columns, nearest);

    const grid = [count, rows, columns];
    const crops = [...grid, channels];
    const down = (operand: Operand) => reshape(operand, [count, rows, 1]);
    const across = (operand: Operand) => reshape(operand, [count, 1, columns]);
    const node = (operator: string, a: Operand, b: Operand, type: ElementType, shape: readonly number[]) =>
      backend.node(operator, [a, b], type, shape);
    const boxes3 = [count, 1, 1];
    const indices = reshape(backend.operand(boxInd), boxes3);
    const known = backend.node("Less", [indices, constant("int32", [batch], [])], "bool", boxes3);
    const owner = backend.node("Min", [indices, constant("int32", [batch - 1], [])], "int32", boxes3);
    const firstRow = backend.node("Mul", [owner, constant("int32", [height], [])], "int32", boxes3);
    const pixels = reshape(backend.operand(image), [batch * height * width, channels]);
    const at = (row: Operand, column: Operand) => {
      const line = node("Add", firstRow, down(row), "int32", [count, rows, 1]);
      const start = backend.node("Mul", [line, constant("int32", [width], [])], "int32", line.shape);
      const flat = node("Add", start, across(column), "int32", grid);
      return backend.node("Gather", [pixels, flat], "float32", crops, { attributes: { axis: 0 } });
    };
    const between = (a: Operand, b: Operand, fraction: Operand) =>
      node("Add", a, node("Mul", node("Sub", b, a, "float32", crops), fraction, "float32", crops), "float32", crops);
    const across1 = reshape(x.fraction, [count, 1, columns, 1]);
    const down1 = reshape(y.fraction, [count, rows, 1, 1]);
    const values = nearest
      ? at(y.low, x.low)
      : between(
          between(at(y.low, x.low), at(y.low, x.high), across1),
          between(at(y.high, x.low), at(y.high, x.high), across1),
          down1,
        );
    const inside = node("And", down(y.inside), across(x.inside), "bool", grid);
    const outside = backend.scalar(extrapolationValue);
    const cropped = backend.node("Where", [reshape(inside, [...grid, 1]), values, outside], "float32", crops);
    // As on the CPU backend, a box of an image that is not there gives zeros.
    const zero = constant("float32", [0], []);
    return backend.output(backend.node("Where", [reshape(known, [count, 1, 1, 1]), cropped, zero], "float32", crops));
  }),
};
