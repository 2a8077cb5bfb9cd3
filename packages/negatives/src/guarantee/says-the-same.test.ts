import { buildVocabulary, builtInMiners, createNegative, isNegative } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

/** Whether the second caption is a negative of the first, both as the parser reads them. */
const isFalse = (caption: string, other: string) => isNegative({ caption: other, graph: parse(other) }, parse(caption));

describe("what says the same is no negative", () => {
  it.each([
    ["A car is far from a bus.", "A bus is far from a car."],
    ["A dog is far from a cat.", "A cat is far away from a dog."],
    ["A bench parallel to a fence", "A fence parallel to a bench"],
    ["A wire connected to a box", "A box connected to a wire"],
    ["A chair opposite to a table", "A table opposite to a chair"],
    ["A man dancing with a woman", "A woman dancing with a man"],
    ["A boy talking to a girl", "A girl talking to a boy"],
    ["A cup is identical to a bowl.", "A bowl is identical to a cup."],
    ["A ball in contact with a bat", "A bat in contact with a ball"],
    ["A man next to a bus", "A bus beside a man"],
    ["A bowl contains fruit.", "Fruit inside a bowl"],
    ["A car behind a truck", "A truck ahead of a car"],
    ["A table covered with a cloth", "A cloth covering a table"],
    ["A lamp above a desk", "A desk under a lamp"],
    ["a cat and a dog", "a dog and a cat"],
    ["two dogs on a couch", "2 dogs on a sofa"],
    ["a pair of dogs on a bed", "two dogs on a bed"],
    ["twelve eggs in a box", "a dozen eggs in a box"],
    ["a dog with a hat", "a dog has a hat"],
    ["a dog has a hat", "a dog with a hat"],
    ["a man holding a bat", "a man with a bat"],
    ["a boy wearing a cap", "a cap on a boy"],
  ])("%s = %s", (caption, other) => {
    expect(isFalse(caption, other)).toBe(false);
  });

  it.each([
    ["A car is far from a bus.", "A car is next to a bus."],
    ["A man with a hat", "A hat with a man"],
    ["two dogs on a couch", "three dogs on a couch"],
    ["a dog on a couch", "three dogs on a couch"],
    ["A bowl contains fruit.", "Fruit contains a bowl."],
    ["A car behind a truck", "A car ahead of a truck"],
    ["a dog with a hat", "a hat has a dog"],
    ["a red hat and a blue shirt", "a blue hat and a red shirt"],
  ])("%s, but not %s", (caption, other) => {
    expect(isFalse(caption, other)).toBe(true);
  });
});

describe("no miner's swap says the same", () => {
  const vocabulary = buildVocabulary(["a red dog on a box"].map((caption) => parse(caption)));
  const mined = async (caption: string) => {
    const graph = parse(caption);
    const texts = new Set<string>();
    for (const name of ["structure-clip", "negclip", "crepe", "sugarcrepe"]) {
      for (let seed = 0; seed < 8; seed++) {
        const [negatives] = await builtInMiners[name]!(vocabulary).mine([graph], { rng: seededRng(seed) });
        for (const { caption: text } of negatives!) texts.add(text.toLowerCase().replace(/\b(?:an?|the) /g, ""));
      }
    }
    return texts;
  };

  it.each([
    ["A car is far from a bus.", "bus is far from car."],
    ["A man that is standing next to a bicycle in the grass.", "bicycle that is standing next to man in grass."],
    ["a spoon next to a dessert inside of a bowl", "dessert next to spoon inside of bowl"],
    ["a man with a cup of tea and a cup of coffee", "man with cup of coffee and cup of tea"],
    ["a dog with a red collar and a dog with a blue collar", "dog with blue collar and dog with red collar"],
    ["a large elephant next to a small elephant", "small elephant next to large elephant"],
    ["a woman and a dog in a kitchen", "dog and woman in kitchen"],
    ["A horse walks beside a dog.", "dog walks beside horse."],
  ])("%s", async (caption, same) => {
    expect(await mined(caption)).not.toContain(same);
  });
});

it("reads the quantity of an edited graph anew", () => {
  const caption = "two dogs on a couch";
  const edits = [{ span: { start: 0, end: 3 }, text: "three" }];
  expect(createNegative(parse(caption), "number", edits)).toMatchObject({
    caption: "three dogs on a couch",
    graph: { objects: [{ name: "dog", quantity: "three" }, { name: "couch" }] },
  });
});
