import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchmarkResult } from "@tesserae/benchmarks";
import { drawnDigits } from "@tesserae/data";
import { createClip, createTokenizer, saveClip } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";
import { readResults } from "../results/result-files.js";

let folder: string;

/** MNIST's files, of drawn digits, and an untrained model. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "docmnist-"));
  await mkdir(join(folder, "mnist"));
  const digits = drawnDigits();
  for (const [split, set] of [["train", digits.train] as const, ["t10k", digits.test] as const]) {
    const count = Math.min(200, set.count);
    const header = (magic: number, ...sizes: readonly number[]) => {
      const bytes = Buffer.alloc(4 * (1 + sizes.length));
      [magic, ...sizes].forEach((value, at) => {
        bytes.writeUInt32BE(value, 4 * at);
      });
      return bytes;
    };
    const indices = Array.from({ length: count }, (_, index) => index);
    await writeFile(
      join(folder, "mnist", `${split}-images-idx3-ubyte`),
      Buffer.concat([header(0x803, count, 28, 28), ...indices.map((index) => Buffer.from(set.pixels(index)))]),
    );
    await writeFile(
      join(folder, "mnist", `${split}-labels-idx1-ubyte`),
      Buffer.concat([header(0x801, count), Buffer.from(indices.map((index) => set.label(index)))]),
    );
  }
  await selectBackend({ backend: "cpu" });
  const tower = { width: 8, layers: 1, heads: 2 };
  const tokenizer = createTokenizer({ corpus: ["the color is red"], vocabSize: 600, contextLength: 24 });
  const clip = createClip(
    {
      embedDim: 8,
      vision: { imageSize: 28, patchSize: 7, pool: "mean", ...tower },
      text: { contextLength: 24, vocabSize: tokenizer.vocabSize, ...tower },
    },
    { rng: seededRng("docmnist model") },
  );
  await saveClip(clip, tokenizer, join(folder, "model"));
  clip.dispose();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("docmnist/region-retrieval", () => {
  it("takes regions from the map of the image, on the test images that the recipe villa has", async () => {
    const data = ["--data", folder, "--out", join(folder, "out"), "--backend", "cpu"];
    await bench("run", "docmnist/region-retrieval-32", ...data, "--model", join(folder, "model"), "--model", "chance");
    const { results } = await readResults(join(folder, "out"));
    const of = (name: string) => results.find(({ result }) => result.model.name === name)!.result as BenchmarkResult;
    const own = of("model");
    expect(own.dataRevision).toBe("docmnist-1/mnist-200-200/seed-23/test-4000-32");
    expect(own.policy).toEqual({ name: "R-Precision", ties: "positive-must-win", averaging: "micro" });
    expect(own.unlikeReference).toBeUndefined();
    expect(own.metrics.textToRegion!.n).toBe(20);
    expect(own.metrics.regionToText!.n).toBe(own.sampleCount);
    // Untrained: a region has two to four of twenty attributes.
    expect(own.metrics.textToRegion!.chance).toBeGreaterThan(0.1);
    expect(own.metrics.textToRegion!.chance).toBeLessThan(0.2);
    expect(of("chance").unlikeReference).toMatch(/^its regions were cut out of the images/);
    const [low, high] = of("chance").metrics.regionToText!.interval!;
    expect(low).toBeLessThan(own.metrics.regionToText!.chance!);
    expect(high).toBeGreaterThan(own.metrics.regionToText!.chance!);
  });

  it("says which of MNIST's files is missing", async () => {
    await mkdir(join(folder, "empty", "mnist"), { recursive: true });
    await expect(
      bench("run", "docmnist/region-retrieval-6", "--data", join(folder, "empty"), "--model", "chance"),
    ).rejects.toThrow(
      /train-images-idx3-ubyte: there is no such file, packed \(\.gz\) or not; put MNIST's four idx files/,
    );
  });
});
