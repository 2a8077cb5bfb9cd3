import { testNegativeMiner } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";
import miner from "./my-miner.js";

testNegativeMiner(() => miner);

it("turns left into right", async () => {
  const [negatives] = await miner.mine([parse("a red dog to the left of a blue cat")], { rng: () => 0 });
  expect(negatives?.map(({ caption }) => caption)).toEqual(["a red dog to the right of a blue cat"]);
});
