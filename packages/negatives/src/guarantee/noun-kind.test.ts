import { expect, it } from "vitest";
import { nounKind, suitsNoun } from "./noun-kind.js";

it.each([
  ["young woman", "being"],
  ["puppy", "being"],
  ["rain jacket", "garment"],
  ["hot dog", "food"],
  ["fire truck", "vehicle"],
  ["city street", "place"],
  ["living room", "place"],
  ["coffee table", "thing"],
])("%s is a %s", (noun, kind) => {
  expect(nounKind(noun)).toBe(kind);
});

it.each([
  ["glass", "street", false],
  ["pink", "man", false],
  ["wooden", "dog", false],
  ["pink", "dog", true],
  ["striped", "cup", true],
  ["brick", "wall", true],
  ["denim", "jacket", true],
  ["brick", "jacket", false],
  ["flooded", "street", true],
  ["flooded", "cup", false],
])("%s %s: %s", (attribute, noun, suits) => {
  expect(suitsNoun(attribute, noun)).toBe(suits);
});
