import { normaliseCaption } from "@tesserae/negatives";
import { expect, it } from "vitest";

it("normaliseCaption drops case, punctuation, articles and extra spaces", () => {
  expect(normaliseCaption("  The dog, an OWL & a 2nd cat!")).toBe("dog owl 2nd cat");
  expect(normaliseCaption("Ein Ärger; naïve")).toBe("ein ärger naïve");
  expect(normaliseCaption("")).toBe("");
});
