import { expect, it } from "vitest";
import { worldRegions } from "./world-regions.js";

const options = { level: "full", seed: 4, train: 30, validation: 10 } as const;

it("has a region for every thing, with what is drawn as its truth and what captions say as the image's attributes", () => {
  const { samples, attributes } = worldRegions(options, "train");
  expect(samples).toHaveLength(30);
  for (const { boxes, categories, truth, attributes: said, sentences } of samples) {
    expect([categories!.length, truth!.length]).toEqual([boxes.length, boxes.length]);
    for (const [index, own] of truth!.entries()) {
      expect(own[0]).toBe(categories![index]);
      for (const name of own) expect(attributes).toContain(name);
    }
    const text = sentences.join(" ");
    for (const name of said) expect(truth!.flat(), `${name} in "${text}"`).toContain(name);
  }
  expect(samples[0]!.boxes[0]!.every((value) => value >= 0 && value <= 64)).toBe(true);
});

it("has other scenes in each split", () => {
  const images = (["train", "val", "test"] as const).flatMap((split) =>
    worldRegions(options, split).samples.map(({ image }) => image),
  );
  expect(new Set(images).size).toBe(50);
  expect(images[30]).toMatch(/^world:full\/4\/validation\//);
});
