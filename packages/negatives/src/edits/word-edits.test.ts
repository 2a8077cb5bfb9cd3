import { expect, it } from "vitest";
import { replaceSpans } from "./apply-edits.js";
import { wordEdits } from "./word-edits.js";

it.each([
  ["a dog on a box", "a cat on a box", "a cat on a box"],
  ["A dog on a box.", "a dog under the red box.", "A dog under the red box."],
  ["a red dog", "a dog", "a dog"],
  ["red dog", "dog", " dog"],
  ["a dog", "a dog and a cat", "a dog and a cat"],
  ["dog", "a dog", "a dog"],
  ["", "a dog", "a dog "],
  ["a dog on a box", "it rains", "it rains"],
])('turns "%s" into "%s"', (from, to, expected) => {
  expect(replaceSpans(from, wordEdits(from, to))).toBe(expected);
});

it("edits only what differs", () => {
  expect(wordEdits("a dog on a small box", "a dog under a small tree")).toEqual([
    { span: { start: 6, end: 8 }, text: "under" },
    { span: { start: 17, end: 20 }, text: "tree" },
  ]);
});
