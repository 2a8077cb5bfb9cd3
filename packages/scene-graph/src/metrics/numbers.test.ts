import { fromFactual, parse, setMatch, spice } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

describe("numbers are alike however they are written", () => {
  it.each([
    ["twenty birds", "20 birds"],
    ["a hundred sheep", "100 sheep"],
    ["a thousand people", "1,000 people"],
    ["twenty-one boats", "21 boats"],
    ["forty two sheep", "42 sheep"],
    ["half a dozen eggs", "six eggs"],
    ["two dozen roses", "24 roses"],
    ["a trio of cats", "three cats"],
    ["a quartet of singers", "4 singers"],
    ["a single rose", "one rose"],
    ["both dogs", "two dogs"],
    ["a couple of men", "2 men"],
    ["a hundred and five sheep", "105 sheep"],
  ])("%s = %s", (one, other) => {
    expect(spice(parse(one), parse(other)).f1).toBe(1);
    expect(setMatch(parse(one), parse(other))).toBe(true);
  });

  it.each([
    ["twenty birds", "21 birds"],
    ["two dozen roses", "12 roses"],
    ["several dogs", "7 dogs"],
  ])("%s, but not %s", (one, other) => {
    expect(setMatch(parse(one), parse(other))).toBe(false);
  });
});

describe("FACTUAL's files with identities", () => {
  const read = (text: string) => {
    const { objects, relations } = fromFactual(text);
    return [
      ...objects.map(({ id, quantity, name, attributes }) =>
        [id, ...(quantity ? [quantity] : []), ...attributes.map((one) => one.name), name].join(" "),
      ),
      ...relations.map(({ subject, predicate, object }) => `${subject} ${predicate} ${object}`),
    ];
  };

  it.each([
    ["( man:1 , v:ride , horse:1 ) , ( horse:1 , is , brown )", ["o1 man", "o2 brown horse", "o1 ride o2"]],
    ["( boy:1 , near , boy:2 ) , ( boy:2 , is , tall )", ["o1 boy", "o2 tall boy", "o1 near o2"]],
    ["( man , pv:look at , dog )", ["o1 man", "o2 dog", "o1 look at o2"]],
    ["( woman:12 , p:on , bench:3 )", ["o1 woman", "o2 bench", "o1 on o2"]],
    ["( dogs:1 , is , 2 ) , ( dogs:1 , on , bed )", ["o1 2 dogs", "o2 bed", "o1 on o2"]],
    ["( dog : 1 , on , mat : 2 )", ["o1 dog", "o2 mat", "o1 on o2"]],
    ["(dog,on,mat)", ["o1 dog", "o2 mat", "o1 on o2"]],
    ["( cat:1 ) , ( cat:2 )", ["o1 cat", "o2 cat"]],
    ["( cat ) , ( cat )", ["o1 cat"]],
    ["", []],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(["( a , b )", "( a , b , c , d )", "( , on , mat )", "( a , ( b ) , c )"])("refuses %s", (text) => {
    expect(() => fromFactual(text)).toThrow(/is no fact; expected/);
  });
});
