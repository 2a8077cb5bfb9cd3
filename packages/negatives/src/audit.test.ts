import { audit } from "@tesserae/negatives";
import { describe, expect, it } from "vitest";

const positives = Array.from(
  { length: 40 },
  (_, i) =>
    `a ${["red", "blue", "green", "old"][i % 4]} ${["dog", "cat", "bird", "fish", "cow"][i % 5]} sits on the ${i % 2 ? "table" : "chair"} number ${i}`,
);

describe("audit", () => {
  it("finds word salad easy for a bigram model and unsolvable for a bag of words", () => {
    const shuffled = positives.map((positive) => ({ positive, negative: positive.split(" ").reverse().join(" ") }));
    const { pairs, sameBagOfWords, meanLengthDifference, blindAccuracy } = audit(shuffled);
    expect([pairs, sameBagOfWords, meanLengthDifference]).toEqual([40, 1, 0]);
    expect(blindAccuracy.shorter).toBe(0.5);
    expect(blindAccuracy.unigram).toBe(0.5);
    expect(blindAccuracy.bigram).toBe(1);
  });

  it("finds rare words and extra length", () => {
    const longer = positives.map((positive) => ({ positive, negative: `${positive} beside an aardvark` }));
    const { sameBagOfWords, meanLengthDifference, blindAccuracy } = audit(longer);
    expect([sameBagOfWords, meanLengthDifference]).toEqual([0, 3]);
    expect(blindAccuracy).toEqual({ shorter: 1, unigram: 1, bigram: 1 });
  });

  it("gives chance where negatives are as likely as positives", () => {
    const mirrored = positives.map((positive, i) => ({ positive, negative: positives[(i + 20) % 40]! }));
    const { shorter, unigram } = audit(mirrored).blindAccuracy;
    expect(shorter).toBe(0.5);
    expect(Math.abs(unigram - 0.5)).toBeLessThan(0.1);
  });

  it("has no numbers for no pairs", () => {
    expect(audit([])).toEqual({
      pairs: 0,
      sameBagOfWords: Number.NaN,
      meanLengthDifference: Number.NaN,
      blindAccuracy: { shorter: Number.NaN, unigram: Number.NaN, bigram: Number.NaN },
    });
  });
});
