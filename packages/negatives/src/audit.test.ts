import { audit, refine } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { describe, expect, it } from "vitest";

const positives = Array.from(
  { length: 40 },
  (_, i) =>
    `a ${["red", "blue", "green", "old"][i % 4]} ${["dog", "cat", "bird", "fish", "cow"][i % 5]} sits on the ${i % 2 ? "table" : "chair"} number ${i}`,
);

describe("audit", () => {
  it("finds word salad easy for a sequence model and unsolvable for a bag of words", async () => {
    const shuffled = positives.map((positive) => ({ positive, negative: positive.split(" ").reverse().join(" ") }));
    const { pairs, sameBagOfWords, meanLengthDifference, blindAccuracy, worst } = await audit(shuffled);
    expect([pairs, sameBagOfWords, meanLengthDifference]).toEqual([40, 1, 0]);
    expect(blindAccuracy).toEqual({ shorter: 0.5, unigram: 0.5, trigram: 1, learned: 1 });
    expect(worst).toBe(1);
  });

  it("finds rare words and extra length", async () => {
    const longer = positives.map((positive) => ({ positive, negative: `${positive} beside an aardvark` }));
    const { sameBagOfWords, meanLengthDifference, blindAccuracy } = await audit(longer);
    expect([sameBagOfWords, meanLengthDifference]).toEqual([0, 3]);
    expect(blindAccuracy).toEqual({ shorter: 1, unigram: 1, trigram: 1, learned: 1 });
  });

  it("gives chance where the negatives are positives of other pairs", async () => {
    const plain = positives.map((positive) => positive.replace(/ number \d+$/, ""));
    const mirrored = plain.map((positive, i) => ({ positive, negative: plain[(i + 7) % 40]! }));
    const { blindAccuracy } = await audit(mirrored, { corpus: plain.map((text) => `${text} here`) });
    expect(blindAccuracy.shorter).toBe(0.5);
    expect(Math.abs(blindAccuracy.unigram! - 0.5)).toBeLessThan(0.1);
  });

  it("does not know the caption that it judges", async () => {
    const corpus = ["a dog runs", "a cat runs", "a cat sleeps"];
    const pairs = [{ positive: "a dog runs", negative: "a cat runs" }];
    expect((await audit(pairs, { corpus })).blindAccuracy).toMatchObject({ unigram: 0, trigram: 0 });
    const told = [{ positive: "a dog runs", negative: "a cat runs", caption: "another" }];
    const more = [...corpus, "a dog runs", "a dog sleeps"];
    expect((await audit(told, { corpus: more })).blindAccuracy).toMatchObject({ unigram: 1, trigram: 1 });
    expect((await audit(pairs, { corpus: more })).blindAccuracy).toMatchObject({ unigram: 0, trigram: 0 });
  });

  it("asks further scorers once for all texts", async () => {
    let calls = 0;
    const grammar = (texts: readonly string[]) => {
      calls++;
      return texts.map((text) => (text.includes("a umbrella") ? 0 : 1));
    };
    const pairs = [
      { positive: "an umbrella", negative: "a umbrella" },
      { positive: "a dog", negative: "a cat" },
    ];
    const { blindAccuracy } = await audit(pairs, { scorers: { grammar } });
    expect([calls, blindAccuracy.grammar]).toEqual([1, 0.75]);
  });

  it("has no numbers for no pairs", async () => {
    expect(await audit([])).toMatchObject({ pairs: 0, sameBagOfWords: Number.NaN, worst: Number.NaN });
  });
});

describe("refine", () => {
  it("keeps as many of each cell as of the opposite one", () => {
    const a = [0.9, 0.91, -0.9, 0.5, 0, 0, 0, -0.2];
    const b = [0.3, 0.3, -0.3, 0.5, 0.4, -0.4, 0, 0.2];
    const kept = refine([a, b], { rng: seededRng(1), cells: 10 });
    expect(kept).toHaveLength(5);
    expect(kept.filter((i) => i < 2)).toHaveLength(1);
    expect(kept.filter((i) => i >= 2)).toEqual([2, 4, 5, 6]);
  });

  it("brings every model to chance", () => {
    const rng = seededRng(2);
    const gaps = [0.3, 0.2, -0.1].map((bias) => Float64Array.from({ length: 5000 }, () => rng() - 0.5 + bias));
    const kept = refine(gaps, { rng, cells: 4 });
    expect(kept.length).toBeGreaterThan(500);
    for (const values of gaps) {
      expect(kept.filter((i) => values[i]! > 0).length).toBe(kept.length / 2);
    }
  });
});
