import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildVocabulary } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";
import { inspect } from "./inspect.js";

it("prints captions and counts every miner's negatives, also of a miner that fails at some", async () => {
  const graphs = ["a red dog on a box", "two birds"].map((caption) => parse(caption));
  const miner = join(await mkdtemp(join(tmpdir(), "tesserae-inspect-")), "moody.mjs");
  await writeFile(
    miner,
    `export default { name: "moody", version: "3", mine: (batch) => batch.map((graph) => {
       if (graph.caption.includes("birds")) throw new Error("no birds");
       const edits = [{ span: { start: 6, end: 9 }, text: "cat" }];
       const objects = [{ ...graph.objects[0], name: "cat" }, graph.objects[1]];
       const caption = "a red cat on a box";
       return [{ caption, kind: "swap", edits, graph: { ...graph, caption, objects } }];
     }) };`,
  );
  const printed: string[] = [];
  const found = await inspect({ inspect: 2, miner, seed: 1 }, graphs, buildVocabulary(graphs), (text) =>
    printed.push(text),
  );
  expect(found.map(({ miner: name }) => name)).toEqual(["mosaiclip", "negclip", "structure-clip", "moody"]);
  expect(found.at(-1)).toEqual({ miner: "moody", version: "3", captions: 2, covered: 1, negatives: 1 });
  const [dog, birds] = printed.sort((a, b) => b.length - a.length);
  expect(dog).toContain("caption    a red dog on a box");
  expect(dog).toContain("sub-graph  red dog on box");
  expect(dog).toContain("negative   a box on a red dog   [structure-clip: swap-relation-ends]");
  expect(dog).toContain("negative   a red cat on a box   [moody: swap]");
  expect(birds).toContain(
    'negative   (moody: none found; caption 0 "two birds": miner "moody" threw "no birds"; no negatives)',
  );
});
