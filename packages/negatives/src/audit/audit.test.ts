import { existsSync, readFileSync } from "node:fs";
import { audit } from "@tesserae/negatives";
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

  it("refuses scorers that do not answer for each text", async () => {
    const pairs = [{ positive: "a dog", negative: "a cat" }];
    const scored = (...scores: number[]) => audit(pairs, { scorers: { grammar: () => scores } });
    await expect(scored(1)).rejects.toThrow('audit: scorer "grammar" gave 1 scores for 2 texts; give one for each');
    await expect(scored(1, Number.NaN)).rejects.toThrow('scorer "grammar" gave NaN for text 1; give finite numbers');
  });

  it("has no numbers for no pairs", async () => {
    expect(await audit([])).toMatchObject({ pairs: 0, sameBagOfWords: Number.NaN, worst: Number.NaN });
  });
});

const swapObject = new URL("../../../../../shared/data/sugarcrepe/swap_obj.json", import.meta.url);

it.skipIf(!existsSync(swapObject))(
  "counts the same words as SugarCrepe: 66.9 % of its swap_obj (skipped where shared/data is absent)",
  async () => {
    const items = Object.values(JSON.parse(readFileSync(swapObject, "utf8")) as Record<string, Record<string, string>>);
    const pairs = items.map(({ caption, negative_caption }) => ({ positive: caption!, negative: negative_caption! }));
    expect((await audit(pairs)).sameBagOfWords).toBeCloseTo(164 / 245, 9);
  },
);

it("tells other words by their letters, digits and apostrophes, in any case", async () => {
  const { sameBagOfWords } = await audit([
    { positive: "A man's dog, red.", negative: "a red dog man's" },
    { positive: "a dog", negative: "the dog" },
  ]);
  expect(sameBagOfWords).toBe(0.5);
});
