import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";
import { positiveMask } from "./positive-mask.js";

const captions = ["a red dog left of a blue cat", "a blue dog on a box", "A dog."].map((caption) => parse(caption));
const says = (text: string) => ({ text, graph: parse(text) });

it("finds every caption that says a text", () => {
  const texts = ["a dog", "a red dog", "a cat right of a dog", "a blue dog", "a dog left of a box"].map(says);
  expect([...positiveMask(texts, captions)]).toEqual([1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0]);
});

it("takes a text without a graph, or with an empty one, as true only where it is the caption", () => {
  const nothing = { text: "wow", graph: parse("wow") };
  expect([...positiveMask([{ text: "a dog" }, { text: "a box" }, nothing], captions)]).toEqual([
    0, 0, 0, 0, 0, 0, 1, 0, 0,
  ]);
});
