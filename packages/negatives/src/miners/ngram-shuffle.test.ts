import { ngramShuffle } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

const shuffled = async (caption: string, n: number, seed: number) => {
  const [negatives] = await ngramShuffle({ n }).mine([parse(caption)], { rng: seededRng(seed) });
  return negatives!.map((negative) => negative.caption);
};

it("keeps runs of n words whole, in another order, with punctuation in its place", async () => {
  const runs = ["a red", "dog sits", "on an", "old box"];
  for (let seed = 0; seed < 20; seed++) {
    const [text] = await shuffled("a red dog sits on an old box.", 2, seed);
    expect(text).toMatch(/\.$/);
    const words = text!.slice(0, -1).split(" ");
    const found = [0, 2, 4, 6].map((i) => words.slice(i, i + 2).join(" "));
    expect(found.sort()).toEqual([...runs].sort());
    expect(text).not.toBe("a red dog sits on an old box.");
  }
});

it("has nothing for a caption of one run, and names a bad n", async () => {
  expect(await shuffled("a dog", 2, 1)).toEqual([]);
  expect(() => ngramShuffle({ n: 0 })).toThrow("ngramShuffle: n is 0; give a whole number from 1 up");
});
