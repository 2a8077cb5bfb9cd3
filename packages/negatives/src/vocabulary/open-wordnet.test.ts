import { openWordnet } from "@tesserae/negatives/wordnet";
import { describe, expect, it } from "vitest";

describe("openWordnet", () => {
  const thesaurus = openWordnet();

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
