import { docMnist, docMnistImageSize, drawnDigits } from "@tesserae/data";
import { chooseEpsilon, mappingScores, type RegionPairs } from "@tesserae/region-mapper";
import { seededRng } from "@tesserae/scene-graph/random";
import { describe, expect, it } from "vitest";
import { pairsOf, validationImages } from "./assign-regions.js";
import { docMnistRegions, type RegionSample } from "./region-sample.js";

const digits = drawnDigits({ train: 100, test: 20 });
const dataset = docMnist({ digits, split: "train", complexity: 16, budget: 500 });
const data = docMnistRegions(dataset, docMnistImageSize);
/** Scores of a mapping that knows the truth: 1 where a region has an attribute, else 0. */
const perfect = data.samples.map(({ truth }) =>
  truth!.map((own) => data.attributes.map((name) => (own.includes(name) ? 1 : 0))),
);

const attributesOf = ({ boxes }: RegionSample, { regions }: RegionPairs): (readonly string[])[] =>
  boxes.map((box) => regions.find((region) => !region.whole && region.box.join() === box.join())?.attributes ?? []);

describe("pairsOf", () => {
  const rng = () => seededRng("pairs", 1);

  it("adds the whole image with the whole text, and takes nothing else for the one-to-one model", () => {
    const { pairs } = pairsOf(data, "image", { rng: rng() });
    pairs.forEach(({ regions }, index) => {
      expect(regions).toEqual([
        { box: [0, 0, 83, 83], attributes: [], sentences: data.samples[index]!.sentences, whole: true },
      ]);
    });
  });

  it.each(["truth", "mapping"] as const)("gives regions what is true of them, by %s", (source) => {
    const { pairs, unnamed } = pairsOf(data, source, { rng: rng(), scores: perfect });
    expect(unnamed).toBe(0);
    pairs.forEach((pair, index) => {
      const sample = data.samples[index]!;
      const assigned = attributesOf(sample, pair).map((own) => [...own].sort());
      expect(assigned).toEqual(sample.truth!.map((own) => [...own].sort()));
    });
  });

  it("gives each attribute of the text one region at random, as a control", () => {
    const { pairs } = pairsOf(data, "random", { rng: rng() });
    const assigned = pairs.flatMap((pair, index) => attributesOf(data.samples[index]!, pair));
    const truth = data.samples.flatMap((sample) => sample.truth!);
    pairs.forEach((pair, index) => {
      const sample = data.samples[index]!;
      expect(attributesOf(sample, pair).flat().sort()).toEqual([...sample.attributes].sort());
    });
    expect(mappingScores(assigned, truth).f1).toBeLessThan(0.6);
  });

  it("gives every region the whole text, as a control", () => {
    const { pairs } = pairsOf(data, "whole-text", { rng: rng() });
    const { regions } = pairs[0]!;
    expect(regions).toHaveLength(data.samples[0]!.boxes.length + 1);
    for (const { sentences } of regions) expect(sentences).toEqual(data.samples[0]!.sentences);
  });
});

describe("validationImages", () => {
  it("lets epsilon be chosen: a mapping that knows the truth scores 1", () => {
    const { curve } = chooseEpsilon(validationImages(data, perfect), { candidates: [0.2, 1.5] });
    expect(curve[0]).toEqual({ epsilon: 0.2, precision: 1, recall: 1, f1: 1 });
    expect(curve[1]!.precision).toBeLessThan(0.7); // every attribute goes everywhere
    expect(curve[1]!.recall).toBe(1);
  });
});
