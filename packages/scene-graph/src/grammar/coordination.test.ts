import { describe, expect, it } from "vitest";
import { rightVariants, said } from "./fixtures/said.js";

const clauses: Readonly<Record<string, readonly string[]>> = {
  "a dog on the bed and a cat on the floor": ["cat on floor", "dog on bed"],
  "A man is eating and a dog is sleeping": ["dog is sleeping", "man is eating"],
  "A dog sleeps and a cat plays with a ball": ["cat play with ball", "dog"],
  "a tire on a scooter and another tire on another scooter": ["tire on scooter"],
  "The farmer with a pitchfork is walking slowly and the rancher with a lasso is walking faster.": [
    "farmer is walking",
    "farmer with pitchfork",
    "rancher is walking",
    "rancher with lasso",
  ],
  "A man in a blue shirt is standing on the left and a woman in a red dress is on the right": [
    "dress is red",
    "man in shirt",
    "man stand on left",
    "shirt is blue",
    "woman in dress",
    "woman on right",
  ],
  "People ride bikes and walk dogs": ["people ride bike", "people walk dog"],
  "A girl jumps over and crawls under a fence": ["girl crawl under fence", "girl jump over fence"],
  "a table with a glass of water and a glass of wine": ["glass of water", "glass of wine", "table with glass"],
  // More of the kind.
  "a bird in the sky and a boat on the lake": ["bird in sky", "boat on lake"],
  "A horse is grazing and two cows are resting": ["cow is resting", "cow is two", "horse is grazing"],
  "A man in a blue shirt and a woman in a red dress are walking": [
    "dress is red",
    "man in shirt",
    "man is walking",
    "shirt is blue",
    "woman in dress",
    "woman is walking",
  ],
  "a man holding a cup of tea and a plate": ["cup of tea", "man hold cup", "man hold plate"],
  "a glass of milk and a plate on a table": ["glass of milk", "glass on table", "plate on table"],
  "a man in a shirt and jeans on a bike": ["man in jeans", "man in shirt", "man on bike"],
  "a desk with a laptop and a phone on it": ["desk with laptop", "desk with phone", "laptop on desk", "phone on desk"],
  "a man with a bag in one hand and a phone in the other": [
    "bag in hand",
    "hand is one",
    "man with bag",
    "man with phone",
    "phone in other",
  ],
  "a plate with meat and vegetables on a table": [
    "meat on table",
    "plate with meat",
    "plate with vegetable",
    "vegetable on table",
  ],
  "A kitchen with a stove, and a bedroom with a lamp": ["bedroom with lamp", "kitchen with stove"],
  "A boy throws a ball while a dog watches him": ["boy throw ball", "dog watch boy"],
  "a woman standing next to and looking at a horse": ["woman look at horse", "woman stand next to horse"],
  "a train on a bridge and a picture of a cat on a wall": ["cat on wall", "train on bridge"],
  "a man and a woman with a dog": ["man with dog", "woman with dog"],
};

describe("clauses and coordination", () => {
  it.each(Object.entries(clauses))("%s", (caption, expected) => {
    expect(said(caption)).toEqual([...expected].sort());
  });

  it.each([
    ["a {A1} on the {P1} and a {A2} on the {P2}", ["{A1} on {P1}", "{A2} on {P2}"]],
    ["a {C1} {A1} is on the {P1} and a {T1} is on a {P2}", ["{A1} is {C1}", "{A1} on {P1}", "{T1} on {P2}"]],
    ["The {M1} is eating and the {A1} is sleeping", ["{A1} is sleeping", "{M1} is eating"]],
    ["A {M1} sitting on a {P1} and a {A1} lying on a {P2}", ["{A1} lie on {P2}", "{M1} sit on {P1}"]],
    ["a {M1} holding a {T1} and a {T2}", ["{M1} hold {T1}", "{M1} hold {T2}"]],
    ["a {M1} in a {W1} and a {M2} in a {W2}", ["{M1} in {W1}", "{M2} in {W2}"]],
    ["a {P1} with a {T1} and a {T2} on it", ["{P1} with {T1}", "{P1} with {T2}", "{T1} on {P1}", "{T2} on {P1}"]],
    ["A {A1} jumps over and runs around a {P1}", ["{A1} jump over {P1}", "{A1} run around {P1}"]],
    ["The {M1} holds a {T1}, and the {M2} carries a {T2}", ["{M1} hold {T1}", "{M2} carry {T2}"]],
    [
      "a {C1} {T1} on a {P1} while a {C2} {A1} sleeps near a {T2}",
      ["{A1} is {C2}", "{A1} sleep near {T2}", "{T1} is {C1}", "{T1} on {P1}"],
    ],
  ])("%s with other words", (template, facts) => {
    const { right, wrong } = rightVariants(template, facts);
    expect(right, wrong).toBeGreaterThanOrEqual(19);
  });
});
