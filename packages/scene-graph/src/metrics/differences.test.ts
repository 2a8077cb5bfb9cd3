import { differences, fromFactual } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

const between = (candidate: string, reference: string) =>
  differences(fromFactual(candidate), fromFactual(reference)).map(({ kind, surplus, missing }) =>
    [kind, surplus?.join(" "), missing?.join(" ")].filter(Boolean),
  );

it.each([
  ["( tree branch , on , car )", "( branch , on , car )", ["length of a compound", "tree branch", "branch"]],
  [
    "( light pole , in , ground )",
    "( pole , in , ground ) , ( pole , is , light )",
    ["compound against attribute", "light pole", "pole"],
  ],
  ["( side walk , near , road )", "( sidewalk , near , road )", ["noun form", "side walk", "sidewalk"]],
  ["( dog , with , ball )", "( dog , have , ball )", ["have against with", "dog with ball", "dog have ball"]],
  ["( man , in , hat )", "( man , wear , hat )", ["wearing", "man in hat", "man wear hat"]],
  ["( man , near , car )", "( man , beside , car )", ["wording of a predicate", "man near car", "man beside car"]],
  ["( cup , have , rim )", "( rim , on , cup )", ["direction of a relation", "cup have rim", "rim on cup"]],
  [
    "( dog , on , box ) , ( box , in , room )",
    "( dog , on , box ) , ( dog , in , room )",
    ["attachment of a phrase", "box in room", "dog in room"],
  ],
  [
    "( dog ) , ( box , is , red )",
    "( dog , is , red ) , ( box )",
    ["attribute of another object", "box is red", "dog is red"],
  ],
  ["( dog , is , parked )", "( dog )", ["participle as attribute", "dog is parked"]],
  ["( dog )", "( dog , is , 2 )", ["quantity", "dog is 2"]],
  ["( dog )", "( dog , is , red )", ["attribute missing", "dog is red"]],
  ["( dog )", "( dog ) , ( cat , on , dog )", ["object missing", "cat"]],
])("explains %s against %s", (candidate, reference, expected) => {
  expect(between(candidate, reference)).toEqual([expected]);
});

it("finds nothing where two graphs match", () => {
  expect(between("( dog , on , box ) , ( dog , is , red )", "( dogs , is , red ) , ( dogs , on , boxes )")).toEqual([]);
});
