import { mineWithReport, structureClip } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

it("counts captions, negatives by kind and rejects by reason", async () => {
  const batch = ["a red dog on a blue box", "a dog on a box", "a dog on a dog", ""].map(parse);
  const { negatives, report } = await mineWithReport(structureClip(), batch, { rng: seededRng(1) });
  expect(negatives.map((list) => list.length)).toEqual([1, 1, 0, 0]);
  expect(report).toEqual({
    miner: "structure-clip",
    version: "1",
    captions: 4,
    covered: 2,
    negatives: 2,
    kinds: { "swap-attributes": 1, "swap-relation-ends": 1 },
    rejects: { "same text": 1 },
  });
});
