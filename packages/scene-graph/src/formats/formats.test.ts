import {
  fromFactual,
  fromGraphology,
  fromSngParser,
  fromVisualGenome,
  parse,
  setMatch,
  softSpice,
  spice,
  toFactual,
  toGraphology,
  toSngParser,
  toVisualGenome,
  tuples,
  verbalise,
} from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const graph = parse("two small red dogs are sitting on a wooden box");

describe("FACTUAL", () => {
  it("writes facts in its conventions", () => {
    expect(toFactual(graph)).toBe(
      "( dogs , sit on , box ) , ( dogs , is , 2 ) , ( dogs , is , small ) , ( dogs , is , red ) , ( box , is , wooden )",
    );
    expect(toFactual(parse("a girl in a shirt. a tree"))).toBe("( girl , wear , shirt ) , ( tree )");
    expect(toFactual(parse("the man's hat"))).toBe("( man , have , hat )");
    expect(toFactual(parse("the top of a cat lying on a bed"))).toContain("( cat , have , top )");
  });
  it.each([
    ["two guys next to each other", "( people , next to , people )"],
    ["snowy hill behind a tiled roof", "( hill , behind , roof ) , ( snow , on , hill ) , ( tile , on , roof )"],
    ["a man dressed in black", "( man , wear , clothes ) , ( clothes , is , black )"],
    ["trees in the distance", "( trees , is , in the distance )"],
    ["an owl on a tree branch", "( owl , on , branch ) , ( tree , have , branch )"],
    ["a dog in front of a train station", "( dog , in front of , station ) , ( station , for , train )"],
    ["a bowl of rice and a cup of tea", "( bowl , have , rice ) , ( tea , in , cup )"],
    ["black framed glasses", "( glasses , have , frame ) , ( frame , is , black )"],
    ["a door on the left side of a wall", "( door , at the left of , wall )"],
    ["she holds onto a surf board", "( woman , hold , surfboard )"],
  ])("words %s as its annotators do", (caption, expected) => {
    expect(toFactual(parse(caption))).toBe(expected);
  });
  it("comes back the same", () => {
    const text = "( dog , sit on , box ) , ( dog , is , 2 ) , ( dog , is , red ) , ( tree )";
    expect(toFactual(fromFactual(text))).toBe(text);
  });
  it("says what it cannot read", () => {
    expect(() => fromFactual("( a , b )")).toThrow(/\( a , b \)/);
    expect(fromFactual("").objects).toEqual([]);
  });
});

it("goes through graphology without loss", () => {
  const graphology = toGraphology(graph);
  expect([graphology.order, graphology.size]).toEqual([2, 1]);
  expect(fromGraphology(graphology)).toEqual(graph);
});

it("goes through Visual Genome's form", () => {
  expect(toVisualGenome(graph, { imageId: 7 })).toEqual({
    image_id: 7,
    objects: [
      { object_id: 1, names: ["dog"], attributes: ["two", "small", "red"] },
      { object_id: 2, names: ["box"], attributes: ["wooden"] },
    ],
    relationships: [{ relationship_id: 1, predicate: "sit on", subject_id: 1, object_id: 2 }],
  });
  expect(tuples(fromVisualGenome(toVisualGenome(graph)))).toEqual(tuples(graph));
  const broken = fromVisualGenome({
    objects: [],
    relationships: [{ relationship_id: 3, predicate: "ON", subject_id: 1, object_id: 2 }],
  });
  expect(broken.diagnostics.map((one) => one.code)).toEqual(["unknown-object"]);
});

it("goes through sng_parser's form", () => {
  const sng = toSngParser(graph);
  expect(sng.entities[0]).toEqual({
    span: "two small red dogs",
    lemma_span: "two small red dog",
    head: "dogs",
    lemma_head: "dog",
    span_bounds: [0, 4],
    modifiers: [
      { dep: "nummod", span: "two", lemma_span: "two" },
      { dep: "amod", span: "small", lemma_span: "small" },
      { dep: "amod", span: "red", lemma_span: "red" },
    ],
    type: "unknown",
  });
  expect(sng.relations).toEqual([{ subject: 0, object: 1, relation: "sitting on", lemma_relation: "sit on" }]);
  expect(fromSngParser(sng, graph.caption)).toEqual(graph);
});

describe("verbalise", () => {
  it("puts attributes before the noun", () => {
    expect(verbalise(graph)).toBe("two small red dog sit on wooden box");
    expect(verbalise(parse("a red apple"), { article: "indefinite" })).toBe("a red apple");
    expect(verbalise(parse("an apple"), { article: "indefinite" })).toBe("an apple");
  });
});

describe("measures", () => {
  const a = fromFactual("( dog , on , box ) , ( box , is , red )");
  const b = fromFactual("( dogs , on , box ) , ( box , is , blue )");
  it("scores tuples, in the singular", () => {
    // Three of four tuples: dog, box, (dog, on, box).
    expect(spice(a, b)).toEqual({ precision: 0.75, recall: 0.75, f1: 0.75 });
    expect(spice(a, b, { synonyms: (x, y) => x === "red" && y === "blue" }).f1).toBe(1);
    expect(spice(fromFactual(""), b).f1).toBe(0);
  });
  it("matches sets", () => {
    expect(setMatch(a, b)).toBe(false);
    expect(setMatch(a, fromFactual("( boxes , is , red ) , ( dog , on , box )"))).toBe(true);
  });
  it("scores softly with an embedder", async () => {
    const same = softSpice((texts) => texts.map(() => [1, 0]));
    expect(await same(a, b)).toEqual({ precision: 1, recall: 1, f1: 1 });
    const onlyRed = softSpice((texts) => texts.map((text) => (text.endsWith("red") ? [0, 2] : [3, 0])));
    expect((await onlyRed(a, b)).precision).toBe(0.75);
    await expect(softSpice(() => [])(a, b)).rejects.toThrow(/0 vectors/);
  });
});
