import { fromFactual, spice } from "@tesserae/scene-graph";
import { readWordnetFile, readWordnetIndex, wordnetSynonyms } from "@tesserae/scene-graph/wordnet";
import { describe, expect, it } from "vitest";

it("finds a synset of the database by the offset that the index gives", () => {
  const offsets = readWordnetIndex("index.noun").get("hot_dog")!;
  const data = readWordnetFile("data.noun");
  const synsets = offsets.map((offset) => data.slice(offset, data.indexOf(" | ", offset)));
  expect(synsets[0]).toMatch(/^10207329 18 n 02 hotdog 0 hot_dog 0 /);
  expect(synsets.slice(1)).toEqual([expect.stringContaining(" hot_dog "), expect.stringContaining(" hot_dog ")]);
});

describe("wordnetSynonyms", () => {
  const synonyms = wordnetSynonyms();

  it("knows words and phrases of one synset", () => {
    expect(synonyms("couch", "sofa")).toBe(true);
    expect(synonyms("hot dog", "hotdog")).toBe(true);
    expect(synonyms("next to", "beside")).toBe(false);
    expect(synonyms("dog", "cat")).toBe(false);
    expect(synonyms("zorp", "zorp")).toBe(false);
  });

  it("lets spice match synonymous tuples, which without it stay apart", () => {
    const candidate = fromFactual("( cat , on , sofa )");
    const reference = fromFactual("( cat , on , couch )");
    // Of sofa, cat and (cat, on, sofa) the cat alone is the same word.
    expect(spice(candidate, reference).f1).toBeCloseTo(1 / 3, 12);
    expect(spice(candidate, reference, { synonyms }).f1).toBe(1);
  });

  it("says where it looked", () => {
    expect(() => wordnetSynonyms("/nowhere")).toThrow(/\/nowhere\/index\.noun: cannot be read/);
  });
});
