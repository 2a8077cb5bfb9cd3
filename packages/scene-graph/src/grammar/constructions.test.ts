import { parse, tuples } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

/** Each construction of caption English with its facts, objects that other facts name left out. */
const constructions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "noun phrases and compounds": {
    "a tennis ball": ["tennis ball"],
    "a black computer monitor": ["computer monitor is black"],
    "a hot dog on a plate": ["hot dog on plate"],
    "a yellow school bus": ["school bus is yellow"],
    "a baby elephant": ["elephant is baby"],
    "the back of a car": ["back of car"],
    "a remote resting on a table": ["remote rest on table"],
  },
  adjectives: {
    "a small red striped dog": ["dog is red", "dog is small", "dog is striped"],
    "a very tall fence": ["fence is very tall"],
    "a tall, thin man": ["man is tall", "man is thin"],
    "a red, white and blue flag": ["flag is blue", "flag is red", "flag is white"],
    "the car that is parked is red": ["car is parked", "car is red"],
    "a table. the table is purple and dotted.": ["table is dotted", "table is purple"],
    "an elephant with its mouth open": ["elephant 's mouth", "elephant with mouth", "mouth is open"],
    "a dark haired woman": ["woman is dark haired"],
    "a middle-aged man in a pick-up truck": ["man in truck", "man is middle-aged", "truck is pick-up"],
    "wispy clouds near an electrical pole": ["cloud is wispy", "cloud near pole", "pole is electrical"],
    "a green color wall": ["wall is green color"],
    "a four legged animal": ["animal is four legged"],
    "a wooden chair close to a table": ["chair close to table", "chair is wooden"],
    "the lights are on": ["light is on"],
    "a toilet with the seat up": ["seat is up", "toilet with seat"],
  },
  "participles before and after the noun": {
    "a parked car": ["car is parked"],
    "a man standing": ["man is standing"],
    "a motorcycle parked next to a car": ["motorcycle park next to car"],
    "light reflecting off the water": ["light reflect off water"],
    "a snow covered mountain": ["snow cover mountain"],
    "dirt covered in rocks": ["dirt cover in rock"],
  },
  "numbers and quantities": {
    "two dogs": ["dog is two"],
    "several people": ["people is several"],
    "both women are tall": ["woman is both", "woman is tall"],
    "a group of people": ["people is group of"],
    "a couple of dogs": ["dog is couple"],
    "the couple stands under an umbrella": ["couple stand under umbrella"],
    "bits of ice": ["ice is bits of"],
    "a couple kids": ["kid is couple"],
    "a small red piece of luggage": ["luggage is piece of", "luggage is red", "luggage is small"],
  },
  possessives: {
    "the man's red hat": ["hat is red", "man 's hat"],
    "the dogs' bowl": ["dog 's bowl"],
    "a man walking his dog": ["man 's dog", "man walk dog"],
    "a girl whose hat is red": ["girl 's hat", "hat is red"],
    "a cow licking it's hind leg": ["cow 's hind leg", "cow lick hind leg"],
    "a dog holding a ball in it's mouth": ["ball in mouth", "dog 's mouth", "dog hold ball"],
    "a man and a woman with their dog": ["man 's dog", "man with dog", "woman 's dog", "woman with dog"],
  },
  "verbs with particles and prepositions": {
    "a man picking up a ball": ["man pick up ball"],
    "a man looking out of a window": ["man look out of window"],
    "a fish watches a key": ["fish watch key"],
    "children stand in a street": ["child stand in street"],
    "a couple sit on a couch": ["couple sit on couch"],
    "a sign that says stop": ["sign say stop"],
    "a clock set in a wall": ["clock set in wall"],
    "the horse is tied to a rope": ["horse tie to rope"],
    "a man trying to catch a ball": ["man catch ball"],
    "a boy about to swing a bat": ["boy swing bat"],
    "the glass contains a beverage": ["glass contain beverage"],
    "a woman wearing black": ["woman wear black"],
    "a cat wearing reading glasses": ["cat wear glasses", "glasses is reading"],
  },
  "passives with an agent": {
    "a bear surrounded by grass": ["grass surround bear"],
    "a man is being followed by a dog": ["dog follow man"],
    "a hat worn by a man": ["man wear hat"],
    "a car parked by a building": ["car park by building"],
  },
  "prepositions of several words": {
    "a cup on top of a table": ["cup on top of table"],
    "a cup next to a plate": ["cup next to plate"],
    "a sign on the side of a building": ["sign on side of building"],
    "a dog to the left of a cat": ["dog left of cat"],
    "a bus parked on side a road": ["bus park on side road"],
    "shops on both sides of a street": ["shop on both sides of street"],
    "two boats side by side": ["boat is two", "boat side by side boat"],
    "two men sitting side by side": ["man is two", "man sit side by side man"],
  },
  coordination: {
    "a man, a woman and a child walk down a road": [
      "child walk down road",
      "man walk down road",
      "woman walk down road",
    ],
    "a man holding a cup and a plate": ["man hold cup", "man hold plate"],
    "a man sitting and reading a book": ["man is sitting", "man read book"],
    "a dog is running and jumping": ["dog is jumping", "dog is running"],
    "man , woman , and child on a road": ["child on road", "man on road", "woman on road"],
  },
  "relative clauses": {
    "the man who is riding a horse is tall": ["man is tall", "man ride horse"],
    "a dog that chases a cat": ["dog chase cat"],
    "the shirt the man is wearing is red": ["man wear shirt", "shirt is red"],
    "the hat that the man is wearing": ["man wear hat"],
    "the sand the bear is sleeping on": ["bear sleep on sand"],
    "the cushion the remotes are on": ["remote on cushion"],
    "striped couch man is sitting on": ["couch is striped", "man sit on couch"],
  },
  "what a phrase hangs on": {
    "a man playing frisbee in a park": ["man in park", "man play frisbee"],
    "a man holding an umbrella in the rain": ["man hold umbrella", "umbrella in rain"],
    "a man walking in the rain with an umbrella": ["man walk in rain", "man with umbrella"],
    "a man sitting at a table with a cake": ["man sit at table", "table with cake"],
    "a man in a red shirt on a skateboard": ["man in shirt", "man on skateboard", "shirt is red"],
    "a man in a shirt with stripes": ["man in shirt", "shirt with stripe"],
    "a woman in a black hat seated near a boy in a coat made of wool": [
      "boy in coat",
      "coat make of wool",
      "hat is black",
      "woman in hat",
      "woman seat near boy",
    ],
    "a man in a shirt and jeans riding a bike": ["man in jeans", "man in shirt", "man ride bike"],
    "a man riding a motorcycle down a road": ["man down road", "man ride motorcycle"],
    "a dog lying on the grass near a tree": ["dog lie on grass", "dog near tree"],
    "a boat in the distance in the ocean": ["boat in distance", "boat in ocean"],
    "a boy talking while on a phone": ["boy is talking", "boy on phone"],
    "a plate of food on a table": ["plate of food", "plate on table"],
  },
  "what there is": {
    "there is a cat on the mat": ["cat on mat"],
    "there are two cats": ["cat is two"],
    "on the table is a cup": ["cup on table"],
  },
  "with and of": {
    "a man with a hat": ["man with hat"],
    "the leg of a table": ["leg of table"],
    "a statue made of stone": ["statue make of stone"],
    "a plate of food": ["plate of food"],
  },
  "sentences and pronouns": {
    "a dog on a box. the box is red.": ["box is red", "dog on box"],
    "a man rides a horse. he is tall.": ["man is tall", "man ride horse"],
    "he is riding a skateboard": ["he ride skateboard"],
    "a box near a table with a cup on it": ["box near table", "cup on table", "table with cup"],
    "two cats touching eachother": ["cat is two", "cat touch cat"],
    "a cart with luggage on it": ["cart with luggage", "luggage on cart"],
  },
  negation: {
    "a man without a hat": ["man"],
    "a man is not wearing a hat": ["man"],
    "the car is not red": ["car"],
    "a table with no chairs": ["table"],
  },
  "titles and words about the picture": {
    "a photo of a dog": ["dog"],
    "an image showing a red car": ["car is red"],
    "a close up view of a red car": ["car is red"],
    "Untitled: A dog on a couch": ["dog on couch"],
  },
  "lower case, no punctuation, typos, other scripts": {
    "man riding horse": ["man ride horse"],
    "A MAN RIDING A HORSE": ["man ride horse"],
    "a mna on a hrose": ["mna on hrose"],
    "a café on a table": ["café on table"],
    "a dog 😀 on a 桌子": ["dog on 桌子"],
  },
};

for (const [name, captions] of Object.entries(constructions))
  describe(name, () => {
    it.each(Object.entries(captions))("%s", (caption, expected) => {
      const found = tuples(parse(caption)).map((fact) => fact.join(" "));
      const named = new Set(tuples(parse(caption)).flatMap(([subject, , object]) => (object ? [subject, object] : [])));
      expect(found.filter((fact) => !named.has(fact))).toEqual(expected);
    });
  });

describe("diagnostics", () => {
  const diagnostics = (caption: string) =>
    parse(caption).diagnostics.map(({ code, span }) => [code, caption.slice(span.start, span.end)]);
  it.each([
    ["a man without a hat", [["negated", "a hat"]]],
    ["a man is not running", [["negated", "running"]]],
    ["a man next to a boy holding his hat", [["pronoun", "his"]]],
    ["a cat and a dog next to a bowl behind it", [["pronoun", "it"]]],
    ["a dog watches", [["verb-without-object", "watches"]]],
    ["a dog next to", [["preposition-without-object", "next to"]]],
    ["Untitled: a dog", [["title", "Untitled"]]],
  ])("of %s", (caption, expected) => {
    expect(diagnostics(caption)).toEqual(expected);
  });
});
