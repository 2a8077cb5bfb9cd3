import {
  buildVocabulary,
  builtInMiners,
  type CrepeForm,
  clove,
  crepe,
  mosaiclip,
  type NegativeMiner,
  sugarcrepe,
} from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { openWordnet } from "@tesserae/negatives/wordnet";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

// Each kind of fault was found by reading random negatives; the captions here are others of its kind.

const vocabulary = buildVocabulary(
  [
    "a purple bird behind an orange elephant",
    "a furry cup into a brick kettle",
    "a goat under a large striped box",
  ].map((caption) => parse(caption)),
);

/** All that a miner makes of a caption in a number of draws. */
async function mined(miner: NegativeMiner, caption: string, draws = 12): Promise<string[]> {
  const texts = new Set<string>();
  for (let seed = 0; seed < draws; seed++) {
    const [negatives] = await miner.mine([parse(caption)], { rng: seededRng(seed) });
    for (const negative of negatives!) texts.add(negative.caption);
  }
  return [...texts].sort();
}

const swapped = async (caption: string) =>
  (
    await Promise.all(["negclip", "structure-clip"].map((name) => mined(builtInMiners[name]!(vocabulary), caption)))
  ).flat();
const foils = (caption: string, form: CrepeForm) => mined(crepe({ vocabulary, forms: [form], each: 9 }), caption);

describe("whole", () => {
  it.each([
    ["a nurse lies in bed under a red lamp", "bed"],
    ["A player stands at bat near the umpire.", "bat"],
    ["The kettle is on display behind a box.", "display"],
    ["A soldier in uniform holds a kite.", "uniform"],
    ["A goat grazes at sunset near a barn.", "sunset"],
    ["A girl in full run on a blue court", "run"],
  ])("leaves a set phrase: %s", async (caption, phrase) => {
    const texts = [...(await swapped(caption)), ...(await foils(caption, "atom")), ...(await foils(caption, "swap"))];
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text.split(" ")).toContain(phrase);
  });

  it("takes a plural without an ending by its number", async () => {
    expect(await foils("Four zebra stand in a garden.", "swap")).toEqual(["Four gardens stand in a zebra."]);
    const texts = await foils("the nine sheep behind a gate", "atom");
    expect(texts).toContain("the nine goats behind a gate");
    for (const text of texts) expect(text).not.toMatch(/nine (?:bird|box|cup|elephant|goat|kettle) /);
  });

  it("takes no label for a number", async () => {
    for (const text of await foils("the number 41 bus on a bridge", "atom"))
      expect(text).not.toMatch(/41 \w+s\b(?<!bus)/);
  });

  it("puts no colour in the place of a thing", async () => {
    const objects = ["black", "lamp"].map((name) => ({ name, count: 1 }));
    const miner = crepe({ vocabulary: { objects, attributes: [], relations: [] }, forms: ["atom"], each: 9 });
    expect(await mined(miner, "a goat")).toEqual(["a lamp"]);
  });

  it("keeps a living being in front of who", async () => {
    const caption = "A farmer who is holding a lamp";
    const texts = [...(await swapped(caption)), ...(await foils(caption, "atom")), ...(await foils(caption, "swap"))];
    for (const text of texts) expect(text).not.toMatch(/(?:lamp|cup|kettle|box) who/);
  });

  it("moves nouns alone where one phrase has no article, or stands behind an owner", async () => {
    const miner = builtInMiners["structure-clip"]!(vocabulary);
    expect(await mined(miner, "Goat pulling a cart")).toEqual(["Cart pulling a goat"]);
    expect(await mined(miner, "A woman's hand holds a key.")).toEqual(["A woman's key holds a hand."]);
  });

  it("puts nothing known and no other number behind there is", async () => {
    const miner = builtInMiners["structure-clip"]!(vocabulary);
    expect(await mined(miner, "There is a goat in the yard.")).toEqual(["There is a yard in the goat."]);
    expect(await mined(miner, "There is a goat behind two carts.")).toEqual(["There is a cart behind two goats."]);
  });

  it("moves nouns alone where a group has no article, and no colour that stands for clothes", async () => {
    const miner = builtInMiners["structure-clip"]!(vocabulary);
    expect(await mined(miner, "Several carts, including a wagon, stand on a hill.")).not.toContain(
      "A wagon, including several carts, stand on a hill.",
    );
    expect(await mined(miner, "Group of goats standing on a cart")).toEqual(["Group of carts standing on a goat"]);
    for (const text of await swapped("A nurse in blue pushes a cart.")) expect(text).toContain("in blue");
  });

  it("says of a passive predicate that it is done", async () => {
    const covered = buildVocabulary([parse("a table covered with a rug")]);
    const miner = crepe({ vocabulary: covered, forms: ["atom"], each: 9 });
    expect(await mined(miner, "a cart behind a barn")).toContain("a cart covered with a barn");
    for (const text of await mined(miner, "a girl holds a lamp")) expect(text).not.toMatch(/cover/);
    const between = crepe({ vocabulary: { objects: [], attributes: [], relations: [{ name: "between", count: 1 }] } });
    expect((await mined(between, "a cart on a hill")).filter((text) => text.includes("between"))).toEqual([]);
  });

  it.each([
    ["A goat stands on a box.", ["A goat does not stand on a box.", "No goat stands on a box."]],
    ["The kettle is red.", ["No kettle is red.", "The kettle is not red."]],
    ["A man with a kite", ["A man with no kite", "A man without a kite", "No man with a kite"]],
    ["A girl holds a lamp.", ["A girl does not hold a lamp.", "A girl holds no lamp.", "No girl holds a lamp."]],
    ["A boy kicks a box.", ["A boy does not kick a box.", "No boy kicks a box."]],
    ["a goat and a dog on a hill", ["a goat and a dog not on a hill"]],
    ["There is a red lamp.", ["There is no red lamp."]],
  ])("denies what people deny so: %s", async (caption, expected) => {
    expect(await foils(caption, "negation")).toEqual(expected);
  });
});

