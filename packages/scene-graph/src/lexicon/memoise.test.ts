import { describe, expect, it } from "vitest";
import { memoise } from "./memoise.js";

describe("memoise", () => {
  it("asks once for a word, and again once too many are kept", () => {
    const asked: string[] = [];
    const length = memoise((word) => {
      asked.push(word);
      return word.length;
    }, 2);
    expect([length("dog"), length("dog"), length("kettle")]).toEqual([3, 3, 6]);
    expect(asked).toEqual(["dog", "kettle"]);
    length("a third word");
    expect(length("dog")).toBe(3);
    expect(asked).toEqual(["dog", "kettle", "a third word", "dog"]);
  });
});
