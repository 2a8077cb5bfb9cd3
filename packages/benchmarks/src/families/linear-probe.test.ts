import { firstIndexPolicy, linearProbe, runBenchmark, type Scorer } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { metadata } from "../fixtures/scorers.js";
import { searchPenalty } from "./linear-probe.js";

/** An image's name is its angle in degrees. */
const angles: Scorer = {
  name: "angles",
  revision: "1",
  embedImages: async (images) =>
    images.map((image) => {
      const angle = (Number("path" in image && image.path) * Math.PI) / 180;
      return Float32Array.of(Math.cos(angle), Math.sin(angle));
    }),
  embedTexts: async () => {
    throw new Error("a linear probe reads no texts");
  },
};
const at = (label: number, ...degrees: readonly number[]) =>
  degrees.map((angle) => ({ image: { path: String(angle) }, labels: [label] }));
const classes = [{ name: "east" }, { name: "north" }, { name: "west" }];
const benchmark = { ...metadata, family: linearProbe, policy: firstIndexPolicy, headline: "top1" };

describe("linear probe", () => {
  it("is fitted on training images, its penalty chosen on validation images, and scored on the others", async () => {
    const data = {
      classes,
      training: [...at(0, -20, -10, 10, 20), ...at(1, 70, 80, 100, 110), ...at(2, 160, 170, 190, 200)],
      validation: [...at(0, 5, 40), ...at(1, 50, 130), ...at(2, 140, 185)],
      items: [...at(0, 0, 15, 95), ...at(1, 90, 75), ...at(2, 180)],
    };
    const result = await runBenchmark(benchmark, data, angles);
    expect(result.values.top1!.values).toEqual([1, 1, 0, 1, 1, 1]); // the third stands among the others
    expect(result.metrics.top1!.chance).toBeCloseTo(1 / 3, 12);
    expect(result.metrics.meanPerClass!.value).toBeCloseTo((2 / 3 + 1 + 1) / 3, 12);
    expect(result.predictions).toMatchObject({ converged: true, classes: ["east", "north", "west"] });
  });

  it("holds out a fifth of the training images where there is no validation split", async () => {
    const training = [0, 1, 2].flatMap((label) => at(label, ...Array.from({ length: 10 }, (_, k) => 90 * label + k)));
    const result = await runBenchmark(
      benchmark,
      { classes, training, items: at(1, 91.5) },
      { ...angles, name: "again" },
    );
    expect(result.metrics.top1!.value).toBe(1);
  });

  it("searches as CLIP did: seven tries, then by halves around the best one", () => {
    const tried: number[] = [];
    const c = searchPenalty((power) => {
      tried.push(power);
      return -Math.abs(power - 2.6);
    });
    expect(tried.slice(0, 7)).toEqual([-6, -4, -2, 0, 2, 4, 6]);
    expect(tried.slice(7)).toEqual([1, 3, 2.5, 3.5, 2.25, 2.75, 2.375, 2.625, 2.875].filter((p) => tried.includes(p)));
    expect(Math.log10(c)).toBeCloseTo(2.625, 12);
  });

  it("names labels that are no class, and classes without a training image", async () => {
    const training = [...at(0, 1, 2), ...at(1, 3, 4)];
    await expect(runBenchmark(benchmark, { classes, training, items: at(0, 9) }, angles)).rejects.toThrow(
      "test/items: no training image of 1 of 3 classes; the first: west",
    );
    await expect(
      runBenchmark(benchmark, { classes, training: [...training, ...at(7, 5)], items: at(0, 9) }, angles),
    ).rejects.toThrow("test/items: training image 4: labels [7]; expected one below 3");
  });
});
