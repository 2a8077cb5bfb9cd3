import { readdirSync, readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {
  type ClipConfig,
  clipFromWeights,
  createClip,
  encodeImages,
  encodeKnowledge,
  encodeTexts,
  type KnowledgeEncoderConfig,
  knowledgeEncoderFromWeights,
  packTokens,
} from "@tesserae/models";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seeded, seededUniform, seededWeights } from "../fixtures/seeded-weights.js";
import { knowledgeParameters } from "../knowledge/knowledge-config.js";

// Fixtures of tools/oracles/model_towers.py. `pnpm --filter @tesserae/models test parity` prints the table of the README.

interface Fixture {
  readonly reference: string;
  readonly loss: number;
  readonly gradients: Readonly<Record<string, string>>;
}

interface ClipFixture extends Fixture {
  readonly config: ClipConfig;
  readonly texts: readonly number[][];
  readonly training: boolean;
  readonly images: string;
  readonly embeddedTexts: string;
  readonly running?: Readonly<Record<string, string>>;
}

interface KnowledgeFixture extends Fixture {
  readonly config: KnowledgeEncoderConfig;
  readonly ids: readonly number[];
  readonly lengths: readonly number[];
  readonly counts: readonly number[];
  readonly slots: number;
  readonly tokens: number;
  readonly knowledge: string;
}

const folder = new URL("../fixtures/parity/", import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const files = readdirSync(folder).sort();
const measured: string[] = [];

beforeAll(registerGradients);
afterAll(() => {
  process.stdout.write(
    ["| fixture | reference | outputs | gradients |", "| --- | --- | --- | --- |", ...measured, ""].join("\n"),
  );
});

test.each(files.filter((name) => !name.startsWith("knowledge")))("%s", (name) => {
  const fixture: ClipFixture = read(name);
  const fresh = createClip(fixture.config, { rng: () => 0.5 });
  const { parameters } = fresh;
  fresh.dispose();
  const before = tf.memory().numTensors;
  const clip = clipFromWeights(fixture.config, seededWeights(parameters));
  const { imageSize } = clip.config.vision;
  const count = fixture.texts.length;
  const shape: [number, number, number, number] = [count, imageSize, imageSize, 3];
  const values = seededUniform("pixels", count * imageSize * imageSize * 3).map((x) => 3 * x);
  const pixels = tf.tensor4d(Float32Array.from(values), shape);
  const tokens = packTokens(fixture.texts, { chunks: 2 });

  let images = new Float32Array();
  let texts = new Float32Array();
  const { value, grads } = tf.variableGrads(() => {
    const image = encodeImages(clip, pixels, { training: fixture.training });
    const text = encodeTexts(clip, tokens);
    images = image.dataSync<"float32">() as Float32Array<ArrayBuffer>;
    texts = text.dataSync<"float32">() as Float32Array<ArrayBuffer>;
    const logits = tf.mul(tf.matMul(image, text, false, true), clip.logitScale());
    const right = tf.sum(tf.mul(logits, tf.eye(count)));
    const all = tf.add(tf.sum(tf.logSumExp(logits, 1)), tf.sum(tf.logSumExp(logits, 0)));
    return tf.div(tf.sub(tf.div(all, 2), right), count) as tf.Scalar;
  }, [...clip.variables.values()]);
  const outputs = Math.max(
    distance(images, unpack(fixture.images)),
    distance(texts, unpack(fixture.embeddedTexts)),
    Math.abs(value.dataSync()[0]! - fixture.loss),
    ...Object.entries(fixture.running ?? {}).map(([key, expected]) =>
      distance(clip.variables.get(key)!.dataSync<"float32">(), unpack(expected)),
    ),
  );
  checkParity(name, fixture, outputs, clip.variables, grads);
  tf.dispose([value, grads, pixels]);
  clip.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test.each(files.filter((name) => name.startsWith("knowledge")))("%s", (name) => {
  const fixture: KnowledgeFixture = read(name);
  const parameters = knowledgeParameters(fixture.config);
  const before = tf.memory().numTensors;
  const encoder = knowledgeEncoderFromWeights(fixture.config, seededWeights(parameters));
  const { shape, data } = seeded("target.weight", [fixture.counts.length, fixture.config.embedDim]);
  const target = tf.tensor(data, [...shape]);
  let knowledge = new Float32Array();
  const { value, grads } = tf.variableGrads(() => {
    const embedded = encodeKnowledge(encoder, {
      ids: Int32Array.from(fixture.ids),
      lengths: Int32Array.from(fixture.lengths),
      counts: Int32Array.from(fixture.counts),
      maxTriples: fixture.slots,
      maxTokens: fixture.tokens,
      dropped: 0,
    });
    knowledge = embedded.dataSync<"float32">() as Float32Array<ArrayBuffer>;
    return tf.sum(tf.mul(embedded, target)) as tf.Scalar;
  }, [...encoder.variables.values()]);
  const outputs = Math.max(
    distance(knowledge, unpack(fixture.knowledge)),
    Math.abs(value.dataSync()[0]! - fixture.loss),
  );
  checkParity(name, fixture, outputs, encoder.variables, grads);
  tf.dispose([value, grads, target]);
  encoder.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

/**
 * Outputs within 1e-4. Each variable's gradient within 1e-3 of its own largest number, or of a thousandth of the largest number of
 * all gradients where it is smaller than that: some gradients, such as that of a bias of keys, are zero but for rounding.
 */
function checkParity(
  name: string,
  { reference, gradients }: Fixture,
  outputs: number,
  variables: ReadonlyMap<string, tf.Variable>,
  found: Readonly<Record<string, tf.Tensor>>,
): void {
  const trained = [...variables].filter(([, variable]) => variable.trainable).map(([key]) => key);
  expect(trained.filter((key) => !(key in gradients))).toEqual([]);
  const expected = new Map(Object.entries(gradients).map(([key, text]) => [key, unpack(text)]));
  const floor = Math.max(...[...expected.values()].map(largest)) / 1000;
  const relative = Array.from(expected, ([key, values]): [number, string] => {
    const gradient = found[variables.get(key)!.name]!.dataSync<"float32">();
    return [distance(gradient, values) / Math.max(largest(values), floor), key];
  });
  const [worst, where] = relative.reduce((a, b) => (a[0] > b[0] ? a : b));
  measured.push(
    `| ${name.replace(".json", "")} | ${reference} | ${outputs.toExponential(1)} | ${worst.toExponential(1)} |`,
  );
  expect(outputs).toBeLessThan(1e-4);
  expect(worst, where).toBeLessThan(1e-3);
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function distance(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

function unpack(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);
}
