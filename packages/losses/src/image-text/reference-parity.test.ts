import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { afterAll, beforeAll, expect, test } from "vitest";
import { numberOf } from "../fixtures/batches.js";
import { contrastiveLosses, regionLosses } from "../fixtures/every-loss.js";

/** One case of tools/oracles/clip_losses.py. */
interface Case {
  readonly name: string;
  readonly images: number;
  readonly width: number;
  readonly image: readonly number[];
  readonly text: readonly number[];
  readonly logitScale: number;
  readonly positiveImage: readonly number[];
  readonly negativeImage: readonly number[];
  readonly value: number;
  readonly imageGradient: readonly number[];
  readonly textGradient: readonly number[];
  readonly logitScaleGradient: number;
  readonly matches?: readonly number[][];
}

/** One case of tools/oracles/region_losses.py. */
interface RegionCase {
  readonly name: string;
  readonly inputs: Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;
  readonly value: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly labels?: number[][];
  readonly textId?: number[];
  readonly tokenMask?: number[][];
}

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8"));
const { cases } = read<{ cases: Case[] }>("clip-losses.json");
const { cases: regionCases } = read<{ cases: RegionCase[] }>("region-losses.json");

/** The loss of a case; "-matches" and "-warm-up" name what is special about its batch. */
const lossOf = (name: string) => contrastiveLosses[name.replace(/-(matches|warm-up)$/, "")];

/** Largest difference of each case, printed at the end. */
const measured: { fixture: string; value: string; gradient: string }[] = [];

beforeAll(registerGradients);

afterAll(() => console.table(measured));

test("the fixtures have a case for every loss", () => {
  expect(new Set(cases.map(({ name }) => lossOf(name)))).toEqual(new Set(Object.values(contrastiveLosses)));
  expect(regionCases.map(({ name }) => name)).toEqual(Object.keys(regionLosses));
});

test.each(cases)("$name: value and gradients equal PyTorch's within 1e-5", (reference) => {
  const { images, width, positiveImage, negativeImage, matches } = reference;
  const loss = lossOf(reference.name)!;
  const isWarmUp = reference.name.endsWith("-warm-up");
  const run = (image: tf.Tensor, text: tf.Tensor, logitScale: tf.Tensor) =>
    tf.add(
      loss.compute({
        image: image as tf.Tensor2D,
        text: text as tf.Tensor2D,
        logitScale: logitScale as tf.Scalar,
        positiveImage: tf.tensor1d([...positiveImage], "int32"),
        negativeImage: tf.tensor1d([...negativeImage], "int32"),
        ...(isWarmUp ? { step: 0 } : {}),
        ...(matches ? { positiveMask: tf.tensor2d(matches.map((row) => [...row])) } : {}),
      }).objective,
      tf.mul(logitScale, 0), // gives a gradient to the losses that do not use the scale, too
    );
  const inputs = [
    tf.tensor2d([...reference.image], [images, width]),
    tf.tensor2d([...reference.text], [reference.text.length / width, width]),
    tf.scalar(reference.logitScale),
  ];
  const { value, grads } = tf.valueAndGrads(run)(inputs);
  const gradients = [reference.imageGradient, reference.textGradient, [reference.logitScaleGradient]];
  expectClose(reference, value, grads, gradients);
});

test.each(regionCases)("$name: value and gradients equal PyTorch's within 1e-5", (reference) => {
  const { name, labels, textId, tokenMask } = reference;
  const names = Object.keys(reference.inputs);
  const inputs = Object.values(reference.inputs).map(({ shape, values }) => tf.tensor(values, shape));
  const constants = {
    ...(labels ? { labels: tf.tensor2d(labels) } : {}),
    ...(textId ? { textId: tf.tensor1d(textId, "int32") } : {}),
    ...(tokenMask
      ? { tokenMask: tf.tensor2d(tokenMask), negativeImage: tf.tensor1d([0, 1, 2, 0, 1, 2], "int32") }
      : {}),
  };
  const run = (...given: tf.Tensor[]) => {
    const differentiated = Object.fromEntries(names.map((name, i) => [name, given[i]!]));
    return regionLosses[name]!.compute({ ...differentiated, ...constants }).objective;
  };
  const { value, grads } = tf.valueAndGrads(run)(inputs);
  expectClose(reference, value, grads, Object.values(reference.gradients));
});

function expectClose(
  { name, value: expected }: { readonly name: string; readonly value: number },
  value: tf.Tensor,
  found: readonly tf.Tensor[],
  gradients: readonly (readonly number[])[],
): void {
  const ofValue = difference([numberOf(value as tf.Scalar)], [expected]);
  const ofGradients = Math.max(...gradients.map((gradient, i) => difference(found[i]!.dataSync(), gradient)));
  measured.push({ fixture: name, value: ofValue.toExponential(1), gradient: ofGradients.toExponential(1) });
  expect(ofValue).toBeLessThan(1e-5);
  expect(ofGradients).toBeLessThan(1e-5);
}

/** Largest absolute difference; relative where numbers are larger than one. */
function difference(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - found[i]!) / Math.max(1, Math.abs(value))));
}
