import type { ImageTexts, Negative } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";
import { collateTexts } from "./collate.js";

const negative = (caption: string): Negative => ({ caption, kind: "made", edits: [], graph: parse(caption) });
const group = (positives: readonly string[], negatives: readonly string[]): ImageTexts => ({
  positives: positives.map((caption) => parse(caption)),
  negatives: negatives.map(negative),
});

const captions = ["a red dog left of a blue cat", "a dog", "a green boat"].map((caption) => parse(caption));
const groups = [
  group(["a red dog left of a blue cat", "red dog"], ["a blue cat left of a red dog", "blue dog"]),
  group(["a dog"], []),
  group(["a green boat", "boat"], ["red boat"]),
];
const max = { positives: 2, negatives: 2 };

describe("collateTexts", () => {
  it("lays texts out place by place, each once, captions first", () => {
    const batch = collateTexts(groups, captions, { max, positivesOf: "own" });
    expect(batch.texts.slice(0, 3)).toEqual(captions.map(({ caption }) => caption));
    expect(new Set(batch.texts).size).toBe(batch.texts.length);
    expect([...batch.positiveImage]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...batch.negativeImage]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...batch.textMask]).toEqual([1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0]);
    const shown = [...batch.textRow].map((row, place) => (batch.textMask[place] === 1 ? batch.texts[row] : ""));
    expect(shown.slice(6)).toEqual(["a blue cat left of a red dog", "", "red boat", "blue dog", "", ""]);
    expect(batch.positiveMask).toBeUndefined();
    expect(batch.ownTexts).toBe(8);
  });

  it("MosaiCLIP's P(i): a text is a positive of every image whose caption says it, its own image stays p(j)", () => {
    const { positiveMask, positiveImage } = collateTexts(groups, captions, { max, positivesOf: "graph" });
    const positivesOf = (image: number) => [...positiveMask!.subarray(image * 12, image * 12 + 6)];
    // Place 4 is empty (textMask 0). "a dog" (place 1) is true of image 0 too; nothing else is shared.
    expect([0, 1, 2, 3, 5].map((place) => positivesOf(0)[place])).toEqual([1, 1, 0, 1, 0]);
    expect([0, 1, 2, 3, 5].map((place) => positivesOf(1)[place])).toEqual([0, 1, 0, 0, 0]);
    expect([0, 1, 2, 3, 5].map((place) => positivesOf(2)[place])).toEqual([0, 0, 1, 0, 1]);
    expect([...positiveImage]).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it("MosaiCLIP's cache: empty negative places hold texts of an earlier batch, of nobody", () => {
    const fillers = ["a dog", "an old house", "two birds", "a tall tree"];
    const batch = collateTexts(groups, captions, { max, positivesOf: "own", fillers });
    expect([...batch.textMask.subarray(6)]).toEqual([1, 1, 1, 1, 1, 1]);
    expect([...batch.negativeImage]).toEqual([0, -1, 2, 0, -1, -1]);
    expect(batch.texts.slice(batch.ownTexts)).toEqual(["an old house", "two birds", "a tall tree"]); // "a dog" is here already
    expect([...batch.textMask.subarray(0, 6)]).toEqual([1, 1, 1, 1, 0, 1]); // positives are never filled up
  });
});
