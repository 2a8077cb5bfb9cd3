import { attributeType } from "@tesserae/negatives";
import { expect, it } from "vitest";

it.each([
  ["red", "colour"],
  ["tiny", "size"],
  ["striped", "pattern"],
  ["wooden", "material"],
  ["round", "shape"],
  ["elderly", "age"],
  ["happy", "state"],
  ["four", "count"],
  ["curious", undefined],
  ["toString", undefined],
])('"%s" is of type %s', (name, type) => {
  expect(attributeType(name)).toBe(type);
});
