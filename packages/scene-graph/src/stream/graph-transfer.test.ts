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
  // As text, so that the order of the fields counts too: files of graphs are the same bytes for any number of workers.
  expect(JSON.stringify(decodeGraphs(encodeGraphs(graphs), captions))).toBe(JSON.stringify(graphs));
});
