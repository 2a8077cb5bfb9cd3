import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";
import { rightVariants, said } from "./fixtures/said.js";

const denials: Readonly<Record<string, readonly string[]>> = {
  "a room with no chairs or tables": ["room"],
  "a room with no chairs, tables or lamps": ["room"],
  "neither the man nor the woman is smiling": ["man", "woman"],
  "a man with neither a hat nor glasses": ["man"],
  "none of the people wear hats": [],
  "The animal is not a dog but a cat": ["animal", "cat"],
  "a cat that is not black but white": ["cat is white"],
  "a man holding a cup instead of a phone": ["man hold cup"],
  "a bird flying rather than sitting on a branch": ["bird is flying"],
  "the light is no longer red": ["light"],
  "a car that is no longer parked on the street": ["car"],
  "a street devoid of cars": ["street"],
  "a road without any people": ["road"],
  "six people wear blue shirts and no people wear white shirts": [
    "people is six",
    "people wear shirt",
    "shirt is blue",
  ],
  "the wall will soon be painted white": ["wall"],
  // More of the kind.
  "There is no dog on the mat": [],
  "There isn't a cat or a dog.": [],
  "no group of people on the beach": [],
  "Nobody is on the beach": [],
  "a bench with no one sitting on it": ["bench"],
  "a man with no hat and a red shirt": ["man with shirt", "shirt is red"],
  "a man without a shirt riding a bike": ["man ride bike"],
  "a dog that is not eating or drinking": ["dog"],
  "The man is not on a horse": ["man"],
  "the sign lacks a pole": ["sign"],
  "a man wants to ride a horse": ["man"],
  "the fence is going to be painted": ["fence"],
  "a street free of cars and people": ["street"],
  "the horse would be ridden by a girl": ["horse"],
  "a girl without a hat who holds a cup": ["girl hold cup"],
  "a no parking sign on a pole": ["sign is no parking", "sign on pole"],
  // Not denied.
  "a dog can be seen on a hill": ["dog see on hill"],
  "a boy about to swing a bat": ["boy swing bat"],
};

describe("denial, future and wish", () => {
  it.each(Object.entries(denials))("%s", (caption, expected) => {
    expect(said(caption)).toEqual([...expected].sort());
  });

  it.each([
    ["a {P1} with no {A1} or {A2}", ["{P1}"]],
    ["There is no {A1} on the {P1}", []],
    ["a {M1} holding a {T1} instead of a {T2}", ["{M1} hold {T1}"]],
    ["neither the {M1} nor the {M2} is sitting", ["{M1}", "{M2}"]],
    ["the {T1} is not {C1} but {C2}", ["{T1} is {C2}"]],
    ["the {T1} will be put on the {P1}", ["{T1}"]],
    ["a {P1} without any {A1} near a {T1}", ["{P1}"]],
    ["a {M1} in a {W1} and no {M2} in a {W2}", ["{M1} in {W1}"]],
    ["none of the {A1}s is {C1}", []],
    ["a {M1} who wants to hold a {T1}", ["{M1}"]],
  ])("%s with other words", (template, facts) => {
    const { right, wrong } = rightVariants(template, facts);
    expect(right, wrong).toBeGreaterThanOrEqual(19);
  });

  it("reports what is denied", () => {
    const { diagnostics } = parse("a room with no chairs or tables");
    expect(diagnostics.map(({ code, span }) => [code, span])).toEqual([
      ["negated", { start: 12, end: 21 }],
      ["negated", { start: 25, end: 31 }],
    ]);
  });
});
