import { buildVocabulary, type CrepeOptions, crepe } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

const vocabulary = buildVocabulary(["a green bird riding an orange elephant"].map(parse));
const mine = async (caption: string, options: Partial<CrepeOptions> = {}) => {
  const [negatives] = await crepe({ vocabulary, each: 9, ...options }).mine([parse(caption)], { rng: seededRng(1) });
  return negatives!.map((negative) => `${negative.kind}: ${negative.caption}`).sort();
};

it("replaces an atom", async () => {
  const foils = await mine("Two red dogs sit behind a box.", { forms: ["atom"] });
  expect(foils).toHaveLength(4);
  expect(foils[0]).toMatch(/^atom-attribute: Two (green|orange) dogs sit behind a box\.$/);
  expect(foils[1]).toMatch(/^atom-object: Two red (birds|elephants) sit behind a box\.$/);
  expect(foils[2]).toMatch(/^atom-object: Two red dogs sit behind (a bird|an elephant)\.$/);
  expect(foils[3]).toBe("atom-relation: Two red dogs ride a box.");
});

it("swaps objects in the number of their new place, attributes, and relations", async () => {
  expect(await mine("two red dogs on a blue box behind a tree", { forms: ["swap"] })).toEqual([
    "swap-attributes: two blue dogs on a red box behind a tree",
    "swap-objects: two red boxes on a blue dog behind a tree",
    "swap-objects: two red dogs on a blue tree behind a box",
    "swap-objects: two red trees on a blue box behind a dog",
    "swap-relations: two red dogs behind a blue box on a tree",
  ]);
});

it("denies an object, an attribute or a relation", async () => {
  expect(await mine("A red dog sits on a box.", { forms: ["negation"] })).toEqual([
    "negate-object: No red dog sits on a box.",
    "negate-relation: A red dog does not sit on a box.",
  ]);
  expect(await mine("The dog is red.", { forms: ["negation"] })).toEqual([
    "negate-attribute: The dog is not red.",
    "negate-object: No dog is red.",
  ]);
});

it("joins two compounds, each with a foil", async () => {
  const [foil, ...rest] = await mine("A red brick sidewalk.", { forms: ["compound"], each: 1 });
  expect(rest).toEqual([]);
  expect(foil).toMatch(/^compound: A (red|brick) (bird|elephant) and an? (green|orange) sidewalk\.$/);
});
