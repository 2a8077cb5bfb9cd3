import { existsSync, readFileSync } from "node:fs";
import { readSugarcrepe, sugarcrepeInfo } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";

const folder = new URL("../../../../shared/data/sugarcrepe/", import.meta.url);

describe("readSugarcrepe", () => {
  it("reads entries whose indices are not contiguous", () => {
    const json = JSON.stringify({
      "0": { filename: "a.jpg", caption: "a cat on a dog", negative_caption: "a dog on a cat" },
      "109": { filename: "b.jpg", caption: "two", negative_caption: "one" },
    });
    expect(readSugarcrepe(json, "swap_obj.json")).toEqual([
      { image: "a.jpg", captions: ["a cat on a dog", "a dog on a cat"], correct: 0 },
      { image: "b.jpg", captions: ["two", "one"], correct: 0 },
    ]);
  });

  it("names the file and the entry that is wrong", () => {
    expect(() => readSugarcrepe("{", "x.json")).toThrow(/^x\.json: not JSON/);
    expect(() => readSugarcrepe("[]", "x.json")).toThrow(/^x\.json: expected an object of entries/);
    expect(() => readSugarcrepe('{"7": {"filename": "a.jpg"}}', "x.json")).toThrow(
      /^x\.json: entry "7": expected texts/,
    );
  });

  it.skipIf(!existsSync(folder))("reads the seven real files, 7,511 items in all", () => {
    const counts = {
      add_att: 692,
      add_obj: 2062,
      replace_att: 788,
      replace_obj: 1652,
      replace_rel: 1406,
      swap_att: 666,
      swap_obj: 245,
    };
    for (const [subset, count] of Object.entries(counts)) {
      const path = new URL(`${subset}.json`, folder);
      expect(readSugarcrepe(readFileSync(path, "utf8"), subset)).toHaveLength(count);
    }
  });

  it("counts ties as wrong, as the reference does", () => {
    expect(sugarcrepeInfo("swap_att", "r")).toMatchObject({
      name: "sugarcrepe/swap_att",
      tieRule: "positive-must-win",
      chance: 0.5,
    });
  });
});
