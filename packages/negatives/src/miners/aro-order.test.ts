import { aroCaption, aroOrder, aroOrderOptions } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const caption = "A small dog chases two red cats near an old house.";
const words = (text: string) => text.split(" ");
const sorted = (text: string) => words(text).sort();

describe("aroCaption", () => {
  it("cleans a caption as ARO does", () => {
    expect(aroCaption('A "red" Dog:  runs; fast!')).toBe("a red dog runs fast");
    expect(aroCaption("don't stop, now")).toBe("don't stop, now");
    expect(words(aroCaption("word ".repeat(40)))).toHaveLength(30);
  });
});

describe("aroOrderOptions", () => {
  const [nounsAdjectives, allBut, within, trigrams] = aroOrderOptions(caption, seededRng(4)) as [
    string,
    string,
    string,
    string,
  ];
  const positive = aroCaption(caption);

  it("gives four options of the caption's words", () => {
    for (const option of [nounsAdjectives, allBut, within, trigrams]) {
      expect(sorted(option)).toEqual(sorted(positive));
      expect(option).not.toBe(positive);
    }
  });

  it("moves nouns among nouns and adjectives among adjectives", () => {
    const at = (text: string, places: number[]) => places.map((place) => words(text)[place]!);
    expect(at(nounsAdjectives, [0, 3, 4, 7, 8])).toEqual(["a", "chases", "two", "near", "an"]);
    expect(at(nounsAdjectives, [2, 6, 10]).sort()).toEqual(["cats", "dog", "house"]);
    expect(at(nounsAdjectives, [1, 5, 9]).sort()).toEqual(["old", "red", "small"]);
    // The full stop is a token too: it may leave the end, and the clean-up then removes it.
    expect(words(allBut).filter((word) => /dog|cats|house|small|red|old/.test(word))).toEqual([
      "small",
      "dog",
      "red",
      "cats",
      "old",
      "house",
    ]);
  });

  it("moves words inside blocks of three, or the blocks", () => {
    const blocks = [
      ["a", "dog", "small"],
      ["chases", "red", "two"],
      ["an", "cats", "near"],
      ["house", "old"],
    ];
    for (const [i, block] of blocks.entries())
      expect(
        words(within)
          .slice(3 * i, 3 * i + 3)
          .sort(),
      ).toEqual(block);
    for (const block of ["a small dog", "chases two red", "cats near an", "old house"])
      expect(trigrams).toContain(block);
  });

  it("repeats the caption where nothing can change, as the reference does", () => {
    expect(aroOrderOptions("dog", seededRng(1))).toEqual(["dog", "dog", "dog", "dog"]);
    expect(aroOrderOptions("", seededRng(1))).toEqual(["", "", "", ""]);
  });
});

describe("aroOrder", () => {
  it("names the kind of each and leaves out what is no negative", async () => {
    const miner = aroOrder();
    const [many, none] = await miner.mine([parse(caption), parse("dog")], { rng: seededRng(4) });
    expect(many!.map(({ kind }) => kind)).toContain("shuffle-nouns-adjectives");
    expect(many!.length).toBeLessThanOrEqual(4);
    expect(none).toEqual([]);
  });

  it("leaves punctuation where it is", async () => {
    const [negatives] = await aroOrder({ kinds: ["shuffle-trigrams"] }).mine([parse(caption)], { rng: seededRng(2) });
    expect(negatives!.map((negative) => negative.caption.endsWith("."))).toEqual([true]);
  });
});
