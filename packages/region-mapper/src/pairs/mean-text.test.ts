import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { meanText } from "@tesserae/region-mapper";
import { beforeAll, expect, it } from "vitest";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

it("averages the sentences of each region and gives length one", () => {
  tf.tidy(() => {
    const sentences = tf.tensor2d([1, 0, 0, 1, 3, 4], [3, 2]);
    const [a, b, c, d] = meanText(sentences, [[0, 1], [2]]).dataSync();
    expect([a, b, c, d]).toEqual([Math.SQRT1_2, Math.SQRT1_2, 0.6, 0.8].map((value) => expect.closeTo(value, 6)));
    expect(() => meanText(sentences, [[]])).toThrow("region 0 has no sentences");
    expect(() => meanText(sentences, [[0], [3]])).toThrow("region 1: sentence 3 is none of the 3");
  });
});
