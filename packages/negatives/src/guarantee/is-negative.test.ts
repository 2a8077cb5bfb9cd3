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

  it.each([
    ["There is no dog on the mat", "a dog on a mat"],
    ["There isn't a cat.", "a cat and a dog"],
    ["There are not any people on the beach", "people on a beach"],
    ["no dog on the mat", "a dog on a mat"],
    ["a man without a hat", "a man with a hat"],
    ["a man with no hat", "a man with a hat"],
    ["The car is not red", "a red car"],
    ["A dog isn't sitting on a box", "a dog sitting on a box"],
    ["a man who does not hold a cup", "a man holds a cup"],
    ["a man who is not riding a horse", "a man riding a horse"],
    ["Nowhere is there a dog", "a dog on a box"],
  ])('the denial "%s" is a negative of "%s"', (negative, caption) => {
    expect(judge(negative, caption)).toBe(true);
  });

  it.each([
    ["There is no man on the horse", "a man next to a horse"],
    ["a man without a hat", "a man with a dog"],
    ["The car is not red", "a blue car"],
    ["a dog that is not running", "a dog sleeping"],
    ["no cat", "a dog"],
  ])('the denial "%s" is no negative of "%s"', (negative, caption) => {
    expect(judge(negative, caption)).toBe(false);
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
