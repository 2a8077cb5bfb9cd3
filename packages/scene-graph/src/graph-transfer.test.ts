import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";
import { decodeGraphs, encodeGraphs } from "./graph-transfer.js";

it("brings graphs over whole", () => {
  const captions = [
    "two small red dogs are sitting on a wooden box next to each other",
    "",
    'a "quoted" man without a hat, 😀 on a café',
  ];
  const graphs = captions.map(parse);
  expect(decodeGraphs(encodeGraphs(graphs), captions)).toEqual(graphs);
});
