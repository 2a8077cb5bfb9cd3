import { Tensor } from "onnxruntime-common";
import { describe, expect, it } from "vitest";
import { createRecycler } from "./recycler.js";

describe("createRecycler", () => {
  const tensor = (...shape: number[]) =>
    new Tensor("float32", new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);

  it("hands out idle memory of the same type and shape once", () => {
    const recycler = createRecycler();
    const memory = tensor(2, 3);
    recycler.release(memory, true);
    expect(recycler.take("int32", [2, 3])).toBeUndefined();
    expect(recycler.take("float32", [3, 2])).toBeUndefined();
    expect(recycler.take("float32", [2, 3])).toBe(memory);
    expect(recycler.take("float32", [2, 3])).toBeUndefined();
  });

  it("keeps memory that a waiting node may read until the run is over", () => {
    const recycler = createRecycler();
    const memory = tensor(2);
    recycler.release(memory, false);
    expect(recycler.take("float32", [2])).toBeUndefined();
    recycler.collect();
    expect(recycler.take("float32", [2])).toBe(memory);
  });

  it("drops memory that two runs have not taken", () => {
    const recycler = createRecycler();
    recycler.release(tensor(2), true);
    recycler.collect();
    recycler.collect();
    expect(recycler.take("float32", [2])).toBeUndefined();
  });
});
