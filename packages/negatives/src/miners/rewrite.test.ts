import { rewrite } from "@tesserae/negatives";
import { seededRng, testNegativeMiner } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

/** A language model of one rule. */
const write = async (captions: readonly string[]) =>
  captions.map((caption) => [caption, caption.replace(/\bdogs?\b/, "zebra")]);

describe("rewrite", () => {
  testNegativeMiner(() => rewrite({ rewrite: write, model: "a rule" }));

  it("drops what says the same and names the words that differ", async () => {
    const reasons: string[] = [];
    const context = { rng: seededRng(1), reject: (reason: string) => void reasons.push(reason) };
    const [negatives] = await rewrite({ rewrite: write, model: "a rule" }).mine([parse("A dog on a box.")], context);
    expect(negatives!.map(({ caption, edits }) => ({ caption, edits }))).toEqual([
      { caption: "A zebra on a box.", edits: [{ span: { start: 2, end: 5 }, text: "zebra" }] },
    ]);
    expect(reasons).toEqual(["same text"]);
  });

  it("says so when the model answers for other captions", async () => {
    const miner = rewrite({ rewrite: async () => [], model: "none" });
    await expect(miner.mine([parse("a dog")], { rng: seededRng(1) })).rejects.toThrow(
      "rewrite: got 0 lists for 1 captions; return one for each",
    );
  });
});
