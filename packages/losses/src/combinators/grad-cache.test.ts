import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { gradCache, type Loss, type LossTerms } from "@tesserae/losses";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { numberOf, sharedTexts, toTensors, uniform, unitRows } from "../fixtures/batches.js";
import { contrastiveLosses, regionLosses } from "../fixtures/every-loss.js";

beforeAll(registerGradients);

const random = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);

/** A tower of one layer: rows times weights, to length one. */
function embed(rows: tf.Tensor, weights: tf.Variable): tf.Tensor2D {
  const x: tf.Tensor2D = tf.matMul(rows as tf.Tensor2D, weights as unknown as tf.Tensor2D);
  return tf.div(x, tf.sqrt(tf.sum(tf.square(x), 1, true)));
}

/** Inputs of a batch and how their embeddings make a loss. */
interface Task {
  /** Inputs of each of the two towers, cut along the first axis. */
  readonly inputs: readonly [tf.Tensor, tf.Tensor];
  readonly towers: readonly [(rows: tf.Tensor) => tf.Tensor, (rows: tf.Tensor) => tf.Tensor];
  readonly variables: tf.Variable[];
  readonly lossVariables: tf.Variable[];
  readonly loss: (first: tf.Tensor, second: tf.Tensor) => LossTerms;
}

function contrastive(loss: Loss): Task {
  const plain = toTensors(sharedTexts(3));
  const [image, text] = [tf.variable(random([5, 6], 1)), tf.variable(random([7, 6], 2))];
  const scale = tf.variable(tf.scalar(1.2));
  return {
    inputs: [random([4, 5], 3), random([12, 7], 4)],
    towers: [(rows) => embed(rows, image), (rows) => embed(rows, text)],
    variables: [image, text],
    lossVariables: [scale],
    loss: (images, texts) => {
      const logitScale = tf.exp(scale) as tf.Scalar;
      const terms = loss.compute({ ...plain, image: images as tf.Tensor2D, text: texts as tf.Tensor2D, logitScale });
      // Gives a gradient to the losses that do not use the scale, too.
      return { ...terms, objective: tf.add(terms.objective, tf.mul(logitScale, 0.1)) as tf.Scalar };
    },
  };
}

/** One tower for regions, patches or scores; the second for texts. */
function pairs(
  shapes: readonly [number[], number[]],
  loss: (first: tf.Tensor, second: tf.Tensor) => LossTerms,
  widths: readonly [number, number] = [6, 6],
): Task {
  const variables = shapes.map((shape, i) => tf.variable(random([shape.at(-1)!, widths[i]!], 5 + i)));
  const tower = (weights: tf.Variable) => (rows: tf.Tensor) =>
    tf.reshape(embed(tf.reshape(rows, [-1, rows.shape.at(-1)!]), weights), [
      ...rows.shape.slice(0, -1),
      weights.shape[1]!,
    ]);
  return {
    inputs: [random(shapes[0], 7), random(shapes[1], 8)],
    towers: [tower(variables[0]!), tower(variables[1]!)],
    variables,
    lossVariables: [],
    loss,
  };
}

const mask = tf.tensor2d(unitRows(12, 4, uniform(4)).map((row) => row.map((x, i) => (i === 0 || x > 0 ? 1 : 0))));
const labels = tf.tensor2d([
  [1, 0, 1],
  [0, 1, 0],
  [1, 1, 0],
  [0, 0, 1],
]);
/** Each tower gives half of the scores. */
const mapping = ({ compute }: Loss<unknown>) =>
  pairs(
    [
      [4, 5, 8],
      [4, 5, 8],
    ],
    (first, second) => compute({ scores: tf.add(first, second), labels }),
    [3, 3],
  );
const regions = ({ compute }: Loss<unknown>) =>
  pairs(
    [
      [8, 5],
      [8, 7],
    ],
    (region, text) => compute({ region, text, textId: tf.tensor1d([0, 1, 0, 2, 3, 1, 4, 5], "int32") }),
  );
const patches = ({ compute }: Loss<unknown>) =>
  pairs(
    [
      [4, 5, 8],
      [12, 4, 8],
    ],
    (patches, tokens) =>
      compute({
        patches,
        tokens,
        tokenMask: mask,
        negativeImage: tf.tensor1d([0, 0, 1, 2, 2, 2, 3, -1], "int32"),
        logitScale: tf.scalar(4),
      }),
  );

const taskOf: Readonly<Record<string, (loss: Loss<unknown>) => Task>> = {
  "villa-mapping-formula": mapping,
  "villa-mapping-code": mapping,
  "region-contrastive": regions,
  "region-contrastive-multi-positive": regions,
  "fsc-clip-local": patches,
};
const tasks: Readonly<Record<string, () => Task>> = Object.fromEntries([
  ...Object.entries(contrastiveLosses).map(([name, loss]) => [name, () => contrastive(loss)] as const),
  ...Object.entries(regionLosses).map(([name, loss]) => [name, () => taskOf[name]!(loss)] as const),
]);

const parts = 4;
const cut = (rows: tf.Tensor) => tf.split(rows, parts);

test.each(Object.keys(tasks))(
  "%s: cut in 4 parts, value and gradients equal the whole batch's within 1e-6",
  async (name) => {
    const { inputs, towers, variables, lossVariables, loss } = tasks[name]!();
    const all = [...variables, ...lossVariables];
    const whole = tf.variableGrads(() => loss(towers[0](inputs[0]), towers[1](inputs[1])).objective, all);

    const pieces = inputs.map(cut);
    const before = tf.memory().numTensors;
    const { terms, gradients } = await gradCache({
      parts: pieces.flatMap((list, which) => list.map((rows) => () => towers[which]!(rows))),
      loss: (embeddings) => loss(tf.concat(embeddings.slice(0, parts)), tf.concat(embeddings.slice(parts))),
      variables,
      lossVariables,
    });
    expect(tf.memory().numTensors).toBe(before + Object.keys(terms).length + all.length);
    expect(Math.abs(numberOf(terms.objective) - numberOf(whole.value))).toBeLessThan(
      1e-6 * Math.max(1, numberOf(whole.value)),
    );
    for (const { name } of all) {
      const expected = whole.grads[name]!.dataSync();
      const size = Math.max(1, ...expected.map(Math.abs));
      gradients[name]!.dataSync().forEach((value, i) => {
        expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6 * size);
      });
      expect(expected.some((value) => value !== 0)).toBe(true);
    }
  },
);

test("says when there is nothing to differentiate", async () => {
  const empty = { parts: [], loss: () => ({ objective: tf.scalar(0) }), variables: [] };
  await expect(gradCache(empty)).rejects.toThrow("no parts were given");
});
