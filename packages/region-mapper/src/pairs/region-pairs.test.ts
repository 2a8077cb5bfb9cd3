import { type Box, formatRegionPairs, parseRegionPairs, regionPairs, regionText } from "@tesserae/region-mapper";
import { describe, expect, it } from "vitest";

const boxes: Box[] = [
  [0, 0, 28, 28],
  [28, 0, 28, 28],
  [56, 0, 28, 28],
];
const sentences = ["the color is red", "there is a red image", "the number is a one", "the shape is stone"];
const image = { image: "7.png", width: 84, height: 84, boxes, sentences };

describe("regionPairs", () => {
  it("writes a drawn sentence for each attribute, drops bare regions and adds the whole image", () => {
    const assigned = [["red", "one"], [], ["red"]];
    const draws = [0, 0, 0.9];
    const { pairs, unnamed } = regionPairs({ ...image, assigned }, { rng: () => draws.shift()! });
    expect(unnamed).toEqual([]);
    expect(pairs).toEqual({
      image: "7.png",
      width: 84,
      height: 84,
      regions: [
        { box: [0, 0, 28, 28], attributes: ["red", "one"], sentences: ["the color is red", "the number is a one"] },
        { box: [56, 0, 28, 28], attributes: ["red"], sentences: ["there is a red image"] },
        { box: [0, 0, 83, 83], attributes: [], sentences, whole: true },
      ],
    });
    expect(regionText(pairs.regions[0]!)).toBe("the color is red . the number is a one");
  });

  it("finds whole words only, and tells which attributes no sentence names", () => {
    const assigned = [["ton"], ["one", "blue"], []];
    const { pairs, unnamed } = regionPairs({ ...image, assigned }, { rng: () => 0, wholeImage: false });
    expect(unnamed).toEqual(["ton", "blue"]);
    expect(pairs.regions.map((region) => region.sentences)).toEqual([["the number is a one"]]);
  });

  it("refuses lists that do not fit", () => {
    expect(() => regionPairs({ ...image, assigned: [[]] }, { rng: () => 0 })).toThrow(
      'image "7.png": 3 boxes and attributes of 1',
    );
    expect(() => regionPairs({ ...image, assigned: [[], [], []], sentences: [] }, { rng: () => 0 })).toThrow(
      'image "7.png" has no sentences',
    );
  });
});

describe("lines of pairs", () => {
  const { pairs } = regionPairs({ ...image, assigned: [["red"], [], []] }, { rng: () => 0 });

  it("come back as they were", () => {
    const line = formatRegionPairs(pairs);
    expect(line).not.toContain("\n");
    expect(parseRegionPairs(line, "pairs.jsonl:1")).toEqual(pairs);
  });

  it.each([
    ["{", "is no JSON"],
    ["[]", "is no object"],
    ['{"width":1}', "image is undefined"],
    ['{"image":"a","width":0,"height":1}', "width is 0"],
    ['{"image":"a","width":1,"height":1}', "regions is undefined"],
    ['{"image":"a","width":1,"height":1,"regions":[{"box":[0,0,-1,1]}]}', "regions[0].box is [0,0,-1,1]"],
    [
      '{"image":"a","width":1,"height":1,"regions":[{"box":[0,0,1,1],"attributes":[],"sentences":[]}]}',
      "regions[0].sentences is []",
    ],
  ])("%s: %s", (line, fault) => {
    expect(() => parseRegionPairs(line, "pairs.jsonl:3")).toThrow(`pairs.jsonl:3: ${fault}; expected { image`);
  });
});
