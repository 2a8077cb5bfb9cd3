import { buildVocabulary } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

const graphs = ["a red dog on a box", "a red cat on a small box", "a dog behind a tree"].map(parse);

it("counts names, attributes and predicates, the most frequent first, equal counts by name", () => {
  expect(buildVocabulary(graphs)).toEqual({
    objects: [
      { name: "box", count: 2 },
      { name: "dog", count: 2 },
      { name: "cat", count: 1 },
      { name: "tree", count: 1 },
    ],
    attributes: [
      { name: "red", count: 2 },
      { name: "small", count: 1 },
    ],
    relations: [
      { name: "on", count: 2 },
      { name: "behind", count: 1 },
    ],
  });
});

it("leaves out what is rarer than minCount", () => {
  const { objects, attributes, relations } = buildVocabulary(graphs, { minCount: 2 });
  expect([objects, attributes, relations].map((entries) => entries.map(({ name }) => name))).toEqual([
    ["box", "dog"],
    ["red"],
    ["on"],
  ]);
});

it("whose something is does not count as a predicate to replace others with", () => {
  expect(buildVocabulary([parse("a man walking his dog"), parse("a man's hat on a table")]).relations).toEqual([
    { name: "on", count: 1 },
    { name: "walk", count: 1 },
  ]);
});

it("a pronoun does not count as a noun to replace others with", () => {
  expect(buildVocabulary([parse("he is riding a horse")]).objects).toEqual([{ name: "horse", count: 1 }]);
});
