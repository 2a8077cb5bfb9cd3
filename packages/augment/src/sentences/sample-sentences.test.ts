import { sampleSentences, splitSentences } from "@tesserae/augment";
import { describe, expect, it } from "vitest";

const caption = "A dog runs. Is it red? It chases a cat! The cat hides.";

describe("splitSentences", () => {
  it.each([
    [caption, ["A dog runs.", "Is it red?", "It chases a cat!", "The cat hides."]],
    ["a dog on a box. the box is red.", ["a dog on a box.", "the box is red."]],
    ["Mr. Smith sees J. Doe. They wave.", ["Mr. Smith sees J. Doe.", "They wave."]],
    ["It costs 3.50 dollars. That is fine", ["It costs 3.50 dollars.", "That is fine"]],
    ["1. A red dog. 2. A blue cat.", ["1. A red dog.", "2. A blue cat."]],
    ["Mt. Fuji is tall. Snow lies on it.", ["Mt. Fuji is tall.", "Snow lies on it."]],
    ["The tower is very. tall. A man looks up.", ["The tower is very. tall.", "A man looks up."]],
    ["The box is 3 ft. tall. It is at St. John's Church.", ["The box is 3 ft. tall.", "It is at St. John's Church."]],
    ["A man at 5 p.m. on a street. He waits.", ["A man at 5 p.m. on a street.", "He waits."]],
    ["tall.", ["tall."]],
    ["Fruits, nuts, etc. lie on a plate.", ["Fruits, nuts, etc. lie on a plate."]],
    ["Wow! A dog runs. Nice.", ["Wow! A dog runs. Nice."]],
    ['He says "go." She goes...', ['He says "go."', "She goes..."]],
    ["", []],
  ])('"%s"', (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences);
  });
});

describe("sampleSentences", () => {
  it("keeps a subset that is never empty, in the order of the caption", () => {
    const all = splitSentences(caption);
    let seed = 0;
    const rng = () => {
      seed = (seed + 0.381966) % 1;
      return seed;
    };
    const sizes = new Set<number>();
    for (let i = 0; i < 100; i++) {
      const kept = splitSentences(sampleSentences(caption, { rng }));
      sizes.add(kept.length);
      expect(kept).toEqual(all.filter((sentence) => kept.includes(sentence)));
    }
    expect([...sizes].sort()).toEqual([1, 2, 3, 4]);
  });

  it("keeps as many as asked, at least one and at most all", () => {
    const count = (count: number) => splitSentences(sampleSentences(caption, { rng: () => 0.5, count })).length;
    expect([0, 1, 3, 9].map(count)).toEqual([1, 1, 3, 4]);
  });

  it("refuses a count that is no number, which would keep nothing", () => {
    expect(() => sampleSentences(caption, { rng: () => 0, count: Number.NaN })).toThrow("count is NaN");
  });

  it("returns a single sentence as it is", () => {
    expect(sampleSentences("  a dog ", { rng: () => 0 })).toBe("  a dog ");
  });
});
