import { type NegativeMiner, replace, withoutFalseNegatives } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { openWordnet } from "@tesserae/negatives/wordnet";
import { parse, type SceneGraph } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

describe("withoutFalseNegatives", () => {
  const mine = async (options: Parameters<typeof withoutFalseNegatives>[1]) => {
    const reasons: string[] = [];
    const miner = withoutFalseNegatives(
      replace({ lexicon: { dog: ["poodle"], red: ["muddy"], box: ["crate"] } }),
      options,
    );
    const [negatives] = await miner.mine([parse("a red dog on a box")], {
      rng: seededRng(1),
      reject: (reason) => void reasons.push(reason),
    });
    return { texts: negatives!.map(({ caption }) => caption).sort(), reasons };
  };

  it("drops what another caption of the image says", async () => {
    const otherCaptions = () => ["a muddy dog sleeping", "a poodle on a box"].map(parse);
    expect(await mine({ otherCaptions })).toEqual({
      texts: ["a red dog on a crate"],
      reasons: ["may be true of the image", "may be true of the image"],
    });
  });

  it("drops more special and more general words, and synonyms", async () => {
    expect((await mine({ thesaurus: openWordnet() })).texts).toEqual(["a muddy dog on a box"]);
  });

  it("describes and disposes of the miner that it holds, a class or not", async () => {
    let disposed = 0;
    class Counting implements NegativeMiner {
      readonly name = "counting";
      get version() {
        return "3";
      }
      mine(batch: readonly SceneGraph[]) {
        return batch.map(() => []);
      }
      dispose() {
        disposed++;
      }
    }
    const miner = withoutFalseNegatives(new Counting(), {});
    expect([miner.name, miner.version]).toEqual(["counting without false negatives", "3"]);
    expect(await miner.mine([parse("a dog")], { rng: () => 0 })).toEqual([[]]);
    await miner.dispose?.();
    expect(disposed).toBe(1);
  });
});
