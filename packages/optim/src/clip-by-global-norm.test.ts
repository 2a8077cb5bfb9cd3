import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { clipByGlobalNorm } from "@tesserae/optim";
import { expect, it } from "vitest";

const gradients = () => ({ large: tf.fill([300, 300], 0.01), small: tf.tensor1d([4]) });

it("scales all gradients by one factor, down to the norm that is allowed", () => {
  // 90,000 x 0.01^2 + 4^2 = 25
  const { gradients: clipped, norm } = clipByGlobalNorm(gradients(), 1);
  expect(norm.dataSync()[0]).toBeCloseTo(5, 4);
  expect(clipped.small!.dataSync()[0]).toBeCloseTo(0.8, 4);
  expect(clipped.large!.dataSync()[0]).toBeCloseTo(0.002, 6);
});

it("leaves shorter ones, and all where there is no bound", () => {
  expect(clipByGlobalNorm(gradients(), 6).gradients.small!.dataSync()[0]).toBeCloseTo(4, 5);
  const given = gradients();
  const { gradients: same, norm } = clipByGlobalNorm(given);
  expect(same.small).toBe(given.small);
  expect(norm.dataSync()[0]).toBeCloseTo(5, 4);
  expect(clipByGlobalNorm({}).norm.dataSync()[0]).toBe(0);
});
