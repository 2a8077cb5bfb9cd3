import { resizeTextPositions } from "@tesserae/models";
import { expect, test } from "vitest";

const name = "text_model.embeddings.position_embedding.weight";
const weights = new Map([
  [name, { shape: [3, 2], data: Float32Array.of(0, 10, 1, 20, 4, 60) }],
  ["logit_scale", { shape: [], data: Float32Array.of(1) }],
]);

test("equals torch's linear interpolation", () => {
  // torch.nn.functional.interpolate(x, size=5, mode="linear", align_corners=False) of [0, 1, 4] and [10, 20, 60]
  const longer = resizeTextPositions(weights, 5);
  expect(longer.get(name)!.shape).toEqual([5, 2]);
  const expected = [0, 10, 0.4, 14, 1, 20, 2.8, 44, 4, 60];
  longer.get(name)!.data.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 5);
  });
  expect(longer.get("logit_scale")).toBe(weights.get("logit_scale"));
  expect(resizeTextPositions(weights, 3).get(name)!.data).toEqual(weights.get(name)!.data);
});

test("refuses weights without text positions and lengths that are none", () => {
  expect(() => resizeTextPositions(new Map(), 5)).toThrow(`resizeTextPositions: the weights have no ${name}.`);
  expect(() => resizeTextPositions(weights, 0)).toThrow("contextLength is 0; a positive whole number is expected.");
});
