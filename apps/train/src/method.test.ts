import { buildVocabulary } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { parseConfig } from "@tesserae/train";
import { describe, expect, it } from "vitest";
import { createMethod } from "./method.js";
import { createRng } from "./loop/rng.js";

const captions = [
  "a red dog is to the left of a blue cat.",
  "a small green boat above a yellow house",
  "there is a striped pink umbrella.",
];
const graphs = captions.map((caption) => parse(caption));
const vocabulary = buildVocabulary(graphs);

function method(settings: Record<string, unknown>) {
  return createMethod(parseConfig({ name: "test", steps: 1, ...settings }, "test"), vocabulary);
}

describe("createMethod", () => {
  it("gives CLIP the captions and nothing else", async () => {
    const { miner, texts } = await method({ method: "clip" });
    expect(miner).toBeNull();
    expect(await texts(graphs, createRng(1))).toEqual(
      captions.map((caption) => ({ positives: [caption], negatives: [] })),
    );
  });

  it("gives NegCLIP at most one negative a caption, made of the caption's own words", async () => {
    const { miner, texts } = await method({ method: "negclip" });
    expect(miner?.name).toBe("negclip");
    const [first] = await texts(graphs, createRng(1));
    expect(first!.positives).toEqual([captions[0]]);
    expect(first!.negatives).toHaveLength(1);
    const words = (text: string) => text.replace(".", "").split(" ").sort();
    expect(words(first!.negatives[0]!)).toEqual(words(captions[0]!));
  });

  it("swaps attributes first in Structure-CLIP, and finds nothing for one object", async () => {
    const { texts } = await method({ method: "structure-clip" });
    const [first, , third] = await texts(graphs, createRng(1));
    expect(first!.negatives).toEqual(["a blue dog is to the left of a red cat."]);
    expect(third!.negatives).toEqual([]);
  });

  it("gives MosaiCLIP the caption and sub-graphs, and negatives that are none of them", async () => {
    const { texts, maxPositives, maxNegatives } = await method({ method: "mosaiclip" });
    expect([maxPositives, maxNegatives]).toEqual([4, 6]);
    for (const [index, { positives, negatives }] of (await texts(graphs, createRng(1))).entries()) {
      expect(positives[0]).toBe(captions[index]);
      expect(positives.length).toBeGreaterThan(1);
      expect(negatives.length).toBeGreaterThan(0);
      expect(negatives.length).toBeLessThanOrEqual(6);
      expect(new Set([...positives, ...negatives]).size).toBe(positives.length + negatives.length);
    }
  });

  it("draws the same texts for the same seed", async () => {
    const { texts } = await method({ method: "mosaiclip" });
    expect(await texts(graphs, createRng(3))).toEqual(await texts(graphs, createRng(3)));
    expect(await texts(graphs, createRng(3))).not.toEqual(await texts(graphs, createRng(4)));
  });
});
