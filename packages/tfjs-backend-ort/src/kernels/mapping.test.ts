import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { ortReport, registerGradients, registerOrtBackend, resetOrtReport } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { floats, tensorsOf } from "./fixtures/case.js";
import { compareWithCpu } from "./fixtures/outcome.js";

beforeAll(async () => {
  registerGradients();
  registerOrtBackend({ threads: 1 });
  await tf.setBackend("ort");
});

/** NaN and the infinities where kernels could treat them differently. */
const extremes: readonly (readonly [string, (x: tf.Tensor) => tf.Tensor | tf.Tensor[]])[] = [
  ["relu", (x) => tf.relu(x)],
  ["relu6", (x) => tf.relu6(x)],
  ["step", (x) => tf.step(x)],
  ["sign", (x) => tf.sign(x)],
  ["clipByValue", (x) => tf.clipByValue(x, -2, 2)],
  ["maximum", (x) => [tf.maximum(x, 0), tf.maximum(0, x)]],
  ["minimum", (x) => [tf.minimum(x, 0), tf.minimum(0, x)]],
  ["max and min", (x) => [tf.max(x), tf.min(x), tf.max(tf.slice(x, 1, 6)), tf.min(tf.slice(x, 1, 6))]],
  ["exp", (x) => tf.exp(x)],
  ["log", (x) => tf.log(x)],
  ["log1p", (x) => tf.log1p(x)],
  ["expm1", (x) => tf.expm1(x)],
  ["sqrt", (x) => tf.sqrt(x)],
  ["rsqrt", (x) => tf.rsqrt(x)],
  ["tan", (x) => tf.tan(tf.slice(x, 0, 7))],
  ["tanh", (x) => tf.tanh(x)],
  ["sigmoid", (x) => tf.sigmoid(x)],
  ["elu", (x) => tf.elu(x)],
  ["square", (x) => tf.square(x)],
  ["add", (x) => tf.add(x, x)],
  ["sub", (x) => tf.sub(x, x)],
  ["mul by zero", (x) => tf.mul(x, 0)],
  ["div by zero", (x) => tf.div(x, 0)],
  ["mod", (x) => [tf.mod(x, 2), tf.mod(2, x)]],
  ["sum", (x) => [tf.sum(x), tf.sum(tf.slice(x, 1, 1)), tf.sum(tf.slice(x, 1, 2))]],
  ["cumsum and cumprod", (x) => [tf.cumsum(tf.slice(x, 3, 4)), tf.cumprod(tf.slice(x, 3, 4))]],
  ["softmax", (x) => tf.softmax(tf.slice(x, 2, 5))],
  ["where", (x) => tf.where(tf.greater(x, 0), x, 0)],
  ["resize", (x) => tf.image.resizeBilinear(tf.reshape(x, [1, 2, 4, 1]) as tf.Tensor4D, [3, 5])],
  ["maxPool", (x) => tf.maxPool(tf.reshape(x, [1, 2, 4, 1]) as tf.Tensor4D, 2, 1, "valid")],
];

describe("NaN, infinities and zeros are treated as on the CPU backend", () => {
  it.each(extremes)("%s", async (_, run) => {
    const inputs = [floats(Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 3e38)];
    await compareWithCpu(() => run(tensorsOf(inputs)[0] as tf.Tensor));
  });
});

describe("mapping", () => {
  it("slices with new and dropped axes as TensorFlow does", async () => {
    await tf.setBackend("ort");
    // The CPU backend reads 1, 2, 3 here, forgetting where the slice begins and its stride.
    const slice = tf.tidy(() =>
      tf.stridedSlice(tf.reshape(tf.range(0, 20), [4, 5]), [0, 1, 0], [1, 2, 5], [1, 1, 2], 0, 0, 0, 1, 2),
    );
    expect(slice.shape).toEqual([1, 3]);
    expect(Array.from(await slice.data())).toEqual([5, 7, 9]);
  });

  it("runs a transformer block without the CPU backend", async () => {
    await tf.setBackend("ort");
    resetOrtReport();
    const loss = tf.tidy(() => {
      const x = tf.variable(tf.randomNormal([2, 4, 8], 0, 1, "float32", 1));
      const f = () => {
        const scores = tf.softmax(tf.matMul(x, x, false, true));
        const mixed = tf.matMul(scores, x);
        const hidden = tf.mul(mixed, tf.sigmoid(tf.mul(mixed, 1.702)));
        return tf.mean(tf.square(tf.concat([hidden, tf.slice(x, [0, 0, 0], [2, 4, 8])], 1))) as tf.Scalar;
      };
      return tf.variableGrads(f).value;
    });
    await loss.data();
    expect(ortReport().fallbacks).toEqual({});
    expect(ortReport().runs).toBe(1);
  });

  it("trains a convolutional network without the CPU backend", async () => {
    await tf.setBackend("ort");
    resetOrtReport();
    const filter = tf.variable(tf.randomNormal([3, 3, 3, 4], 0, 1, "float32", 1));
    const images = tf.randomNormal([2, 8, 8, 3], 0, 1, "float32", 2) as tf.Tensor4D;
    const loss = tf.train.sgd(0.1).minimize(() => {
      const features = tf.relu(tf.conv2d(tf.image.resizeBilinear(images, [6, 6]), filter as tf.Tensor4D, 1, "same"));
      return tf.mean(tf.avgPool(tf.maxPool(features, 2, 1, "valid"), 5, 1, "valid")) as tf.Scalar;
    }, true) as tf.Scalar;
    await loss.data();
    expect(ortReport().fallbacks).toEqual({});
    expect(ortReport().runs).toBe(1);
    tf.dispose([filter, images, loss]);
  });
});
