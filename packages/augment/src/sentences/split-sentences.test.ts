import { splitSentences } from "@tesserae/augment";
import { describe, expect, it } from "vitest";

describe("sentences", () => {
  it.each<[string, string[]]>([
    ["1. A dog. 2. A cat.", ["1. A dog.", "2. A cat."]],
    ["a) A dog. b) A cat.", ["a) A dog.", "b) A cat."]],
    ["I. The first. II. The second.", ["I. The first.", "II. The second."]],
    ["Mt. Hood is tall. It has snow.", ["Mt. Hood is tall.", "It has snow."]],
    ["The man is 6 ft. tall. He smiles.", ["The man is 6 ft. tall.", "He smiles."]],
    ["A box approx. 3 m. wide stands here. It is brown.", ["A box approx. 3 m. wide stands here.", "It is brown."]],
    ["The bowl (approx. 2 in.) is blue. It shines.", ["The bowl (approx. 2 in.) is blue.", "It shines."]],
    [
      "A sign at 5 p.m. on Main St. near a bus. It is dark.",
      ["A sign at 5 p.m. on Main St. near a bus.", "It is dark."],
    ],
    ["He lives in the U.S. and works. A dog barks.", ["He lives in the U.S. and works.", "A dog barks."]],
    ["J. K. Rowling signs a book. Fans wait.", ["J. K. Rowling signs a book.", "Fans wait."]],
    ["Prices: $3.50 each. Two apples.", ["Prices: $3.50 each.", "Two apples."]],
    ["The No. 5 bus is red. A man waits.", ["The No. 5 bus is red.", "A man waits."]],
    ["Smith Jr. holds a cup. He smiles.", ["Smith Jr. holds a cup.", "He smiles."]],
    ["a dog on a mat.A cat sits there. the end is near.", ["a dog on a mat.", "A cat sits there.", "the end is near."]],
    ['"Stop!" the man shouts. A car stops.', ['"Stop!" the man shouts.', "A car stops."]],
    ["3.5 stars. A good place.", ["3.5 stars.", "A good place."]],
  ])("%s", (text, expected) => {
    expect(splitSentences(text)).toEqual(expected);
  });
});
