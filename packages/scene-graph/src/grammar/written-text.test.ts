import { fromFactual, parse, setMatch, spice } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";
import { rightVariants, said } from "./fixtures/said.js";

const kinds: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "purpose and use": {
    "food ready for serving": ["food is ready"],
    "a meal ready for eating": ["meal is ready"],
    "a machine for making coffee": ["machine"],
    "a knife for cutting bread on a table": ["knife"],
    "a cake ready to be served": ["cake is ready"],
  },
  "quoted text": {
    'a sign that says "no dogs on the grass"': ["sign"],
    "a mug with the words 'world's best dad' on it": ["mug with word", "word on mug"],
    'A shirt reading "I love cats and dogs" on a man': ["shirt on man"],
    "a red sign with “keep off the grass” near a tree": ["sign is red", "sign near tree"],
    '"a dog on a bed"': ["dog on bed"],
    "the dogs' bowl near the cats' bed": ["bowl near bed", "cat 's bed", "dog 's bowl"],
  },
  comparison: {
    "The elephant is taller than the small tree.": ["elephant taller than tree", "tree is small"],
    "a dog smaller than a cat": ["dog smaller than cat"],
    "a tower as tall as a house": ["tower as tall as house"],
    "a dress more colorful than the wall": ["dress more colorful than wall"],
    "two boats next to each other": ["boat is two", "boat next to boat"],
  },
  tokens: {
    "1,000 people on a beach": ["people is 1,000", "people on beach"],
    "a clock showing 10:30": ["clock is showing"],
    "a photo taken on May 5, 2019": ["photo is taken"],
    "a bottle with 500 ml of water": ["bottle with water", "water is 500 ml of"],
    "a White/Black dog": ["dog is black", "dog is white"],
    "a man w/ a hat": ["man with hat"],
    "a room w/o windows": ["room"],
    "a cat on a mat.A dog on a rug": ["cat on mat", "dog on rug"],
    "a dog :) on a bed": ["dog on bed"],
    "a dog #cute on a bed": ["dog on bed"],
    "a dog &amp; a cat on a <b>bed</b>": ["cat on bed", "dog on bed"],
    "a man&#39;s hat": ["man 's hat"],
    "Mr. Smith riding a horse": ["mr smith ride horse"],
    "a St. Bernard on a rug": ["st bernard on rug"],
    "Mt. Fuji behind a lake": ["mt fuji behind lake"],
    "J. K. Rowling holding a book": ["j k rowling hold book"],
    "James's hat on a table": ["hat on table", "james 's hat"],
    "a boat on the River Thames": ["boat on river thames"],
    "a bus in New York": ["bus in new york"],
    "a lime green car": ["car is lime green"],
    "a neon blue sign": ["sign is neon blue"],
    "an azure sky": ["sky is azure"],
    "an onyx vase": ["vase is onyx"],
    "navy blue pants on a chair": ["pants is navy blue", "pants on chair"],
    "A T.V. on a shelf": ["t.v. on shelf"],
    "a C-17 over a hill": ["c-17 over hill"],
  },
  attachment: {
    "A skillet on a stove with vegetables in it": [
      "skillet on stove",
      "skillet with vegetable",
      "vegetable in skillet",
    ],
    "a man ordering food from a restaurant": ["man order food", "man order from restaurant"],
  },
  "text that is not English": {
    "un perro en la calle con un hombre": [],
    "ein Hund auf der Straße mit einem Mann": [],
    "une femme assise sur un banc": [],
    собака_на_кровати: [],
    一只狗在床上: [],
    "a dog in Los Angeles": ["dog in los angeles"],
  },
};

for (const [name, captions] of Object.entries(kinds))
  describe(name, () => {
    it.each(Object.entries(captions))("%s", (caption, expected) => {
      expect(said(caption)).toEqual([...expected].sort());
    });
  });

describe("with other words", () => {
  it.each([
    ['a {C1} sign that says "{A1} on the {P1}" near a {T1}', ["sign is {C1}", "sign near {T1}"]],
    ["the {A1} is bigger than the {A2}", ["{A1} bigger than {A2}"]],
    ["a {T1} for cutting {T2}s", ["{T1}"]],
    ["a {M1} w/ a {W1} &amp; a {T1}", ["{M1} with {T1}", "{M1} with {W1}"]],
    ["a {A1} on a {P1}.A {M1} with a {T1}", ["{A1} on {P1}", "{M1} with {T1}"]],
    ["a lime green {T1} on a navy blue {P1}", ["{P1} is navy blue", "{T1} is lime green", "{T1} on {P1}"]],
    ["Mr. Brown holding a {T1}", ["mr brown hold {T1}"]],
  ])("%s", (template, facts) => {
    const { right, wrong } = rightVariants(template, facts);
    expect(right, wrong).toBeGreaterThanOrEqual(19);
  });
});

it("points into the caption as it is written, tags and entities among its characters", () => {
  const caption = "a <b>red</b> dog &amp; a man&#39;s hat";
  const { objects } = parse(caption);
  expect(objects.map(({ name, span }) => [name, caption.slice(span.start, span.end)])).toEqual([
    ["dog", "dog"],
    ["man", "man"],
    ["hat", "hat"],
  ]);
});

it("reports text that is not English, and quotations, once each", () => {
  expect(parse("une femme assise sur un banc").diagnostics.map(({ code }) => code)).toEqual(["not-english"]);
  expect(parse('a sign that says "no dogs"').diagnostics.map(({ code, span }) => [code, span])).toEqual([
    ["quotation", { start: 18, end: 25 }],
  ]);
});

describe("the measures", () => {
  it.each([
    ["two dogs", "2 dogs"],
    ["a pair of dogs", "two dogs"],
    ["a dozen eggs", "12 eggs"],
    ["a man with a hat", "a man has a hat"],
  ])("take %s and %s for the same", (a, b) => {
    expect(setMatch(parse(a), parse(b))).toBe(true);
    expect(spice(parse(a), parse(b)).f1).toBe(1);
    expect(setMatch(parse(a), parse(b), { exact: true })).toBe(false);
  });

  it("read FACTUAL's files with identities and marks of verbs", () => {
    const { objects, relations } = fromFactual("( man:1 , v:ride , horse:1 ) , ( man:2 , pv:led by , horse:1 )");
    expect(objects.map(({ id, name }) => `${id} ${name}`)).toEqual(["o1 man", "o2 horse", "o3 man"]);
    expect(relations.map(({ subject, predicate, object }) => [subject, predicate, object])).toEqual([
      ["o1", "ride", "o2"],
      ["o3", "led by", "o2"],
    ]);
  });
});
