import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { maxOverRegions } from "@tesserae/region-mapper";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, describe, expect, it } from "vitest";

// Two images, two regions, two attributes; the second image has one region and one row of padding.
const scores = [
  [
    [0.25, -0.75],
    [0.5, -0.5],
  ],
  [
    [-0.5, -1],
    [0, 0],
  ],
];
const mask = [
  [1, 1],
  [1, 0],
];

describe("maxOverRegions", () => {
  beforeAll(async () => {
    registerGradients();
    await tf.setBackend("cpu");
  });

  it("takes each image's best region per attribute", () => {
    tf.tidy(() => {
      const tensor = tf.tensor3d(scores);
      expect(Array.from(maxOverRegions(tensor).dataSync())).toEqual([0.5, -0.5, 0, 0]);
      expect(Array.from(maxOverRegions(tensor, tf.tensor2d(mask)).dataSync())).toEqual([0.5, -0.5, -0.5, -1]);
    });
  });

  it("sends gradients to the best regions only, and leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    const gradient = tf.tidy(() => {
      const gradientOfSum = tf.grad((x) => tf.sum(maxOverRegions(x as tf.Tensor3D, tf.tensor2d(mask))));
      return Array.from(gradientOfSum(tf.tensor3d(scores)).dataSync());
    });
    expect(gradient).toEqual([0, 0, 1, 1, 1, 1, 0, 0]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("says what shape the mask should have", () => {
    tf.tidy(() => {
      const wrong = tf.ones([2, 3]) as tf.Tensor2D;
      expect(() => maxOverRegions(tf.tensor3d(scores), wrong)).toThrow("[2, 3]; expected [2, 2]");
    });
  });
});
