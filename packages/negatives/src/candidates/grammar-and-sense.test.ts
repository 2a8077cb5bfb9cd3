import { attributeType, builtInMiners, crepe, mosaiclip, replace, type Vocabulary } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

// Captions of other words than those that the rules were made for; what is expected was written by reading.

const entries = (text: string) => text.split(", ").flatMap((name) => (name === "" ? [] : [{ name, count: 1 }]));
const words = (objects: string, attributes = "", relations = ""): Vocabulary => ({
  objects: entries(objects),
  attributes: entries(attributes),
  relations: entries(relations),
});

/** The captions that `replace` makes of one word. */
async function replaced(caption: string, word: string, other: string): Promise<string[]> {
  const [negatives] = await replace({ lexicon: { [word]: [other] }, maxNegatives: 9 }).mine([parse(caption)], {
    rng: seededRng(1),
  });
  return negatives!.map((negative) => negative.caption);
}

const general = words(
  "dog, boy, kettle, tractor, lamp",
  "red, wooden, small, striped",
  "on, under, hold, chase, behind",
);

/** All that some miners make of a caption in eight draws. */
async function mined(caption: string, names: readonly string[]): Promise<string[]> {
  const texts = new Set<string>();
  for (const name of names) {
    for (let seed = 0; seed < 8; seed++) {
      const [negatives] = await builtInMiners[name]!(general).mine([parse(caption)], { rng: seededRng(seed) });
      for (const negative of negatives!) texts.add(negative.caption);
    }
  }
  return [...texts];
}

const swaps = ["negclip", "structure-clip"];
const edits = [...swaps, "crepe", "sugarcrepe"];

