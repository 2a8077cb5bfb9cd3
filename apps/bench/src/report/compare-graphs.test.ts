import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";
import { compareGraphs, describeEdits } from "./compare-graphs.js";

const edits = (before: string, after: string) => compareGraphs(parse(before), parse(after));

describe("compareGraphs", () => {
  it("lays the graphs of a caption and its negative over each other", () => {
    expect(edits("a red dog left of a blue cat", "a blue dog left of a red cat")).toEqual({
      objects: [
        {
          names: [{ text: "dog", state: "kept" }],
          attributes: [
            { text: "red", state: "gone" },
            { text: "blue", state: "new" },
          ],
        },
        {
          names: [{ text: "cat", state: "kept" }],
          attributes: [
            { text: "blue", state: "gone" },
            { text: "red", state: "new" },
          ],
        },
      ],
      relations: [{ text: "left of", subject: 0, object: 1, state: "kept" }],
    });
  });

  it.each([
    ["a red dog left of a blue cat", "a blue dog left of a red cat", ["dog: red → blue", "cat: blue → red"]],
    ["a dog left of a cat", "a cat left of a dog", ["dog left of cat → cat left of dog"]],
    ["a dog left of a cat", "a dog right of a cat", ["dog left of cat → dog right of cat"]],
    ["a dog left of a cat", "a horse left of a cat", ["dog → horse"]],
    ["a dog left of a cat", "a dog left of a black cat", ["cat: nothing → black"]],
    ["a dog", "a dog and a cat", ["nothing → cat"]],
    ["two dogs on a box", "three dogs on a box", ["dog: two → three"]],
    ["a red dog near a blue dog", "a blue dog near a green dog", ["dog: red → green", "dog near dog → dog near dog"]],
    ["a dog", "a dog", []],
  ])("%s / %s", (before, after, expected) => {
    expect(describeEdits(edits(before, after))).toEqual(expected);
  });
});
