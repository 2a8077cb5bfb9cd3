import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { hingeLoss, type Loss } from "@tesserae/losses";
import { expect, test } from "vitest";

/** One image along x, its text at a cosine of 0.5 and a negative at the given one. */
function hinge(loss: Loss, negative: number): number {
  const at = (cosine: number) => [cosine, Math.sqrt(1 - cosine ** 2)];
  const objective = loss.compute({
    image: tf.tensor2d([[1, 0]]),
    text: tf.tensor2d([at(0.5), at(negative)]),
    logitScale: tf.scalar(20),
    positiveImage: tf.tensor1d([0], "int32"),
    negativeImage: tf.tensor1d([0], "int32"),
  }).objective as tf.Scalar;
  return objective.dataSync()[0]!;
}

test("asks for a margin of 0.2 unless told otherwise: max(0, 0.2 - 0.5 + cosine of the negative)", () => {
  expect(hinge(hingeLoss(), 0.4)).toBeCloseTo(0.1, 5);
  expect(hinge(hingeLoss(), 0.6)).toBeCloseTo(0.3, 5);
  expect(hinge(hingeLoss(), 0.25)).toBe(0);
  expect(hinge(hingeLoss({ margin: 0.3 }), 0.4)).toBeCloseTo(0.2, 5);
  expect(hingeLoss().options).toEqual({ margin: 0.2 });
});
