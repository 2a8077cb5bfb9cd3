import { applyEdits, swapEdits } from "@tesserae/negatives";
import { describe, expect, it } from "vitest";
import { replaceSpans } from "./apply-edits.js";

const spanOf = (caption: string, word: string) => {
  const start = caption.indexOf(word);
  return { start, end: start + word.length };
};
const edit = (caption: string, word: string, text: string) => ({ span: spanOf(caption, word), text });

describe("applyEdits", () => {
  it("replaces several spans at once, in any order", () => {
    const caption = "a dog and a cat";
    const { caption: edited } = applyEdits(caption, [edit(caption, "cat", "cow"), edit(caption, "dog", "horse")]);
    expect(edited).toBe("a horse and a cow");
  });

  it.each([
    ["a dog", "dog", "owl", "an owl"],
    ["An owl sleeps", "owl", "dog", "A dog sleeps"],
    ["an hour", "hour", "day", "a day"],
    ["a day", "day", "hour", "an hour"],
    ["a dog", "dog", "unicorn", "a unicorn"],
    ["a dog", "dog", "umbrella", "an umbrella"],
    ["A  dog", "dog", "owl", "An  owl"],
    ["banana dog", "dog", "owl", "banana owl"],
  ])("makes the article agree: %s, %s -> %s", (caption, word, text, expected) => {
    expect(applyEdits(caption, [edit(caption, word, text)]).caption).toBe(expected);
  });

  it("names the article among the edits, so that a plain replacement gives the text", () => {
    const caption = "there is a dog here";
    const edited = applyEdits(caption, [edit(caption, "dog", "owl")]);
    expect(edited.edits).toEqual([
      { span: { start: 9, end: 10 }, text: "an" },
      { span: { start: 11, end: 14 }, text: "owl" },
    ]);
    expect(replaceSpans(caption, edited.edits)).toBe("there is an owl here");
  });

  it("leaves articles alone when told to", () => {
    const caption = "a dog";
    expect(applyEdits(caption, [edit(caption, "dog", "owl")], { articles: false }).caption).toBe("a owl");
  });

  it("keeps the capital where a sentence starts and takes it from a text that leaves", () => {
    const caption = "The dog sees a cat. A man waits.";
    const swap = swapEdits(caption, spanOf(caption, "The dog"), spanOf(caption, "A man"));
    expect(applyEdits(caption, swap).caption).toBe("A man sees a cat. The dog waits.");
    const inner = swapEdits(caption, spanOf(caption, "The dog"), spanOf(caption, "a cat"));
    expect(applyEdits(caption, inner).caption).toBe("A cat sees the dog. A man waits.");
  });

  it("does not lower the case of an abbreviation", () => {
    const caption = "TV on a table";
    const swap = swapEdits(caption, spanOf(caption, "TV"), spanOf(caption, "table"));
    expect(applyEdits(caption, swap).caption).toBe("Table on a TV");
  });

  it("inserts at an empty span", () => {
    expect(applyEdits("a dog", [{ span: { start: 5, end: 5 }, text: " on a box" }]).caption).toBe("a dog on a box");
  });

  it("refuses to cut through a word, to overlap and to leave the caption", () => {
    expect(() => applyEdits("a covered bridge", [{ span: { start: 6, end: 9 }, text: "blue" }])).toThrow(
      'cannot edit "a covered bridge" at 6-9: not at a word boundary',
    );
    expect(() => applyEdits("a dog", [edit("a dog", "dog", "cat"), edit("a dog", "dog", "cow")])).toThrow(
      "overlapping edits",
    );
    expect(() => applyEdits("a dog", [{ span: { start: 2, end: 9 }, text: "cat" }])).toThrow(RangeError);
  });
});
