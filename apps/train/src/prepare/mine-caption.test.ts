import type { Negative, NegativeMiner } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";
import { mineCaption } from "./mine-caption.js";

const graph = parse("a dog on a box");
const negative: Negative = {
  caption: "a cat on a box",
  kind: "swap",
  edits: [{ span: { start: 2, end: 5 }, text: "cat" }],
  graph: parse("a cat on a box"),
};

/** A miner whose first answers fail, and how often it was asked. */
function failing(times: number): { miner: NegativeMiner; draws: number[] } {
  const draws: number[] = [];
  const miner: NegativeMiner = {
    name: "service",
    version: "1",
    async mine(batch, { rng }) {
      draws.push(rng());
      if (draws.length <= times) throw new Error("500 Internal Server Error");
      return batch.map(() => [negative]);
    },
  };
  return { miner, draws };
}

function observer() {
  const told: string[] = [];
  return { told, reject: () => {}, fail: (kind: string, detail: string) => void told.push(`${kind}: ${detail}`) };
}

describe("mineCaption", () => {
  it("asks a miner that fails again, with the same random numbers", async () => {
    const { miner, draws } = failing(2);
    const watch = observer();
    const mined = await mineCaption(miner, graph, 3, watch);
    expect(mined.map(({ caption }) => caption)).toEqual(["a cat on a box"]);
    expect(draws).toHaveLength(3);
    expect(new Set(draws).size).toBe(1);
    expect(watch.told).toEqual([]);
  });

  it("loses the negatives of the caption alone where the miner goes on failing", async () => {
    const { miner, draws } = failing(3);
    const watch = observer();
    expect(await mineCaption(miner, graph, 3, watch)).toEqual([]);
    expect(watch.told).toEqual(["threw an error: 500 Internal Server Error"]);
    expect(await mineCaption(miner, graph, 3, watch)).toHaveLength(1);
    expect(draws).toHaveLength(4);
  });

  it("asks once where a service has been down for twenty captions", async () => {
    const { miner, draws } = failing(Number.POSITIVE_INFINITY);
    for (let i = 0; i < 20; i++) await mineCaption(miner, graph, 3, { ...observer(), retries: 0 });
    await mineCaption(miner, graph, 3, observer());
    expect(draws).toHaveLength(21);
  });

  it("does not ask one that throws at once again", async () => {
    let asked = 0;
    const miner: NegativeMiner = {
      name: "broken",
      version: "1",
      mine() {
        asked++;
        throw new Error("no such word");
      },
    };
    const watch = observer();
    expect(await mineCaption(miner, graph, 3, watch)).toEqual([]);
    expect(watch.told).toEqual(["threw an error: no such word"]);
    expect(asked).toBe(1);
  });
});
