import { describe, expect, it } from "vitest";
import { rightVariants, said } from "./fixtures/said.js";

const captions: Readonly<Record<string, readonly string[]>> = {
  "A woman in black sits on a park bench": ["woman in black", "woman sit on park bench"],
  "A woman wearing a white top smiles at the camera": ["top is white", "woman smile at camera", "woman wear top"],
  "Kites fly over the grass": ["kite fly over grass"],
  "Two hikers walk down an arid slope": ["hiker is two", "hiker walk down slope", "slope is arid"],
  "trees cover slope": ["tree cover slope"],
  "A woman wearing shorts bends over a frying pan": ["woman bend over frying pan", "woman wear shorts"],
  "The dog barks.": ["dog"],
  "Two adult sheep lay on the grass": ["sheep is adult", "sheep is two", "sheep lie on grass"],
  "A cake was cut by the bride with a knife": ["bride cut cake", "bride with knife"],
  "The letter was read by the boy": ["boy read letter"],
  "An endotracheal tube terminates 4 cm above the carina.": ["tube is endotracheal", "tube terminate above carina"],
  // More of the kind.
  "four woman stand around a dog": ["woman is four", "woman stand around dog"],
  "chefs in uniform prepare food in a kitchen": ["chef in kitchen", "chef in uniform", "chef prepare food"],
  "a flock of woolly sheep stand in the shade": ["sheep is flock of", "sheep is woolly", "sheep stand in shade"],
  "A parking meter with two heads stands on the street.": [
    "head is two",
    "parking meter stand on street",
    "parking meter with head",
  ],
  "A man in a hat cooks dinner": ["man cook dinner", "man in hat"],
  "A player in white bats at the plate": ["player bat at plate", "player in white"],
  "Flags wave above the roof": ["flag wave above roof"],
  "A vase of flowers decorates the table": ["vase decorate table", "vase of flower"],
  "Cars park along the street": ["car park along street"],
  "Many adult cows eat grass near a barn": ["cow eat grass", "cow is adult", "cow is many", "cow near barn"],
  // Nouns.
  "powdered sugar on the boys face": ["sugar is powdered", "sugar on boys face"],
  "a tall street lamp with two lights on it": [
    "light is two",
    "light on street lamp",
    "street lamp is tall",
    "street lamp with light",
  ],
  // A number of things ends in a plural, an amount does not.
  "A set of park benches near a lamp post": ["park bench is set of", "park bench near lamp post"],
  "A row of palm trees along a walkway": ["palm tree along walkway", "palm tree is row of"],
  "a number of street signs on a pole": ["street sign is number of", "street sign on pole"],
  "a herd of cows grazes in a field": ["cow graze in field", "cow is herd of"],
  "A pile of luggage rests outside a train": ["luggage is pile of", "luggage rest outside train"],
};

describe("verbs that could be nouns", () => {
  it.each(Object.entries(captions))("%s", (caption, expected) => {
    expect(said(caption)).toEqual([...expected].sort());
  });

  it.each([
    ["A {M1} in {C1} sits on a {P1}", ["{M1} in {C1}", "{M1} sit on {P1}"]],
    ["A {M1} wearing a {C1} {W1} smiles at a {A1}", ["{M1} smile at {A1}", "{M1} wear {W1}", "{W1} is {C1}"]],
    ["The {T1} was cut by a {M1}", ["{M1} cut {T1}"]],
    ["a {A1} in a {P1} watches a {M1}", ["{A1} in {P1}", "{A1} watch {M1}"]],
    ["A {M1} with two {T1}s walks down a {P1}", ["{M1} walk down {P1}", "{M1} with {T1}", "{T1} is two"]],
    ["Two {C1} {T1}s rest on a {P1}", ["{T1} is {C1}", "{T1} is two", "{T1} rest on {P1}"]],
    ["A {M1} near the {P1} holds a {T1}", ["{M1} hold {T1}", "{M1} near {P1}"]],
    ["the {A1} climbs over a {P1} and eats a {T1}", ["{A1} climb over {P1}", "{A1} eat {T1}"]],
  ])("%s with other words", (template, facts) => {
    const { right, wrong } = rightVariants(template, facts);
    expect(right, wrong).toBeGreaterThanOrEqual(19);
  });
});
