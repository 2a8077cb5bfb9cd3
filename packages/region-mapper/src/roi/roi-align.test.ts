import { readFileSync } from "node:fs";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { type Box, roiAlign } from "@tesserae/region-mapper";
import { registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

interface Case {
  readonly outputSize: [number, number];
  readonly spatialScale: number;
  readonly samplingRatio: number;
  readonly aligned: boolean;
  readonly height: number;
  readonly width: number;
  readonly features: number[];
  readonly output: number[];
  readonly weight: number[];
  readonly gradient: number[];
}

/** Made by tools/oracles/roi_align.py. */
const { boxes, channels, cases } = JSON.parse(
  readFileSync(new URL("fixtures/roi-align.json", import.meta.url), "utf8"),
) as { boxes: Box[][]; channels: number; cases: Case[] };

/** Rows of torchvision, region after region, as [2, 6, rows, columns, channels] with zeros for the regions that are missing. */
function padded(values: readonly number[], size: number): Float32Array {
  const all = new Float32Array(12 * size);
  all.set(values.slice(0, 6 * size));
  all.set(values.slice(6 * size), 6 * size);
  return all;
}

function furthest(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...Array.from(actual, (value, at) => Math.abs(value - expected[at]!)));
}

describe.each(["cpu", "ort"])("roiAlign on %s", (backend) => {
  beforeAll(async () => {
    registerGradients();
    registerOrtBackend();
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(cases)("equals torchvision, forward and backward: %#", async (given) => {
    const before = tf.memory().numTensors;
    const size = given.outputSize[0] * given.outputSize[1] * channels;
    const weight = padded(given.weight, size);
    const features = tf.tensor4d(given.features, [2, given.height, given.width, channels]);
    const output = roiAlign(features, boxes, given);
    expect(output.shape).toEqual([2, 6, ...given.outputSize, channels]);
    expect(furthest(await output.data(), padded(given.output, size))).toBeLessThan(1e-5);
    const gradientOf = tf.grad((x) =>
      tf.sum(tf.mul(roiAlign(x as tf.Tensor4D, boxes, given), tf.tensor(weight, output.shape))),
    );
    const gradient = gradientOf(features);
    expect(furthest(await gradient.data(), given.gradient)).toBeLessThan(1e-5);
    tf.dispose([features, output, gradient]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("roiAlign", () => {
  it("gives a box's mean where each bin is one sample", async () => {
    await tf.setBackend("cpu");
    tf.tidy(() => {
      const features = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
      const whole = roiAlign(features, [[[0, 0, 2, 2]]], { outputSize: 1, spatialScale: 1, samplingRatio: 1 });
      expect(Array.from(whole.dataSync())).toEqual([2.5]);
    });
  });

  it("says what is wrong", () => {
    tf.tidy(() => {
      const features = tf.zeros([1, 4, 4, 2]) as tf.Tensor4D;
      const align = (boxes: Box[][], options = {}): unknown =>
        roiAlign(features, boxes, { outputSize: 2, spatialScale: 0.5, ...options });
      expect(() => align([])).toThrow("boxes has lists for 0 images, features has 1");
      expect(() => align([[]])).toThrow("roiAlign got no boxes");
      expect(() => align([[[0, 0, -1, 2]]])).toThrow("boxes[0][0] is [0, 0, -1, 2]; expected [x, y, width, height]");
      expect(() => align([[[0, 0, 1, 1]]], { outputSize: 0 })).toThrow("height of outputSize is 0");
      expect(() => align([[[0, 0, 1, 1]]], { spatialScale: 0 })).toThrow("spatialScale is 0");
      expect(() => align([[[0, 0, 1, 1]]], { samplingRatio: -1 })).toThrow("samplingRatio is -1");
    });
  });
});
