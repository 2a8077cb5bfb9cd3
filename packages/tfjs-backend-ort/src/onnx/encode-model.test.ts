import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { encodeModel } from "./encode-model.js";

describe("encodeModel", () => {
  it("writes a model that ONNX Runtime loads and runs", async () => {
    const model = encodeModel({
      nodes: [
        { name: "Add", operator: "Add", domain: "", inputs: ["x", "offset"], outputs: ["sum"], attributes: {} },
        {
          name: "LeakyRelu",
          operator: "LeakyRelu",
          domain: "",
          inputs: ["sum"],
          outputs: ["bent"],
          attributes: { alpha: { float: 0.5 } },
        },
        {
          name: "Transpose",
          operator: "Transpose",
          domain: "",
          inputs: ["bent"],
          outputs: ["turned"],
          attributes: { perm: [1, 0] },
        },
        {
          name: "ReduceSum",
          operator: "ReduceSum",
          domain: "",
          inputs: ["turned", "axes"],
          outputs: ["y"],
          attributes: { keepdims: 0 },
        },
      ],
      inputs: [{ name: "x", type: "float32", shape: [2, 2] }],
      outputs: [
        { name: "turned", type: "float32", shape: [2, 2] },
        { name: "y", type: "float32", shape: [2] },
      ],
      constants: [
        { name: "offset", type: "float32", shape: [], values: [-2] },
        { name: "axes", type: "int64", shape: [1], values: [-1] },
      ],
    });
    const session = await InferenceSession.create(model);
    const { turned, y } = await session.run({ x: new Tensor("float32", [0, 1, 2, 3], [2, 2]) });
    expect(Array.from(turned?.data as Float32Array)).toEqual([-1, 0, -0.5, 1]);
    expect(Array.from(y?.data as Float32Array)).toEqual([-1, 0.5]);
    await session.release();
  });
});
