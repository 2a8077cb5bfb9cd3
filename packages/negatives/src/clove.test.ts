import { clove, replace, withoutFalseNegatives } from "@tesserae/negatives";
import { seededRng, testNegativeMiner } from "@tesserae/negatives/testing";
import { openWordnet } from "@tesserae/negatives/wordnet";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const thesaurus = openWordnet();

describe("openWordnet", () => {
  it("knows antonyms, also those of similar adjectives", () => {
    expect(thesaurus.antonyms("old", "adjective").map(({ name }) => name)).toEqual(["new", "young"]);
    expect(thesaurus.antonyms("tiny", "adjective").map(({ name }) => name)).toContain("large");
    expect(thesaurus.antonyms("notaword", "adjective")).toEqual([]);
  });

  it("knows things of the same kind, the usual ones first, and no synonyms", () => {
    const colours = thesaurus.coHyponyms("red", "noun").map(({ name }) => name);
    expect(colours).toEqual(expect.arrayContaining(["blue", "green", "yellow"]));
    expect(colours).not.toContain("redness");
    expect(thesaurus.coHyponyms("dog", "noun").map(({ name }) => name)).toEqual(
      expect.arrayContaining(["wolf", "fox"]),
    );
    expect(thesaurus.coHyponyms("ride", "verb").length).toBeGreaterThan(5);
  });

  it.each([
    ["sofa", "couch", true],
    ["dog", "animal", true],
    ["animal", "dog", true],
    ["dog", "cat", false],
    ["tennis ball", "ball", true],
  ])("%s and %s: one a kind of the other or the same: %s", (a, b, expected) => {
    expect(thesaurus.isRelated(a, b, "noun")).toBe(expected);
  });

  it("names the file that is missing", () => {
    expect(() => openWordnet("/nowhere")).toThrow(
      /nowhere.index\.noun: cannot be read; expected WordNet's dict folder with index\.\* and data\.\* files/,
    );
  });
});

describe("clove", () => {
  testNegativeMiner(() => clove({ thesaurus, maxNegatives: 3 }));

  it("replaces by co-hyponyms and antonyms", async () => {
    const [negatives] = await clove({ thesaurus, maxNegatives: 9 }).mine([parse("an old dog behind a tree")], {
      rng: seededRng(1),
    });
    const texts = negatives!.map(({ caption }) => caption);
    expect(texts.filter((text) => /^a (new|young) dog behind a tree$/.test(text))).toHaveLength(1);
    expect(texts.filter((text) => /^an old dog behind an? (?!tree)/.test(text))).toHaveLength(1);
  });
});

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
    expect((await mine({ thesaurus })).texts).toEqual(["a muddy dog on a box"]);
  });
});