describe("false", () => {
  it.each([
    ["a suit that describes both", "A waiter in a black vest and scarf", "a black scarf and vest"],
    ["things with one another", "A lamp with a clock on a shelf.", "a clock with a lamp"],
    ["who sits with whom", "A nurse sits on a bench with a soldier.", "a soldier sits on a bench with a nurse"],
    ["what is at what", "A lamp at an empty corner behind a bench", "an empty corner at a lamp"],
    ["a measure and what it is of", "Two nurses play a game of chess.", "chess of a game"],
    ["contents and container", "Two bowls of fresh flowers on a shelf", "fresh flowers of two bowls"],
  ])("%s", async (_kind, caption, same) => {
    for (const text of await swapped(caption)) expect(text.toLowerCase()).not.toContain(same);
  });

  it("swaps attributes of one type, and relations that cannot both hold", async () => {
    for (const miner of ["crepe", "sugarcrepe"].map((name) => builtInMiners[name]!(vocabulary)))
      expect(await mined(miner, "a purple kite above a large barn")).not.toContain("a large kite above a purple barn");
    expect(await foils("a goat on a cart at a barn", "swap")).not.toContain("a goat at a cart on a barn");
    expect(await foils("a goat on a cart under a bridge", "swap")).toContain("a goat under a cart on a bridge");
  });

  it("adds no colour to a lifeless thing", async () => {
    const miner = sugarcrepe({ vocabulary, forms: ["add-attribute"] });
    expect(await mined(miner, "a lamp")).toEqual(["a furry lamp"]);
    expect(await mined(miner, "a dog")).toEqual(["a purple dog"]);
  });

  it("joins nothing by a word of motion", async () => {
    const miner = mosaiclip({ vocabulary, formWeights: { "relation-connect": 100 } });
    const texts = await mined(miner, "a goat on a cart");
    expect(texts.some((text) => /^goat on cart (?:behind|under) /.test(text))).toBe(true);
    for (const text of texts) expect(text).not.toContain(" into ");
  });

  it("takes for a colour another, for a verb one of captions, no substance and no word that is hardly used", async () => {
    const miner = clove({ thesaurus: openWordnet(), maxNegatives: 9 });
    const texts = await mined(miner, "A girl eating a pear near a green lamp by the water");
    for (const text of texts) expect(text).not.toMatch(/achromatic|ripe|dining|sampling|trying|hydride/);
    expect(texts.some((text) => /(?:red|blue|brown|yellow|orange|purple|pink) lamp/.test(text))).toBe(true);
  });
});
