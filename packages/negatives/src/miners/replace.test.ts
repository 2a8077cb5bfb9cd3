import { type Lexicon, replace } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

const mine = async (caption: string, lexicon: Lexicon) => {
  const [negatives] = await replace({ lexicon }).mine([parse(caption)], { rng: seededRng(1) });
  return negatives!.map(({ kind, caption }) => `${kind}: ${caption}`).sort();
};

it("replaces objects, attributes and relations by what the lexicon gives", async () => {
  expect(
    await mine("A red dog under a table", { dog: ["owl"], red: ["orange"], under: ["on"], toString: ["x"] }),
  ).toEqual([
    "replace-attribute: An orange dog under a table",
    "replace-object: A red owl under a table",
    "replace-relation: A red dog on a table",
  ]);
});

it("keeps the number of a noun", async () => {
  expect(await mine("two dogs and three women", { dog: ["fox"], woman: ["child"] })).toEqual([
    "replace-object: two dogs and three children",
    "replace-object: two foxes and three women",
  ]);
});

it("takes words for words that are names in JavaScript too", async () => {
  expect(await mine("two dogs behind a constructor", { dog: ["constructor"], constructor: ["dog"] })).toEqual([
    "replace-object: two constructors behind a constructor",
    "replace-object: two dogs behind a dog",
  ]);
});

it("does not replace a word by what the caption says already", async () => {
  expect(await mine("a man on a horse", { man: ["person"], horse: [] })).toEqual([]);
});
