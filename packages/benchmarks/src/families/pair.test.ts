import { chanceScorer, pair, runBenchmark, type Scorer, strictPolicy } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { allEqualScorer, metadata, perfectScorer } from "../fixtures/scorers.js";

const items = Array.from({ length: 300 }, (_, index) => ({
  images: [{ path: `${index}-0` }, { path: `${index}-1` }],
  captions: [`caption ${index}-0`, `caption ${index}-1`],
}));
const run = (scorer: Scorer, some = items) =>
  runBenchmark({ ...metadata, headline: "group", family: pair, policy: strictPolicy }, { items: some }, scorer);
const values = ({ metrics }: Awaited<ReturnType<typeof run>>) =>
  ["text", "image", "group"].map((name) => metrics[name]!.value);

/** Scores of the first item by image and caption, as written. */
const scored = (matrix: readonly (readonly number[])[]): Scorer => ({
  ...allEqualScorer,
  score: async (image) => matrix["path" in image && image.path === "0-0" ? 0 : 1]!,
});

describe("pair", () => {
  it("gives Winoground's three scores", async () => {
    const one = items.slice(0, 1);
    // Rows are images, columns captions.
    expect(
      values(
        await run(
          scored([
            [0.9, 0.1],
            [0.2, 0.8],
          ]),
          one,
        ),
      ),
    ).toEqual([1, 1, 1]);
    // Each caption prefers its image, but image 1 prefers caption 0.
    expect(
      values(
        await run(
          scored([
            [0.9, 0.1],
            [0.8, 0.7],
          ]),
          one,
        ),
      ),
    ).toEqual([0, 1, 0]);
    // Each image prefers its caption, but caption 1 prefers image 0.
    expect(
      values(
        await run(
          scored([
            [0.9, 0.8],
            [0.2, 0.7],
          ]),
          one,
        ),
      ),
    ).toEqual([1, 0, 0]);
  });

  it("has the chance of the paper: 25, 25 and 16.67 %, and a chance scorer is near it", async () => {
    const result = await run(chanceScorer());
    const chance = ["text", "image", "group"].map((name) => result.metrics[name]!.chance!);
    expect(chance[0]).toBeCloseTo(1 / 4, 12);
    expect(chance[1]).toBeCloseTo(1 / 4, 12);
    expect(chance[2]).toBeCloseTo(1 / 6, 12);
    for (const name of ["text", "image", "group"]) {
      const [low, high] = result.metrics[name]!.interval!;
      expect(result.metrics[name]!.chance!).toBeGreaterThan(low);
      expect(result.metrics[name]!.chance!).toBeLessThan(high);
    }
  });

  it("gives 0 to an all-equal scorer and 100 % to a perfect one", async () => {
    expect(values(await run(allEqualScorer))).toEqual([0, 0, 0]);
    expect(values(await run(perfectScorer((image, caption) => caption.endsWith(` ${image}`))))).toEqual([1, 1, 1]);
  });
});
