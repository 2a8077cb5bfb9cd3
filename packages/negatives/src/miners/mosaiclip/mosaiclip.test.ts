import { buildVocabulary, isNegative, mosaiclip, mosaiclipPairs } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse, verbalise } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const vocabulary = buildVocabulary(
  [
    "a red dog on a small box",
    "a blue cat behind a striped tree",
    "a green boat above a large house",
    "a yellow bird under a tiny table",
    "a man holding a wooden spoon",
  ].map(parse),
);
const caption = "a small red dog is to the left of a large blue cat.";
const graph = parse(caption);
const pairs = (options: Partial<Parameters<typeof mosaiclipPairs>[1]> = {}, seed = 1, of = graph) =>
  mosaiclipPairs(of, { vocabulary, ...options }, seededRng(seed));
const only = (object: number, relation: number, attribute: number) => ({
  probabilities: { object, relation, attribute },
});
const seeds = Array.from({ length: 60 }, (_, i) => i);

describe("mosaiclipPairs", () => {
  it("gives sub-graphs as positives: text as verbalised, spans into the text", () => {
    const texts = new Set(seeds.flatMap((seed) => pairs({}, seed).positives.map((positive) => positive.caption)));
    expect([...texts].sort()).toEqual(["large blue cat", "small red dog", "small red dog left of large blue cat"]);
    for (const positive of pairs().positives) {
      expect(verbalise(positive)).toBe(positive.caption);
      for (const object of positive.objects) {
        expect(positive.caption.slice(object.span.start, object.span.end)).toBe(object.name);
        for (const { name, span } of object.attributes) expect(positive.caption.slice(span.start, span.end)).toBe(name);
      }
      for (const { predicate, span } of positive.relations)
        expect(positive.caption.slice(span.start, span.end)).toBe(predicate);
    }
  });

  it("keeps to the numbers of the curriculum", () => {
    for (const seed of seeds) {
      const stageOne = pairs({ maxPositives: 1, maxNegatives: 1 }, seed);
      expect([stageOne.positives.length, stageOne.negatives.length]).toEqual([1, 1]);
      expect(stageOne.negatives[0]!.source).toBe(stageOne.positives[0]!.caption);
      const stageTwo = pairs({}, seed);
      expect([stageTwo.positives.length, stageTwo.negatives.length]).toEqual([3, 6]);
    }
  });

  it("f_obj: one object with one attribute from the vocabulary", () => {
    for (const seed of seeds) {
      for (const { caption, kind } of pairs(only(1, 0, 0), seed).negatives) {
        expect(kind).toBe("object-replace-attribute");
        expect(caption).toMatch(/^(?:blue|striped|green|large|yellow|tiny|wooden|red|small) (?:dog|cat)$/);
      }
    }
  });

  it("f_rel: ends swapped, an object or the relation replaced, two of these, a random graph joined", () => {
    const byKind = new Map<string, string>();
    for (const seed of seeds)
      for (const { kind, caption } of pairs(only(0, 1, 0), seed).negatives) byKind.set(kind, caption);
    expect([...byKind.keys()].sort()).toEqual([
      "relation-connect",
      "relation-replace-both",
      "relation-replace-object",
      "relation-replace-relation",
      "relation-swap-and-replace",
      "relation-swap-ends",
    ]);
    expect(byKind.get("relation-swap-ends")).toBe("large blue cat left of small red dog");
    expect(byKind.get("relation-connect")).toMatch(
      /^small red dog left of large blue cat (?:on|behind|above|under) \w+ \w+$/,
    );
    expect(byKind.get("relation-replace-relation")).toMatch(/^small red dog (?:on|hold) large blue cat$/);
  });

  it("takes the forms in rounds: six negatives of one relation have six forms, and a weight of 0 leaves one out", () => {
    const forms = (options: Partial<Parameters<typeof mosaiclipPairs>[1]>, seed: number) =>
      pairs({ ...only(0, 1, 0), ...options }, seed).negatives.map(({ kind }) => kind);
    for (const seed of seeds) {
      expect(forms({ maxNegatives: 6 }, seed).sort()).toEqual([
        "relation-connect",
        "relation-replace-both",
        "relation-replace-object",
        "relation-replace-relation",
        "relation-swap-and-replace",
        "relation-swap-ends",
      ]);
      const formWeights = { "relation-connect": 0, "relation-swap-ends": 1e9 };
      const heavy = forms({ maxNegatives: 8, formWeights }, seed);
      expect(heavy[0]).toBe("relation-swap-ends");
      expect(heavy).not.toContain("relation-connect");
      expect(heavy).toHaveLength(8);
    }
  });

  it("names a weight that is none", () => {
    expect(() => pairs({ formWeights: { "relation-connect": -1 } })).toThrow(
      'mosaiclip: the weight of "relation-connect" is -1; give a number from 0 up',
    );
  });

  it("f_attr: attributes swapped between the objects, replaced, or both", () => {
    const texts = new Map<string, Set<string>>();
    for (const seed of seeds) {
      for (const { kind, caption } of pairs(only(0, 0, 1), seed).negatives) {
        texts.set(kind, (texts.get(kind) ?? new Set()).add(caption));
      }
    }
    expect([...texts.keys()].sort()).toEqual([
      "attribute-replace",
      "attribute-replace-both",
      "attribute-swap",
      "attribute-swap-and-replace",
    ]);
    expect([...texts.get("attribute-swap")!].sort()).toEqual([
      "large red dog left of small blue cat",
      "small blue dog left of large red cat",
    ]);
  });

  it("replaces a colour by a colour and a size by its opposite", () => {
    const colours = ["red", "blue", "green", "yellow"];
    for (const seed of seeds) {
      for (const { kind, edits } of pairs(only(0, 0, 1), seed).negatives) {
        if (kind !== "attribute-replace") continue;
        const [edit] = edits;
        const old = "small red dog left of large blue cat".slice(edit!.span.start, edit!.span.end);
        expect(colours.includes(edit!.text)).toBe(colours.includes(old));
      }
    }
  });

  it("never replaces by what the caption says already, nor by a relation that may hold too", () => {
    const narrow = buildVocabulary(["a red dog is left of a red cat", "a dog near a cat"].map(parse));
    const redPair = parse("a red dog is left of a red cat");
    const { negatives } = pairs({ vocabulary: narrow }, 3, redPair);
    expect(negatives.map(({ caption }) => caption)).toEqual(["red cat left of red dog"]);
  });

  it("gives unique texts, no positive among the negatives, and only negatives of the whole caption", () => {
    for (const seed of seeds) {
      const { positives, negatives } = pairs({ maxNegatives: 12 }, seed);
      const texts = [...positives, ...negatives].map(({ caption }) => caption);
      expect(new Set(texts).size).toBe(texts.length);
      for (const negative of negatives) expect(isNegative(negative, graph)).toBe(true);
    }
  });

  it("replaces single objects where the caption has no relation and no attribute", () => {
    const { positives, negatives } = pairs({}, 1, parse("a dog"));
    expect(positives.map(({ caption }) => caption)).toEqual(["dog"]);
    expect(negatives).toHaveLength(6);
    for (const { kind, caption } of negatives)
      expect([kind, caption]).toEqual(["object-replace-object", expect.not.stringContaining("dog")]);
  });

  it("gives nothing for a caption without objects, and does not hang without a vocabulary", () => {
    expect(pairs({}, 1, parse("It is raining."))).toEqual({ positives: [], negatives: [] });
    const empty = { objects: [], attributes: [], relations: [] };
    const { negatives } = pairs({ vocabulary: empty }, 1, parse("a dog on a box"));
    expect(negatives.map(({ caption }) => caption)).toEqual(["box on dog"]);
  });

  it("draws the kinds by their probabilities", () => {
    const first = seeds.map(
      (seed) => pairs({ ...only(0.5, 0.5, 0), maxPositives: 1, maxNegatives: 1 }, seed).negatives[0]!.kind,
    );
    const share = first.filter((kind) => kind.startsWith("object")).length / first.length;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
  });
});

describe("mosaiclip", () => {
  it("mines the negatives of the pairs", async () => {
    const mined = await mosaiclip({ vocabulary, maxNegatives: 4 }).mine([graph], { rng: seededRng(5) });
    expect(mined).toEqual([pairs({ maxNegatives: 4 }, 5).negatives]);
  });
});
