import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { createTokenizer } from "@tesserae/models";
import { loadClip, saveClip, weightsRevision } from "@tesserae/models/node";
import { expect, test } from "vitest";
import { tinyClip } from "../fixtures/tiny-clip.js";

test("is a checksum of names, shapes and numbers in the order of the names", async () => {
  const variables = new Map<string, tf.Variable>([
    ["b", tf.variable(tf.tensor1d([1, 2]))],
    ["a", tf.variable(tf.scalar(0.5))],
  ]);
  const numbers = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer);
  const bytes = Buffer.concat([Buffer.from("a []\n"), numbers(0.5), Buffer.from("b [2]\n"), numbers(1, 2)]);
  const expected = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  expect(await weightsRevision({ variables })).toBe(`sha256:${expected}`);
});

test("is the same however the model was saved, and another when one number changes", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tesserae-revision-"));
  const clip = tinyClip();
  const revision = await weightsRevision(clip);
  const tokenizer = createTokenizer({ corpus: ["a dog"], vocabSize: 514, contextLength: 12 });
  for (const options of [{}, { format: "open_clip" as const }, { maxShardSize: 10_000 }]) {
    await saveClip(clip, tokenizer, join(folder, "model"), options);
    expect(await weightsRevision((await loadClip(join(folder, "model"))).clip)).toBe(revision);
  }
  const scale = clip.variables.get("logit_scale")!;
  scale.assign(tf.scalar(1));
  expect(await weightsRevision(clip)).not.toBe(revision);
  await rm(folder, { recursive: true });
});

test("takes a tensor of more than 2 GiB, the most that is hashed at once", async () => {
  const count = 2 ** 29 + 1;
  const large = { shape: [count], data: async () => new Float32Array(count) } as unknown as tf.Variable;
  expect(await weightsRevision({ variables: new Map([["large", large]]) })).toBe("sha256:4b231481a5199319"); // by Python's hashlib
}, 60_000);
