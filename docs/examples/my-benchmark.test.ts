import type { Scorer } from "@tesserae/benchmarks";
import { expect, it } from "vitest";
import { umbrellas } from "./my-benchmark.js";

/** Embeds each string as the vector that the table gives. */
function scorer(vectors: Record<string, readonly number[]>): Scorer {
  const embed = async (names: readonly string[]) => names.map((name) => Float32Array.from(vectors[name] ?? [1, 0]));
  return { name: "table", revision: "1", embedImages: embed, embedTexts: embed };
}

it("counts a tie as wrong", async () => {
  const { metrics, ties } = await umbrellas.run(scorer({}));
  expect(metrics.accuracy).toMatchObject({ value: 0, n: 2 });
  expect(ties).toBe(2);
});

it("counts the right caption", async () => {
  const { metrics } = await umbrellas.run(scorer({ "a chair above an umbrella": [0, 1] }));
  expect(metrics.accuracy?.value).toBe(0.5);
});
