import {
  createMiner,
  mineWithReport,
  type Negative,
  type NegativeMiner,
  negclip,
  structureClip,
} from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const rng = seededRng(1);

it("counts captions, negatives by kind and rejects by reason", async () => {
  const batch = ["a red dog on a blue box", "a dog on a box", "a dog on a dog", ""].map(parse);
  const { negatives, report } = await mineWithReport(structureClip(), batch, { rng });
  expect(negatives.map((list) => list.length)).toEqual([1, 1, 0, 0]);
  expect(report).toEqual({
    miner: "structure-clip",
    version: "4",
    captions: 4,
    covered: 2,
    negatives: 2,
    kinds: { "swap-attributes": 1, "swap-relation-ends": 1 },
    rejects: { "same text": 1 },
    problems: {},
    examples: [],
  });
});

describe("bad input", () => {
  const good = parse("a dog on a box");
  const miner = (mine: NegativeMiner["mine"]): NegativeMiner => ({ name: "bad", version: "2", mine });
  const swapped: Negative = {
    caption: "a box on a dog",
    kind: "swap",
    edits: [
      { span: { start: 2, end: 5 }, text: "box" },
      { span: { start: 11, end: 14 }, text: "dog" },
    ],
    graph: parse("a box on a dog"),
  };

  it("does not mine a caption of 100,000 characters, nor one with control characters", async () => {
    const long = `a dog ${"on a box ".repeat(11_111)}`;
    const batch = [good, { ...good, caption: long }, { ...good, caption: "a dog\u0000 on a box" }];
    const { negatives, report } = await mineWithReport(negclip(), batch, { rng });
    expect(negatives.map((list) => list.map(({ caption }) => caption))).toEqual([["a box on a dog"], [], []]);
    expect(report.problems).toEqual({ "caption too long": 1, "control characters": 1 });
    expect(report.examples).toEqual([
      'caption 1 "a dog on a box on a box on a box on a box on a box on a box…": caption too long; not mined',
      'caption 2 "a dog\\u0000 on a box": control characters; not mined',
    ]);
  });

  it("loses only the captions that a miner throws on", async () => {
    const throws = createMiner({
      name: "throws",
      version: "2",
      mineOne(graph) {
        if (graph.caption.includes("cat")) throw new TypeError("no cats");
        return [swapped];
      },
    });
    const { negatives, report } = await mineWithReport(throws, [good, parse("a cat on a box"), good], { rng });
    expect(negatives.map((list) => list.length)).toEqual([1, 0, 1]);
    expect(report.problems).toEqual({ "miner threw": 1 });
    expect(report.examples).toEqual(['caption 1 "a cat on a box": miner "throws" threw "no cats"; no negatives']);
  });

  it("drops what is no negative, or is not what the edits give", async () => {
    const same = { ...swapped, caption: "A dog on a box.", graph: parse("A dog on a box.") };
    const untrue = { ...swapped, edits: [] };
    const { negatives, report } = await mineWithReport(
      miner(() => [[same, untrue, swapped]]),
      [good],
      { rng },
    );
    expect(negatives).toEqual([[swapped]]);
    expect(report.problems).toEqual({ "not a negative": 2 });
    expect(report.examples).toEqual([
      'caption 0 "a dog on a box": miner "bad" returned "A dog on a box.", which is the caption or follows from it; dropped',
      'caption 0 "a dog on a box": miner "bad" returned "a box on a dog", which its edits do not give; dropped',
    ]);
  });

  it("gives up on a miner that never returns, and tells it", async () => {
    let told = false;
    const waits = miner((_, { signal }) => {
      signal!.addEventListener("abort", () => {
        told = true;
      });
      return new Promise(() => {});
    });
    const { negatives, report } = await mineWithReport(waits, [good, good], { rng, timeLimit: 20 });
    expect(negatives).toEqual([[], []]);
    expect(report.problems).toEqual({ "time limit": 2 });
    expect(report.examples[0]).toBe(
      'caption 0 "a dog on a box": miner "bad" took longer than 20 ms for 2 captions; no negatives',
    );
    expect(told).toBe(true);
  });

  it("does not use lists that cannot be matched to captions", async () => {
    const { report } = await mineWithReport(
      miner(() => [[swapped]]),
      [good, good],
      { rng },
    );
    expect(report.problems).toEqual({ "wrong number of lists": 2 });
  });

  it("stops with the signal's reason", async () => {
    const signal = AbortSignal.abort(new Error("stopped by the caller"));
    await expect(mineWithReport(negclip(), [good], { rng, signal })).rejects.toThrow("stopped by the caller");
    const waits = miner(() => new Promise(() => {}));
    await expect(mineWithReport(waits, [good], { rng, signal, timeLimit: 1e6 })).rejects.toThrow(
      "stopped by the caller",
    );
  });
});
