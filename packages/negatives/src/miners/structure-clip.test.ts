import { type StructureClipOptions, structureClip } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const mine = async (caption: string, options?: StructureClipOptions, seed = 1) => {
  const [negatives] = await structureClip(options).mine([parse(caption)], { rng: seededRng(seed) });
  return negatives!.map(({ kind, caption }) => `${kind}: ${caption}`);
};

describe("structureClip", () => {
  it.each([
    ["a red dog on a blue box", "swap-attributes: a blue dog on a red box"],
    ["a red dog on a box", "swap-relation-ends: a box on a red dog"],
    ["An owl sits on the old roof.", "swap-relation-ends: The old roof sits on an owl."],
    ["a red dog on a red box", "swap-relation-ends: a red box on a red dog"],
  ])("%s -> %s", async (caption, negative) => {
    expect(await mine(caption)).toEqual([negative]);
  });

  it.each(["a cat and a dog", "a car next to a tree", "he is riding a horse", "a red dog", ""])(
    'finds none for "%s"',
    async (caption) => {
      expect(await mine(caption)).toEqual([]);
    },
  );

  it("passes over a symmetric relation to the next one", async () => {
    expect(await mine("a car next to a tree behind a house")).toEqual([
      "swap-relation-ends: a car next to a house behind a tree",
    ]);
  });

  it("gives one of each kind when told to", async () => {
    expect(await mine("a red dog on a blue box", { negatives: "both" })).toEqual([
      "swap-attributes: a blue dog on a red box",
      "swap-relation-ends: a blue box on a red dog",
    ]);
  });

  it("draws among the possible swaps when told to", async () => {
    const caption = "a small red dog on a large blue box";
    expect(await mine(caption)).toEqual(["swap-attributes: a large red dog on a small blue box"]);
    const drawn = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => mine(caption, { choice: "random" }, seed)));
    expect(new Set(drawn.flat()).size).toBeGreaterThan(1);
  });
});
