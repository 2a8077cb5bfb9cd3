import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { openCheckpoints } from "../run/checkpoints.js";
import { trainSteps } from "./train-steps.js";

/** Twelve points on a line that are not quite on it. */
const points = Array.from({ length: 12 }, (_, x) => [x / 6 - 1, x / 3 - 1.5 + 0.1 * (x % 3)]);

beforeAll(async () => {
  await selectBackend({ backend: "ort" });
});

/** Fits a line; stops after a step where one is named. */
async function fit(checkpoints?: Parameters<typeof openCheckpoints>[0], stopAt?: number) {
  const controller = new AbortController();
  const variables = new Map<string, tf.Variable>([
    ["slope", tf.tidy(() => tf.variable(tf.scalar(0)))],
    ["offset", tf.tidy(() => tf.variable(tf.tensor1d([0.5])))],
  ]);
  const losses: number[] = [];
  let batches = 0;
  let from = 0;
  const run = trainSteps(
    {
      variables,
      trained: ["slope", "offset"],
      count: points.length,
      collate: (places) => {
        if (++batches === stopAt) controller.abort("SIGTERM");
        return {
          x: Float32Array.from(places, (place) => points[place]![0]!),
          y: Float32Array.from(places, (place) => points[place]![1]!),
        };
      },
      loss: ({ x, y }: { readonly x: Float32Array; readonly y: Float32Array }) => {
        const line = tf.add(tf.mul(tf.tensor1d(x), variables.get("slope")!), variables.get("offset")!);
        return tf.mean(tf.square(tf.sub(line, tf.tensor1d(y)))) as tf.Scalar;
      },
    },
    {
      ...{ steps: 60, batchSize: 5, learningRate: 0.2, seed: ["line", 1], signal: controller.signal },
      ...(checkpoints === undefined ? {} : { checkpoints: await openCheckpoints(checkpoints, 1) }),
      onLoss: (_, loss) => void losses.push(loss),
      onStart: (step) => {
        from = step;
      },
    },
  ).catch((error: Error) => error.message);
  const ended = await run;
  const values = [...variables.values()].flatMap((variable) => Array.from(variable.dataSync()));
  tf.dispose([...variables.values()]);
  return { ended, values, losses, from };
}

describe("trainSteps", () => {
  it("lowers the loss, runs a traced graph, leaks nothing", async () => {
    const before = tf.memory().numTensors;
    const { ended, losses, values } = await fit();
    expect(losses).toHaveLength(6);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 10);
    expect(values[0]).toBeCloseTo(2, 0);
    const { replayed, called } = ended as { replayed: number; called: number };
    expect(replayed + called).toBe(60);
    expect(replayed).toBeGreaterThan(50);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([1, 7, 31, 59])(
    "ends with the same bytes when it was stopped after step %i and gone on with",
    async (stop) => {
      const folder = await mkdtemp(join(tmpdir(), "steps-"));
      const whole = await fit();
      const stopped = await fit(folder, stop);
      expect(stopped.ended).toBe(`stopped at step ${stop} of 60, which is saved`);
      const resumed = await fit(folder);
      expect(resumed.from).toBe(stop);
      expect(resumed.values).toEqual(whole.values);
      expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses);
    },
  );
});
