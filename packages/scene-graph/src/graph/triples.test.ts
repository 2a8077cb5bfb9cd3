import { parse, triples } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

it("gives relations first, then attributes as (object, is, attribute)", () => {
  expect(triples(parse("a small red dog sits on a mat behind a white fence"))).toEqual([
    ["dog", "sit on", "mat"],
    ["dog", "behind", "fence"],
    ["dog", "is", "small"],
    ["dog", "is", "red"],
    ["fence", "is", "white"],
  ]);
  expect(triples(parse("it rains"))).toEqual([]);
});
