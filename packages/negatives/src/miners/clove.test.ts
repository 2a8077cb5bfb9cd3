import { clove } from "@tesserae/negatives";
import { seededRng, testNegativeMiner } from "@tesserae/negatives/testing";
import { openWordnet } from "@tesserae/negatives/wordnet";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

describe("clove", () => {
  const thesaurus = openWordnet();

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
