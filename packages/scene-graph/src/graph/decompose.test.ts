import { decompose, parse, type SceneGraph, verbalise } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const texts = (caption: string, maxObjects?: number) =>
  decompose(parse(caption), maxObjects === undefined ? {} : { maxObjects }).map((graph) => graph.caption);

describe("decompose", () => {
  it("gives every one- and two-object sub-graph with all attributes", () => {
    expect(texts("a small red dog on a box behind a tall tree")).toEqual([
      "small red dog",
      "box",
      "tall tree",
      "small red dog on box",
      "box behind tall tree",
    ]);
  });

  it("gives larger connected sub-graphs up to maxObjects", () => {
    const caption = "a red dog on a box behind a tree near a house";
    expect(texts(caption, 1)).toEqual(["red dog", "box", "tree", "house"]);
    expect(texts(caption, 3).slice(7)).toEqual(["red dog on box, box behind tree", "box behind tree, tree near house"]);
    expect(texts(caption, 4).slice(9)).toEqual(["red dog on box, box behind tree, tree near house"]);
    expect(texts(caption, 9)).toEqual(texts(caption, 4));
  });

  it("keeps one sub-graph for each of two relations between the same objects", () => {
    const graph: SceneGraph = {
      ...parse("a man near a horse"),
      relations: ["near", "look at"].map((predicate) => ({
        subject: "o1",
        predicate,
        object: "o2",
        span: { start: 6, end: 10 },
      })),
    };
    expect(decompose(graph).map(({ caption }) => caption)).toEqual([
      "man",
      "horse",
      "man near horse",
      "man look at horse",
    ]);
  });

  it("returns what says the same once, and keeps two things of one name apart", () => {
    expect(texts("a dog, a dog and a cat")).toEqual(["dog", "cat"]);
    expect(texts("a red dog is behind a blue dog")).toEqual(["red dog", "blue dog", "red dog behind blue dog"]);
    expect(texts("two dogs and three dogs")).toEqual(["two dog", "three dog"]);
  });

  it("writes each as verbalise does, with spans into that text and nothing else of the caption", () => {
    for (const part of decompose(parse("A small red dog sits on two boxes behind a tall tree."), { maxObjects: 3 })) {
      expect(part.caption).toBe(verbalise(part));
      for (const { name, span, attributes, phrase } of part.objects) {
        expect(part.caption.slice(span.start, span.end)).toBe(name);
        for (const attribute of attributes) {
          expect(part.caption.slice(attribute.span.start, attribute.span.end)).toBe(attribute.name);
        }
        expect(part.caption.slice(phrase!.start, phrase!.end)).toMatch(new RegExp(`${name}$`));
      }
      const ids = part.objects.map(({ id }) => id);
      for (const { subject, object, predicate, span } of part.relations) {
        expect(ids).toEqual(expect.arrayContaining([subject, object]));
        expect(part.caption.slice(span.start, span.end)).toBe(predicate);
      }
    }
  });

  it("leaves objects without attributes out on request, as what an edit of attributes cannot use", () => {
    const graph = parse("a small red dog on a box behind a tall tree");
    expect(decompose(graph, { bareObjects: false }).map(({ caption }) => caption)).toEqual([
      "small red dog",
      "tall tree",
      "small red dog on box",
      "box behind tall tree",
    ]);
    expect(decompose(graph, { bareObjects: false, maxObjects: 1 }).map(({ caption }) => caption)).toEqual([
      "small red dog",
      "tall tree",
    ]);
  });

  it("skips a relation of a thing to itself", () => {
    expect(texts("two boats next to each other")).toEqual(["two boat"]);
  });

  it("shuffles with an rng, and only then", () => {
    const graph = parse("a small red dog on a box behind a tall tree");
    const plain = decompose(graph).map(({ caption }) => caption);
    const shuffled = decompose(graph, { rng: () => 0 }).map(({ caption }) => caption);
    expect(shuffled).not.toEqual(plain);
    expect([...shuffled].sort()).toEqual([...plain].sort());
  });

  it("gives nothing for a caption without objects and refuses a senseless size", () => {
    expect(texts("It is raining.")).toEqual([]);
    expect(() => texts("a dog", 0)).toThrow("maxObjects is 0; give a whole number of at least 1");
    expect(() => texts("a dog", 1.5)).toThrow(RangeError);
  });
});
