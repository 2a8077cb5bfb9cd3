import { interpolate, type Weights } from "@tesserae/models";
import { expect, test } from "vitest";
import { uniform } from "../fixtures/tiny-clip.js";
import { normalFrom } from "../rng.js";

const weights = (vision: number[], text: number[]): Weights =>
  new Map([
    ["vision_model.x", { shape: [vision.length], data: Float32Array.from(vision) }],
    ["text_model.x", { shape: [text.length], data: Float32Array.from(text) }],
  ]);

test("averages in weight space, for all variables or chosen ones", () => {
  const [a, b] = [weights([0, 4], [10]), weights([2, 8], [20])];
  expect(interpolate(a, b, 0.25)).toEqual(weights([0.5, 5], [12.5]));
  expect(interpolate(a, b, 0)).toEqual(a);
  expect(interpolate(a, b, 1)).toEqual(b);
  expect(interpolate(a, b, 0.5, { select: (name) => name.startsWith("vis") })).toEqual(weights([1, 6], [20]));
});

test("refuses models that differ in names or shapes", () => {
  expect(() => interpolate(new Map(), weights([1], [2]), 0.5)).toThrow(
    "interpolate: only one of the two models has vision_model.x, text_model.x.",
  );
  expect(() => interpolate(weights([1], [2]), weights([1, 1], [2]), 0.5)).toThrow(
    "interpolate: vision_model.x is [1] in the first model and [2] in the second.",
  );
});

test("normal numbers have mean 0, deviation 1 and the normal share within one deviation", () => {
  const normal = normalFrom(uniform(1));
  const sample = Array.from({ length: 20_000 }, normal);
  const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
  const variance = sample.reduce((sum, x) => sum + x * x, 0) / sample.length;
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(variance).toBeCloseTo(1, 1);
  expect(sample.filter((x) => Math.abs(x) < 1).length / sample.length).toBeCloseTo(0.6827, 1);
});
