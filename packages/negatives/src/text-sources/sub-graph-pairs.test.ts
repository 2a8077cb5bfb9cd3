import { buildVocabulary, caption, combineTexts, minedNegatives, negclip, subGraphPairs } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const graphs = [
  "A red dog sits on an old box behind a tall tree.",
  "Two cats are near a small green car on a long road.",
  "a bird",
].map((text) => parse(text));
const vocabulary = buildVocabulary(graphs);

describe("subGraphPairs", () => {
  it("gives the caption first, then at most three sub-graphs; and at most six negatives with one swap besides", async () => {
    const source = subGraphPairs({ with: [caption(), negclip()] });
    expect(source.max).toEqual({ positives: 4, negatives: 7 });
    for (let seed = 0; seed < 20; seed++) {
      const texts = await source.texts(graphs, { rng: seededRng(seed), vocabulary });
      texts.forEach(({ positives, negatives }, i) => {
        expect(positives[0]).toBe(graphs[i]);
        expect(positives.length).toBeLessThanOrEqual(4);
        expect(negatives.length).toBeLessThanOrEqual(7);
        expect(negatives.filter(({ kind }) => kind.startsWith("swap-")).length).toBeLessThanOrEqual(1);
      });
    }
    const [first] = await source.texts(graphs, { rng: seededRng(1), vocabulary });
    expect(first!.positives).toHaveLength(4);
    expect(first!.negatives).toHaveLength(7);
    expect(first!.negatives[0]!.kind).toMatch(/^swap-/);
  });

  it("heeds the limits of a curriculum's stage, which leave the caption alone", async () => {
    const source = subGraphPairs({ vocabulary });
    const [first] = await source.texts(graphs, { rng: seededRng(1), max: { positives: 1, negatives: 1 } });
    expect(first!.positives).toHaveLength(2);
    expect(first!.negatives).toHaveLength(1);
  });

  it("says what it was made with, as JSON", () => {
    const source = subGraphPairs({ vocabulary, with: [caption(), negclip()], objectPairs: 0.08 });
    expect(JSON.parse(JSON.stringify(source.options))).toMatchObject({
      objectPairs: 0.08,
      positivesOf: "graph",
      max: { positives: 3, negatives: 6 },
      vocabulary: { objects: vocabulary.objects.length, checksum: expect.stringMatching(/^[0-9a-f]{8}$/) },
      with: [{ name: "caption" }, { name: "negclip", options: { max: 1 } }],
    });
  });

  it("says what is missing where the vocabulary is the corpus's and none is given", async () => {
    await expect(async () => subGraphPairs().texts(graphs, { rng: seededRng(1) })).rejects.toThrow(
      'subGraphPairs: vocabulary is "corpus", and the context has no vocabulary',
    );
  });

  it("refuses limits and shares that cannot be", () => {
    expect(() => subGraphPairs({ max: { positives: -1, negatives: 6 } })).toThrow("max.positives is -1");
    expect(() => subGraphPairs({ objectPairs: 2 })).toThrow("objectPairs is 2");
  });
});

describe("minedNegatives", () => {
  it("gives up to max negatives of a miner, and what a failing miner found before", async () => {
    const source = combineTexts(caption(), minedNegatives(negclip(), { max: 2 }));
    expect(source.max).toEqual({ positives: 1, negatives: 2 });
    const [first, , third] = await source.texts(graphs, { rng: seededRng(1) });
    expect(first!.positives.map((graph) => graph.caption)).toEqual([graphs[0]!.caption]);
    expect(first!.negatives).toHaveLength(2);
    expect(third!.negatives).toEqual([]);
  });

  it("asks a failing service again, and costs the negatives of what still fails only", async () => {
    let calls = 0;
    const inner = negclip();
    const reports: string[] = [];
    const flaky = {
      name: "flaky",
      version: "1",
      async mine(batch: Parameters<typeof inner.mine>[0], context: Parameters<typeof inner.mine>[1]) {
        calls++;
        if (calls === 1) context.rng();
        if (calls === 1) throw new Error("500 Internal Server Error");
        return inner.mine(batch, context);
      },
    };
    const context = { rng: seededRng(3), report: ({ covered }: { covered: number }) => reports.push(`${covered}`) };
    const made = await minedNegatives(flaky).texts(graphs, context);
    const expected = await minedNegatives(inner).texts(graphs, { rng: seededRng(3) });
    expect(calls).toBe(2);
    expect(made).toEqual(expected);
    expect(reports).toEqual(["2"]);
  });
});