describe("a replaced word keeps number, voice and determiner", () => {
  it.each<readonly [kind: string, caption: string, word: string, other: string, expected: string | undefined]>([
    ["irregular plurals", "Two mice under a chair", "mouse", "goose", "Two geese under a chair"],
    ["irregular plurals", "Three geese by a pond", "goose", "ox", "Three oxen by a pond"],
    ["irregular plurals", "Several women in a park", "woman", "policeman", "Several policemen in a park"],
    ["irregular plurals", "Four deer in the woods", "deer", "wolf", "Four wolves in the woods"],
    ["irregular plurals", "Two knives beside a plate", "knife", "loaf", "Two loaves beside a plate"],
    ["irregular plurals", "Two men on a roof", "man", "person", undefined],
    ["irregular plurals", "Some children by a gate", "child", "fisherman", "Some fishermen by a gate"],
    ["irregular plurals", "A person near a well", "person", "ox", "An ox near a well"],
    ["irregular plurals", "Five teeth in a jar", "tooth", "leaf", "Five leaves in a jar"],
    ["irregular plurals", "One sheep behind a barn", "sheep", "child", "One child behind a barn"],
    ["irregular plurals", "Many buses on a bridge", "bus", "fish", "Many fish on a bridge"],
    ["voice", "A rug is rolled by a girl.", "roll", "wash", "A rug is washed by a girl."],
    ["voice", "A letter was written by a nurse.", "write", "tear", "A letter was torn by a nurse."],
    ["voice", "A girl is washing a car.", "wash", "push", "A girl is pushing a car."],
    ["voice", "A boy throws a stone.", "throw", "paint", "A boy paints a stone."],
    ["voice", "Two girls carry a ladder.", "carry", "paint", "Two girls paint a ladder."],
    ["voice", "A woman painted a fence.", "paint", "build", "A woman built a fence."],
    ["voice", "A dog chasing a goat", "chase", "bite", "A dog biting a goat"],
    ["voice", "A nurse has broken a cup.", "break", "steal", "A nurse has stolen a cup."],
    ["voice", "A chef who cuts a melon", "cut", "wash", "A chef who washes a melon"],
    ["voice", "A cart pulled by a donkey", "pull", "paint", "A cart painted by a donkey"],
    ["determiners and mass nouns", "a kettle on a stove", "kettle", "equipment", undefined],
    ["determiners and mass nouns", "each boy near a gate", "boy", "furniture", undefined],
    ["determiners and mass nouns", "three kites over a lake", "kite", "smoke", undefined],
    ["determiners and mass nouns", "smoke over a lake", "smoke", "kite", undefined],
    ["determiners and mass nouns", "snow on a roof", "snow", "sand", "sand on a roof"],
    ["determiners and mass nouns", "a boy near a gate", "boy", "trousers", undefined],
    ["determiners and mass nouns", "an owl on a post", "owl", "hen", "a hen on a post"],
    ["determiners and mass nouns", "a hen on a post", "hen", "owl", "an owl on a post"],
    ["determiners and mass nouns", "another hen by a post", "hen", "mud", undefined],
    ["determiners and mass nouns", "a cottage by a lake", "cottage", "hour", "an hour by a lake"],
    ["determiners and mass nouns", "the kettle on a stove", "kettle", "soup", "the soup on a stove"],
    ["comparatives", "a taller tower behind a hut", "taller", "red", undefined],
    ["comparatives", "the smallest kitten in a box", "smallest", "red", undefined],
    ["comparatives", "a higher bridge over a river", "higher", "wooden", undefined],
    ["comparatives", "the most colorful kite over a hill", "colorful", "red", undefined],
    ["comparatives", "a less crowded beach near a road", "crowded", "sandy", undefined],
    ["comparatives", "an older woman beside a boy", "older", "tall", undefined],
    ["comparatives", "the longest rope on a boat", "longest", "blue", undefined],
    ["comparatives", "a very tall man near a bus", "tall", "striped", undefined],
    ["comparatives", "a darker cloud over a field", "darker", "green", undefined],
    ["comparatives", "a heavier bag beside a lighter bag", "heavier", "blue", undefined],
    ["vacuous words", "a blue kettle on a stove", "blue", "different", undefined],
    ["vacuous words", "a blue kettle on a stove", "blue", "certain", undefined],
    ["vacuous words", "a blue kettle on a stove", "blue", "same", undefined],
    ["vacuous words", "a blue kettle on a stove", "blue", "next", undefined],
    ["vacuous words", "a blue kettle on a stove", "blue", "various", undefined],
    ["vacuous words", "another goat in a yard", "another", "green", undefined],
    ["vacuous words", "the other goat in a yard", "other", "green", undefined],
    ["vacuous words", "a similar cup by a bowl", "similar", "green", undefined],
    ["vacuous words", "a wooden gate by a barn", "wooden", "containing", undefined],
    ["vacuous words", "a wooden gate by a barn", "wooden", "holding", undefined],
  ])("%s: %s, %s for %s", async (_kind, caption, word, other, expected) => {
    expect(await replaced(caption, word, other)).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe("a plural denial has do", () => {
  it.each([
    ["The boys carry a boat.", "The boys do not carry a boat."],
    ["The girls wear hats.", "The girls do not wear hats."],
    ["Two men push a cart.", "Two men do not push a cart."],
    ["The horses pull a wagon.", "The horses do not pull a wagon."],
    ["The women hold umbrellas.", "The women do not hold umbrellas."],
    ["A nurse holds a cup.", "A nurse does not hold a cup."],
    ["The girl eats a pear.", "The girl does not eat a pear."],
    ["The tower overlooks a bay.", "The tower does not overlook a bay."],
    ["People ride horses.", "People do not ride horses."],
    ["Children throw stones.", "Children do not throw stones."],
    ["A nurse has painted a fence.", "A nurse has not painted a fence."],
  ])("%s", async (caption, expected) => {
    const texts = new Set<string>();
    for (let seed = 0; seed < 8; seed++) {
      const [found] = await crepe({ vocabulary: general, forms: ["negation"], each: 9 }).mine([parse(caption)], {
        rng: seededRng(seed),
      });
      for (const one of found!) texts.add(one.caption);
    }
    expect([...texts]).toContain(expected);
  });
});

describe("edits leave whole what belongs together", () => {
  it.each<readonly [kind: string, caption: string, forbidden: RegExp]>([
    ["possessive", "A girl's scarf on a bench", /\w's's|\s's?(?:\s|$)|'s?[a-rt-z]/],
    ["possessive", "The farmer's tractor beside the nurse's bicycle", /\w's's|\s's?(?:\s|$)|'s?[a-rt-z]/],
    ["possessive", "A boy's red kite over a girl's hat", /\w's's|\s's?(?:\s|$)|'s?[a-rt-z]/],
    ["possessive", "the dog's tail under a cat's paw", /\w's's|\s's?(?:\s|$)|'s?[a-rt-z]/],
    ["possessive", "A king's crown on a queen's pillow", /\w's's|\s's?(?:\s|$)|'s?[a-rt-z]/],
    ["possessive", "The teacher's lamp behind a student's desk", /\w's's|\s's?(?:\s|$)|'s?[a-rt-z]/],
    ["possessive", "Thomas's guitar near a drum", /\w's's|\s's?(?:\s|$)|'s?[a-rt-z]/],
    ["possessive", "the boys' kites above a beach", /\w's's|\s's?(?:\s|$)|'s?[a-rt-z]/],
    ["possessive", "A baker's apron over a chair's back", /\w's's|\s's?(?:\s|$)|'s?[a-rt-z]/],
    ["possessive", "his brother's coat on a hook", /\w's's|\s's?(?:\s|$)|'s?[a-rt-z]/],
    ["names", "Maria stands behind a kettle", /maria/],
    ["names", "A boat on the River Rhine near a bridge", /rhine|river Rhine/],
    ["names", "A kite over San Diego near a tower", /san\b|diego/],
    ["names", "A letter from Peter on a desk", /peter/],
    ["names", "A bus in Rome beside a fountain", /rome/],
    ["names", "Anna holds a red lamp", /anna/],
    ["names", "A map of France above a desk", /france/],
    ["names", "a lamp beside Mr. Brown", /brown/],
    ["names", "A statue of Queen Victoria behind a gate", /victoria|queen victoria/],
    ["names", "Oliver's bicycle near a barn", /oliver/],
    ["compounds", "a cup of hot chocolate beside a fire truck", /\bfire(?! truck)|hot(?! chocolate)/],
    ["compounds", "a traffic light above a parking meter", /traffic(?! light)|parking(?! meter)/],
    ["compounds", "a tennis racket on a coffee table", /tennis(?! racket)|coffee(?! table)/],
    ["compounds", "a teddy bear behind a laptop computer", /teddy(?! bear)|laptop(?! computer)/],
    ["compounds", "a baseball bat under a picnic table", /baseball(?! bat)|picnic(?! table)/],
    ["compounds", "a stop sign beside a police car", /\bstop(?! sign)|police(?! car)/],
    ["compounds", "a cell phone on a night stand", /\bcell(?! phone)|night(?! stand)/],
    ["compounds", "a hot dog beside a wine glass", /\bhot(?! dog)|wine(?! glass)/],
    ["compounds", "a fire hydrant behind a mail box", /\bfire(?! hydrant)|mail(?! box)/],
    ["compounds", "a surf board near a life guard", /surf(?! board)|life(?! guard)/],
  ])("%s: %s", async (_kind, caption, forbidden) => {
    const texts = await mined(caption, edits);
    expect(texts.filter((text) => forbidden.test(text))).toEqual([]);
  });

  it.each([
    'A banner that says "Mind the gap" above a gate.',
    'a cup with "best dad" on a desk',
    "A shirt that reads 'I run' on a chair",
    'A truck with "fresh fish" on its side near a pier.',
    'the word "open" on a red door',
    "A poster saying “no smoking” behind a bench",
    'a cake that says "happy birthday" beside a candle',
    'a sign reading "no dogs" under a lamp',
    'A book titled "The Lake" on a shelf.',
    'A bus that says "not in service" by a bridge.',
  ])("quotes: %s", async (caption) => {
    const quotation = /["“'][^"”']+["”']/.exec(caption)![0];
    for (const text of await mined(caption, edits)) {
      const marks = text.match(/["“”]/g)?.length ?? 0;
      expect([text, marks % 2]).toEqual([text, 0]);
      if (marks > 0) expect(text).toContain(quotation);
    }
  });

  it.each([
    ["a cup in the middle of a table", "in the middle of"],
    ["a flag on top of a tower", "on top of"],
    ["a man on the left side of a bus", "on the left side of"],
    ["a boat in the background of a photo", "in the background of"],
    ["a lamp in the corner of a room", "in the corner of"],
    ["a row of trees behind a house", "a row of"],
    ["a picture showing a horse by a barn", "a picture showing a"],
    ["a close up of a goat near a fence", "a close up of a"],
    ["a girl at the end of a pier", "at the end of"],
    ["the front of a bus beside a shop", "the front of a"],
  ])("no swap ends: %s", async (caption, place) => {
    const texts = await mined(caption, swaps);
    expect(texts.filter((text) => !text.toLowerCase().includes(place))).toEqual([]);
  });
});

describe("a value takes the place of one of its kind", () => {
  const values = words(
    "kettle",
    "red, green, striped, wooden, plastic, empty, full, large, tiny, wet, dry, young, old",
  );
  it.each([
    ["a blue kettle on a stove", "colour"],
    ["a white gate by a barn", "colour"],
    ["a black goat in a yard", "colour"],
    ["an orange kite over a lake", "colour"],
    ["a yellow bus by a bridge", "colour"],
    ["a metal bench in a park", "material"],
    ["a brick wall behind a tree", "material"],
    ["a glass bowl on a shelf", "material"],
    ["a leather sofa near a lamp", "material"],
    ["a small boat near a pier", "size"],
  ])("%s: a %s", async (caption, type) => {
    const seen = new Set<string | undefined>();
    for (let seed = 0; seed < 30; seed++) {
      const miner = mosaiclip({ vocabulary: values, probabilities: { object: 1, relation: 0, attribute: 0 } });
      const [negatives] = await miner.mine([parse(caption)], { rng: seededRng(seed) });
      for (const { edits } of negatives!) seen.add(attributeType(edits.at(-1)!.text));
    }
    expect([...seen]).toEqual([type]);
  });
});

describe("what may be so as well replaces nothing", () => {
  it.each([
    ["a car on a street", "wheel"],
    ["a woman by a lake", "person"],
    ["a puppy on a rug", "dog"],
    ["a sofa near a lamp", "couch"],
    ["a rose in a vase", "flower"],
    ["a girl on a swing", "child"],
    ["a house behind a fence", "roof"],
    ["a bicycle by a gate", "bike"],
    ["a horse in a field", "animal"],
    ["a man near a bus", "face"],
    ["a tree behind a barn", "branch"],
    ["a plane over a lake", "aircraft"],
  ])("objects: %s, not a %s", async (caption, other) => {
    expect(await foils(caption, words(other), "atom-object")).toEqual([]);
  });

  it.each([
    ["a cup under a shelf", "at the side of"],
    ["a dog on a rug", "near"],
    ["a lamp behind a sofa", "beside"],
    ["a boat by a pier", "in front of"],
    ["a man holding a bag", "wear"],
    ["a girl riding a horse", "hold"],
    ["a goat in a yard", "on"],
    ["a kite above a hill", "near"],
    ["a woman eating a pear", "hold"],
    ["a bus next to a tree", "behind"],
    ["a cat in a box", "with"],
    ["a boy looking at a map", "hold"],
  ])("relations: %s, not %s", async (caption, other) => {
    expect(await foils(caption, words("", "", other), "atom-relation")).toEqual([]);
  });

  async function foils(caption: string, vocabulary: Vocabulary, kind: string): Promise<string[]> {
    const texts: string[] = [];
    for (let seed = 0; seed < 6; seed++) {
      const [negatives] = await crepe({ vocabulary, forms: ["atom"], each: 9 }).mine([parse(caption)], {
        rng: seededRng(seed),
      });
      // Only the first object or the one relation is asked about.
      for (const one of negatives!)
        if (one.kind === kind && one.edits.at(-1)!.span.start < caption.indexOf(" ", 9)) texts.push(one.caption);
    }
    return texts;
  }
});
