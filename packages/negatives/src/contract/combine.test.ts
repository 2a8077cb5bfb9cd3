import { combine, type NegativeMiner, negclip, structureClip } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const batch = ["a red dog on a blue box", "a dog"].map(parse);

describe("combine", () => {
  it("gives the negatives of all miners in their order, each text once", async () => {
    const mined = await combine(structureClip(), negclip()).mine(batch, { rng: seededRng(1) });
    expect(mined.map((negatives) => negatives.map(({ kind, caption }) => `${kind}: ${caption}`).sort())).toEqual([
      [
        "swap-attributes: a blue dog on a red box",
        "swap-noun-phrases: a blue box on a red dog",
        "swap-nouns: a red box on a blue dog",
      ],
      [],
    ]);
    expect(mined[0]![0]!.kind).toBe("swap-attributes");
  });

  it("names its parts and disposes of them", async () => {
    let disposed = 0;
    const part = (name: string): NegativeMiner => ({
      name,
      version: "2",
      mine: (graphs) => graphs.map(() => []),
      dispose: () => {
        disposed++;
      },
    });
    const miner = combine(part("a"), part("b"));
    expect([miner.name, miner.version]).toEqual(["combine(a, b)", "2+2"]);
    await miner.dispose?.();
    expect(disposed).toBe(2);
  });

  it("says which miner returned the wrong number of lists", async () => {
    const broken: NegativeMiner = { name: "broken", version: "1", mine: () => [[]] };
    await expect(combine(negclip(), broken).mine(batch, { rng: seededRng(1) })).rejects.toThrow(
      'miner "broken" returned 1 lists for a batch of 2 captions; it must return one list for each',
    );
  });
});
