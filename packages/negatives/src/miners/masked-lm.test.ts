import { maskedLm } from "@tesserae/negatives";
import { seededRng, testNegativeMiner } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

/** A small masked language model that knows five words. */
const fill = async (masked: readonly string[]) =>
  masked.map((text) => (/\b(a|the) \S*mask/i.test(text) ? ["dog", "box", "zebra"] : ["on", "under"]));

describe("maskedLm", () => {
  testNegativeMiner(() => maskedLm({ fill, model: "five words" }));

  it("takes the likeliest word that makes a negative, once a masked place", async () => {
    const asked: string[] = [];
    const miner = maskedLm({
      fill: (masked) => {
        asked.push(...masked);
        return fill(masked);
      },
      mask: "<mask>",
      model: "five words",
    });
    const [negatives] = await miner.mine([parse("a dog on a box")], { rng: seededRng(1) });
    expect(asked.sort()).toEqual(["a <mask> on a box", "a dog <mask> a box", "a dog on a <mask>"]);
    expect(negatives!.map(({ kind, caption }) => `${kind}: ${caption}`).sort()).toEqual([
      "fill-object: a dog on a zebra",
      "fill-object: a zebra on a box",
      "fill-relation: a dog under a box",
    ]);
    expect(miner.version).toBe("1 (five words)");
  });

  it("says so when the model answers for other captions", async () => {
    const miner = maskedLm({ fill: async () => [], model: "none" });
    await expect(miner.mine([parse("a dog")], { rng: seededRng(1) })).rejects.toThrow(
      "masked-lm: fill returned 0 lists for 1 masked captions; return one for each",
    );
  });
});
