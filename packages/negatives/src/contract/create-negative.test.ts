import { createNegative, type RejectReason, swapEdits } from "@tesserae/negatives";
import { parse, type SceneGraph, type Span } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const spanOf = (caption: string, words: string): Span => {
  const start = caption.indexOf(words);
  return { start, end: start + words.length };
};
const swap = (caption: string, a: string, b: string) => {
  const graph = parse(caption);
  const rejects: RejectReason[] = [];
  const edits = swapEdits(caption, spanOf(caption, a), spanOf(caption, b));
  const negative = createNegative(graph, "swap", edits, { reject: (reason) => rejects.push(reason) });
  return { negative, rejects };
};
/** What a graph says, and the texts at its spans. */
const read = ({ caption, objects, relations }: SceneGraph) => ({
  objects: objects.map(({ attributes, name }) => [...attributes.map((attribute) => attribute.name), name].join(" ")),
  relations: relations.map(({ subject, predicate, object }) => {
    const name = (id: string) => objects.find((one) => one.id === id)?.name;
    return `${name(subject)} ${predicate} ${name(object)}`;
  }),
  texts: [
    ...objects.flatMap(({ attributes, span }) => [...attributes.map((attribute) => attribute.span), span]),
    ...relations.map(({ span }) => span),
  ].map(({ start, end }) => caption.slice(start, end)),
});

describe("createNegative", () => {
  it("edits the graph along with the text: a swap of phrases", () => {
    const { negative } = swap("A small red dog sits on an old box.", "A small red dog", "an old box");
    expect(negative?.caption).toBe("An old box sits on a small red dog.");
    expect(read(negative!.graph)).toEqual({
      objects: ["old box", "small red dog"],
      relations: ["box sit on dog"],
      texts: ["old", "box", "small", "red", "dog", "sits on"],
    });
  });

  it("edits the graph along with the text: a swap of nouns leaves the attributes", () => {
    const { negative } = swap("a red dog behind an orange umbrella", "dog", "umbrella");
    expect(negative?.caption).toBe("a red umbrella behind an orange dog");
    expect(read(negative!.graph)).toEqual({
      objects: ["red umbrella", "orange dog"],
      relations: ["umbrella behind dog"],
      texts: ["red", "umbrella", "orange", "dog", "behind"],
    });
  });

  it("edits the graph along with the text: a swap of attributes and its articles", () => {
    const { negative } = swap("a red dog behind an orange cat", "red", "orange");
    expect(negative).toEqual({
      caption: "an orange dog behind a red cat",
      kind: "swap",
      edits: [
        { span: { start: 0, end: 1 }, text: "an" },
        { span: { start: 2, end: 5 }, text: "orange" },
        { span: { start: 17, end: 19 }, text: "a" },
        { span: { start: 20, end: 26 }, text: "red" },
      ],
      graph: expect.objectContaining({ caption: "an orange dog behind a red cat" }),
    });
    expect(read(negative!.graph).texts).toEqual(["orange", "dog", "red", "cat", "behind"]);
  });

  it("edits the graph as the parser would read the new text", () => {
    for (const [caption, a, b] of [
      ["a small red dog is to the left of a large blue cat.", "small red dog", "large blue cat"],
      ["a green car behind a yellow tree", "green", "yellow"],
      ["Two dogs chase three small cats across a green field.", "dogs", "cats"],
    ] as const) {
      const { negative } = swap(caption, a, b);
      expect(read(negative!.graph)).toEqual(read(parse(negative!.caption)));
    }
  });

  it.each<[string, string, string, RejectReason]>([
    ["a dog and a cat", "dog", "cat", "follows from the caption"],
    ["a car next to a tree", "car", "tree", "follows from the caption"],
    ["a black and white cow on grass", "black", "white", "follows from the caption"],
    ["a man in a hat and a shirt", "hat", "shirt", "follows from the caption"],
    ["a red dog on a red box", "red", "red", "overlapping edits"],
  ])('rejects in "%s" the swap of %s and %s: %s', (caption, a, b, reason) => {
    const { negative, rejects } = swap(caption, a, b);
    expect(negative).toBeUndefined();
    expect(rejects).toEqual([reason]);
  });

  it("rejects edits that change nothing or cut a word; reads anew what moves several objects at once", () => {
    const caption = "a dog on a box behind a cat";
    const graph = parse(caption);
    const reasons: RejectReason[] = [];
    const reject = (reason: RejectReason) => reasons.push(reason);
    expect(createNegative(graph, "same", [{ span: spanOf(caption, "dog"), text: "DOG" }], { reject })).toBeUndefined();
    expect(createNegative(graph, "cut", [{ span: { start: 3, end: 5 }, text: "ot" }], { reject })).toBeUndefined();
    const many = swapEdits(caption, spanOf(caption, "a dog on a box"), spanOf(caption, "a cat"));
    expect(createNegative(graph, "many", many, { reject })?.graph).toEqual(parse("a cat behind a dog on a box"));
    expect(reasons).toEqual(["same text", "not at a word boundary"]);
  });
});
