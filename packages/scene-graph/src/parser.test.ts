import { createParser, parse, type SceneGraph, tag, tuples } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const written = (caption: string) => tuples(parse(caption)).map((fact) => fact.join(" | "));

const graphs: Readonly<Record<string, readonly string[]>> = {
  // Captions on which other rule parsers are reported to fail.
  "the chair is in front of the desk": ["chair", "chair | in front of | desk", "desk"],
  "a man is standing in front of a table": ["man", "man | stand in front of | table", "table"],
  "many planes are parked next to a long building in an airport": [
    "airport",
    "building",
    "building | in | airport",
    "building | is | long",
    "plane",
    "plane | is | many",
    "plane | park next to | building",
  ],
  "the car is red": ["car", "car | is | red"],
  "a black computer monitor": ["computer monitor", "computer monitor | is | black"],
  "the car that is parked is red": ["car", "car | is | parked", "car | is | red"],
  "two buses are next to each other": ["bus", "bus | is | two", "bus | next to | bus"],
  "a boat left of a key": ["boat", "boat | left of | key", "key"],
  "a red dog left of a blue cat": ["cat", "cat | is | blue", "dog", "dog | is | red", "dog | left of | cat"],
  "a red dog right of a blue dog": ["dog", "dog | is | blue", "dog | is | red", "dog | right of | dog"],
  "the small dog is left of the cat": ["cat", "dog", "dog | is | small", "dog | left of | cat"],
  "a left hand": ["hand", "hand | is | left"],
  "two boats near one another on a lake": ["boat", "boat | is | two", "boat | near | boat", "boat | on | lake", "lake"],
  // The grammar, one construction each.
  "a small red striped dog is to the left of a large blue cat.": [
    "cat",
    "cat | is | blue",
    "cat | is | large",
    "dog",
    "dog | is | red",
    "dog | is | small",
    "dog | is | striped",
    "dog | left of | cat",
  ],
  "there is a dotted pink boat above a tiny house": [
    "boat",
    "boat | above | house",
    "boat | is | dotted",
    "boat | is | pink",
    "house",
    "house | is | tiny",
  ],
  "a dog on a box. the box is red.": ["box", "box | is | red", "dog", "dog | on | box"],
  "a table. the table is purple and dotted.": ["table", "table | is | dotted", "table | is | purple"],
  "a man and a woman riding horses on the beach": [
    "beach",
    "horse",
    "man",
    "man | on | beach",
    "man | ride | horse",
    "woman",
    "woman | on | beach",
    "woman | ride | horse",
  ],
  "bear surrounded by grass": ["bear", "grass", "grass | surround | bear"],
  "a photo of a man wearing a black and white hat": [
    "hat",
    "hat | is | black",
    "hat | is | white",
    "man",
    "man | wear | hat",
  ],
  "the man's red hat is on the table": ["hat", "hat | is | red", "hat | on | table", "man", "man | 's | hat", "table"],
  "a snow covered mountain": ["mountain", "snow", "snow | cover | mountain"],
  "a group of people in a park": ["park", "people", "people | in | park", "people | is | group of"],
  "a fish watches a key": ["fish", "fish | watch | key", "key"],
  "a man without a hat": ["man"],
  "two girls are each carrying an umbrella": ["girl", "girl | carry | umbrella", "girl | is | two", "umbrella"],
  "a man and a woman are both looking at a screen": [
    "man",
    "man | look at | screen",
    "screen",
    "woman",
    "woman | look at | screen",
  ],
};

