import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs-core";
import { ortReport, registerOrtBackend, resetOrtReport } from "@tesserae/tfjs-backend-ort";
import { beforeAll, expect, it } from "vitest";

beforeAll(async () => {
  registerOrtBackend({ threads: 1 });
  await tf.setBackend("ort");
});

const shape: [number, number] = [512, 512]; // large enough to go by blocks
const numbers = (seed: number) => tf.randomUniform(shape, -1, 1, "float32", seed);
const scalar = (value: number) => tf.scalar(value);

/** An update of AdamW as a kernel: [update, first moment, second moment]. */
function updateOf(parameter: tf.Tensor): tf.Tensor[] {
  const inputs = {
    gradient: numbers(1),
    first: numbers(2),
    second: tf.square(numbers(3)),
    parameter,
    rate: scalar(-0.01),
    root: scalar(1.5),
    decay: scalar(0.001),
  };
  const options = { beta1: 0.9, beta2: 0.98, epsilon: 1e-6 };
  return tf.engine().runKernel("FusedAdamW", inputs, options) as unknown as tf.Tensor[];
}

/** Nodes of the run that computes the updated weights, which is right whether the update is kept or not. */
function nodesOf(weights: tf.Variable, keepUpdate: boolean): { nodes: number; bytes: string } {
  const [update] = tf.tidy(() => {
    const [update, first, second] = updateOf(weights) as [tf.Tensor, tf.Tensor, tf.Tensor];
    weights.assign(tf.add(weights, update));
    return keepUpdate ? [update, first, second] : [tf.scalar(0), first, second];
  });
  resetOrtReport();
  const bytes = createHash("sha256")
    .update(weights.dataSync() as Float32Array)
    .digest("hex");
  const { nodes } = ortReport();
  update.dispose();
  return { nodes, bytes };
}

it("adds an update that nothing else uses where it is computed, with the same bytes", () => {
  const [fused, plain] = [tf.variable(numbers(4)), tf.variable(numbers(4))];
  const [withoutUpdate, withUpdate] = [nodesOf(fused, false), nodesOf(plain, true)];
  // The addition, and the change of shape that it needs: the update is in rows of one block each.
  expect(withUpdate.nodes - withoutUpdate.nodes).toBe(2);
  expect(withoutUpdate.bytes).toEqual(withUpdate.bytes);
  // A second update starts from what the first has left, under the weights' own shape.
  expect(nodesOf(fused, false).bytes).toEqual(nodesOf(plain, true).bytes);
  expect(fused.shape).toEqual(shape);
  expect(tf.sum(fused, 1).shape).toEqual([512]);
});
