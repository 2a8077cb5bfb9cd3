import { expect, it } from "vitest";
import { movedText } from "./moved-text.js";

it.each([
  ["An Asian child eating a hot dog", "An Asian child", "an Asian child"],
  ["Two Canadian geese in a field", "Two Canadian geese", "two Canadian geese"],
  ["The Thames flows by a tower", "The Thames", "the Thames"],
  ["A dog sleeps.", "A dog", "a dog"],
  ["New York has a bridge", "New York", "New York"],
  ["James's hat lies on a box", "James's hat", "James's hat"],
  ["Mary holds a lamp", "Mary", "Mary"],
  ["TV on a stand", "TV", "TV"],
  ["a man with An Asian child", "An Asian child", "An Asian child"],
])("of %j moves %j as %j", (caption, part, moved) => {
  const start = caption.indexOf(part);
  expect(movedText(caption, { start, end: start + part.length })).toBe(moved);
});
