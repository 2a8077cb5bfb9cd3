import { hardNegativeImages } from "@tesserae/negatives";
import { describe, expect, it } from "vitest";

describe("hardNegativeImages", () => {
  it("gives the most similar other images, whatever the lengths of the embeddings", () => {
    const embeddings = [
      [1, 0],
      [0, 5],
      [3, 1],
      [-1, 0],
      [2, 2],
    ];
    expect(hardNegativeImages(embeddings, { count: 2 })).toEqual([
      [2, 4],
      [4, 2],
      [0, 4],
      [1, 4],
      [2, 0],
    ]);
    expect(hardNegativeImages(embeddings.map((embedding) => Float32Array.from(embedding)))[0]).toEqual([2, 4, 1]);
  });

  it("takes the smaller index first where similarities are equal", () => {
    expect(
      hardNegativeImages(
        [
          [1, 1],
          [1, 1],
          [2, 2],
          [1, 1],
        ],
        { count: 2 },
      ),
    ).toEqual([
      [1, 2],
      [0, 2],
      [0, 1],
      [0, 1],
    ]);
  });

  it("agrees with sorting all similarities", () => {
    let state = 7;
    const random = () => {
      state = (state * 16807) % 2147483647;
      return state / 2147483647 - 0.5;
    };
    const embeddings = Array.from({ length: 40 }, () => Array.from({ length: 5 }, random));
    const cosine = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, value, i) => sum + value * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
    const sorted = embeddings.map((one, i) =>
      embeddings
        .map((other, index) => ({ index, similarity: cosine(one, other) }))
        .filter(({ index }) => index !== i)
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, 3)
        .map(({ index }) => index),
    );
    expect(hardNegativeImages(embeddings)).toEqual(sorted);
  });

  it("gives what there is, and says what is wrong", () => {
    expect(hardNegativeImages([])).toEqual([]);
    expect(hardNegativeImages([[1, 2]])).toEqual([[]]);
    expect(() => hardNegativeImages([[1, 2], [1]])).toThrow("embedding 1 has 1 numbers; expected 2");
    expect(() => hardNegativeImages([[0, 0]])).toThrow("embedding 0 is zero");
    expect(() => hardNegativeImages([[1, Number.NaN]])).toThrow("not finite");
    expect(() => hardNegativeImages([[1]], { count: 0 })).toThrow("count is 0");
  });
});
