import { buildVocabulary, builtInMiners, replace } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const vocabulary = buildVocabulary(
  [
    "a red dog under a wooden box",
    "a plastic cup behind a metal kettle",
    "luggage on water",
    "a man wearing a hat",
  ].map((caption) => parse(caption)),
);
const mined = async (caption: string, names: readonly string[] = Object.keys(builtInMiners)) => {
  const texts = new Set<string>();
  for (const name of names.filter((one) => !/aro|ngram/.test(one))) {
    for (let seed = 0; seed < 10; seed++) {
      const [negatives] = await builtInMiners[name]!(vocabulary).mine([parse(caption)], { rng: seededRng(seed) });
      for (const negative of negatives!) texts.add(negative.caption);
    }
  }
  return [...texts];
};
const replaced = async (caption: string, lexicon: Record<string, string[]>) => {
  const [negatives] = await replace({ lexicon, maxNegatives: 9 }).mine([parse(caption)], { rng: seededRng(1) });
  return negatives!.map((negative) => negative.caption);
};

describe("words agree", () => {
  it.each<[string, Record<string, string[]>, string[]]>([
    ["People sit on a bench.", { people: ["dog"] }, ["Dogs sit on a bench."]],
    ["Two sheep on a hill", { sheep: ["cat"] }, ["Two cats on a hill"]],
    ["A sheep on a hill", { sheep: ["cat"] }, ["A cat on a hill"]],
    ["Three children in a boat", { child: ["wolf"] }, ["Three wolves in a boat"]],
    ["a dog on a box", { dog: ["luggage"] }, []],
    ["two dogs on a box", { dog: ["water"] }, []],
    ["a dog on a box", { dog: ["scissors"] }, []],
    ["A man rides a horse.", { ride: ["eat"] }, ["A man eats a horse."]],
    ["A boy is riding a horse.", { ride: ["eat"] }, ["A boy is eating a horse."]],
    ["A table is covered with a cloth.", { "cover with": ["eat"] }, ["A table is eating a cloth."]],
    ["A man holding a bat", { hold: ["kick"] }, ["A man kicking a bat"]],
    ["a red car on a street", { red: ["holding"] }, []],
    ["a red car on a street", { red: ["other"] }, []],
  ])("%s %j", async (caption, lexicon, expected) => {
    expect(await replaced(caption, lexicon)).toEqual(expected);
  });

  it("writes a plural denial with do", async () => {
    const texts = await mined("The dogs chase a ball.", ["crepe"]);
    expect(texts).toContain("The dogs do not chase a ball.");
  });

  it("leaves the possessive alone, and names", async () => {
    for (const text of await mined("A woman's chair behind James's hat", [
      "negclip",
      "structure-clip",
      "crepe",
      "sugarcrepe",
    ])) {
      expect(text).not.toMatch(/woman(?:in|on|under)|(?:dog|boxe|cup|kettle)s's|jame\b/);
    }
  });

  it("keeps quotations whole", async () => {
    for (const text of await mined('A sign that says "Stop the bus" next to a road.', [
      "negclip",
      "structure-clip",
      "crepe",
      "sugarcrepe",
    ])) {
      if (text.includes('"')) expect(text).toContain('"Stop the bus"');
    }
  });

  it("never cuts a compound, and swaps no noun of place", async () => {
    const texts = await mined("a scoop of pink ice cream in the middle of a bowl", [
      "negclip",
      "structure-clip",
      "crepe",
      "sugarcrepe",
    ]);
    for (const text of texts) {
      expect(text).toMatch(/ice cream|compound|kettle|dog|box|cup|luggage|man|hat/);
      expect(text).not.toMatch(/pink cream of|a middle|cream (?:scoop|bowl)/);
    }
  });
});
