import { isNegative } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const judge = (negative: string, caption: string) =>
  isNegative({ caption: negative, graph: parse(negative) }, parse(caption));

describe("isNegative", () => {
  it.each([
    ["a dog on a box", "A dog, on the box!"],
    ["a red dog", "red dog"],
    ["a dog and a cat", "a cat and a dog"],
    ["a cat is right of a dog", "a dog is left of a cat"],
    ["a house below a boat", "a boat above a house"],
    ["a box under a dog", "a dog sitting on a box"],
    ["a tree near a car", "a car next to a tree"],
    ["a dog on a box", "a dog sitting on a box"],
    ["a dog", "a red dog on a box"],
    ["a person on a horse", "a man on a horse"],
    ["a grey car", "a gray car"],
    ["a ball", "a tennis ball"],
    ["a dog with a man", "a man with a dog"],
    ["a blue dog and a red dog", "a red dog and a blue dog"],
  ])('"%s" is no negative of "%s"', (negative, caption) => {
    expect(judge(negative, caption)).toBe(false);
  });

  it.each([
    ["a cat on a box", "a dog on a box"],
    ["a box on a dog", "a dog on a box"],
    ["a dog under a box", "a dog on a box"],
    ["a cat is left of a dog", "a dog is left of a cat"],
    ["a blue dog and a red cat", "a red dog and a blue cat"],
    ["a blue dog behind a red dog", "a red dog behind a blue dog"],
    ["a man on a horse", "a person on a horse"],
    ["a tennis ball", "a ball"],
    ["windows with a kitchen", "a kitchen with windows"],
    ["three dogs", "two dogs"],
  ])('"%s" is a negative of "%s"', (negative, caption) => {
    expect(judge(negative, caption)).toBe(true);
  });

  it("judges a caption that names one thing many times", () => {
    const dogs = `${"a dog, ".repeat(20)}and a dog`;
    expect(judge(`${dogs} on a box`, `a box and ${dogs}`)).toBe(true);
    expect(judge(`${dogs} under a box`, `${dogs} on a box`)).toBe(true);
    expect(judge(`${dogs} on a box`, `${dogs} on a box behind a tree`)).toBe(false);
    const chain = "a dog on ".repeat(100);
    expect(judge(`${chain}a tree`, `${chain}a box`)).toBe(true);
    expect(judge(`${chain}a box`, `${chain}a dog on a box`)).toBe(false);
  });

  it("finds which of several equal things stands where", () => {
    const caption = "a dog on a box behind a dog on a chair";
    expect(judge("a dog on a chair", caption)).toBe(false);
    expect(judge("a dog on a box on a chair", caption)).toBe(true);
  });
});