describe("parse", () => {
  it.each(Object.entries(graphs))("reads %s", (caption, expected) => {
    expect(written(caption)).toEqual([...expected].sort());
  });

  it("gives offsets into the caption", () => {
    const caption = "A small red dog is to the left of two blue cats.";
    const graph = parse(caption);
    const at = (span: { start: number; end: number } | undefined) => span && caption.slice(span.start, span.end);
    expect(graph.objects.map((object) => [at(object.phrase), at(object.span), object.quantity])).toEqual([
      ["A small red dog", "dog", undefined],
      ["two blue cats", "cats", "two"],
    ]);
    expect(graph.objects[0]!.attributes.map((attribute) => at(attribute.span))).toEqual(["small", "red"]);
    expect(graph.relations.map((relation) => at(relation.span))).toEqual(["to the left of"]);
  });

  it("keeps two mentions of one name apart", () => {
    const graph = parse("a man next to a man");
    expect(graph.objects.map((object) => object.id)).toEqual(["o1", "o2"]);
    expect(graph.relations).toMatchObject([{ subject: "o1", predicate: "next to", object: "o2" }]);
  });

  it("resolves a pronoun with one reading and reports the others", () => {
    expect(written("a cart with luggage on it")).toContain("luggage | on | cart");
    const unclear = parse("a cat and a dog next to a bowl behind it");
    expect(unclear.diagnostics.map((one) => one.code)).toContain("pronoun");
  });

  it("says nothing of those named before that is said of another", () => {
    const graph = parse("a man wearing a hat and another wearing a mask");
    expect(tuples(graph)).toEqual([["hat"], ["man"], ["man", "wear", "hat"], ["mask"]]);
    expect(graph.diagnostics).toEqual([
      { code: "pronoun", message: 'What "another" stands for is not clear.', span: { start: 24, end: 31 } },
      { code: "verb-without-subject", message: 'No subject was found for "wear".', span: { start: 32, end: 39 } },
    ]);
  });

  it("reports what a negation keeps off the graph", () => {
    expect(parse("a man without a hat").diagnostics.map((one) => one.code)).toEqual(["negated"]);
  });

  it("takes words and plug-ins for one parser only", () => {
    const caption = "a zorp dog";
    const withWord = createParser({ lexicon: { zorp: "Adjective" } });
    const withPlugin = createParser({ plugins: [{ words: { zorp: "Adjective" } }] });
    for (const parser of [withWord, withPlugin])
      expect(tuples(parser(caption))).toEqual([["dog"], ["dog", "is", "zorp"]]);
    expect(tuples(parse(caption))).toEqual([["zorp dog"]]);
  });

  it("never throws on text", () => {
    for (const text of [
      "",
      " ",
      ".",
      "the",
      "of of of",
      "😀 a dog 😀",
      "ein hund läuft über die straße",
      "a\n\nb",
      "\u0000",
      "'s",
      "and and,,, and",
      // In time that grows with the length: a quadratic step anywhere would take minutes on these.
      ...["a ", "x, ", "dog's ", "two ", "not ", "and runs ", "a dog and a cat on "].map((part) => part.repeat(5_000)),
      "((((",
      "is is is a",
      "constructor toString __proto__",
    ]) {
      expect(() => parse(text)).not.toThrow();
      checkGraph(parse(text));
    }
  });
});

describe("tag", () => {
  it("shows parts of speech and lemmas", () => {
    expect(tag("two men ride a red horse").map((token) => [token.text, token.tag, token.lemma])).toEqual([
      ["two", "number", "two"],
      ["men", "plural-noun", "man"],
      ["ride", "verb", "ride"],
      ["a", "determiner", "a"],
      ["red", "adjective", "red"],
      ["horse", "noun", "horse"],
    ]);
  });
});

/** What holds for the graph of any text. */
function checkGraph(graph: SceneGraph): void {
  const { caption } = graph;
  const ids = new Set(graph.objects.map((object) => object.id));
  expect(ids.size).toBe(graph.objects.length);
  const text = (span: { start: number; end: number }) => {
    if (!(span.start >= 0 && span.start < span.end && span.end <= caption.length))
      throw new Error(`span ${span.start}-${span.end} outside: ${caption}`);
    return caption.slice(span.start, span.end).toLowerCase();
  };
  for (const object of graph.objects) {
    for (const attribute of object.attributes)
      expect(text(attribute.span).replace(/\W+/g, " ").split(" ")).toEqual(
        expect.arrayContaining(attribute.name.replace(/\W+/g, " ").split(" ")),
      );
    const lemmas = tag(text(object.span)).map((token) => token.lemma);
    const said = new Set([...lemmas, ...text(object.span).split(/[\s-]+/)]);
    const head = object.name.split(" ").at(-1)!;
    if (!said.has(head) && !text(object.span).includes(head.slice(0, 2)))
      throw new Error(`"${object.name}" is not in "${text(object.span)}": ${caption}`);
  }
  for (const relation of graph.relations) {
    if (!ids.has(relation.subject) || !ids.has(relation.object)) throw new Error(`relation without object: ${caption}`);
    const said = text(relation.span);
    for (const word of relation.predicate.split(" ").slice(1))
      if (!said.includes(word)) throw new Error(`"${relation.predicate}" is not in "${said}": ${caption}`);
  }
  for (const diagnostic of graph.diagnostics) text(diagnostic.span);
}
