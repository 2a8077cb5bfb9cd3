import { buildVocabulary, type SugarcrepeForm, sugarcrepe } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

const vocabulary = buildVocabulary(["a purple bird behind a horse", "an apple"].map((caption) => parse(caption)));
const mine = async (caption: string, ...forms: SugarcrepeForm[]) => {
  const miner = sugarcrepe(forms.length > 0 ? { vocabulary, forms } : { vocabulary });
  const [negatives] = await miner.mine([parse(caption)], { rng: seededRng(3) });
  return negatives!.map((negative) => negative.caption);
};

it("makes one negative of each kind", async () => {
  const found = await mine("a red dog sits on a blue box");
  expect(found).toHaveLength(6);
  expect(found[0]).toMatch(/^a red (bird|horse) sits on a blue box$/);
  expect(found[1]).toBe("a red dog sits on a purple box");
  expect(found[2]).toBe("a red dog sits behind a blue box");
  expect(found[3]).toBe("a red box sits on a blue dog");
  expect(found[4]).toBe("a blue dog sits on a red box");
  expect(found[5]).toBe("a red dog sits on a blue box and an apple");
});

it("adds an attribute where an object has none, with its article and capital", async () => {
  expect(await mine("A dog", "add-attribute")).toEqual(["A purple dog"]);
  expect(await mine("Dogs", "add-attribute")).toEqual(["Purple dogs"]);
  expect(await mine("a red dog", "add-attribute")).toEqual([]);
});

it("puts a word of the same kind, adds what the caption has no kind of, and says nothing of people in colours", async () => {
  expect(await mine("a cup on a street", "replace-object")).toEqual([]);
  expect(await mine("a cat on a street", "add-object")).toEqual(["a cat on a street and an apple"]);
  expect(await mine("a man on a street", "add-attribute")).toEqual([]);
});

it("gives the graph of what it wrote", async () => {
  const graph = parse("a dog on a box");
  const [negatives] = await sugarcrepe({ vocabulary, forms: ["add-attribute", "add-object"] }).mine([graph], {
    rng: seededRng(1),
  });
  for (const negative of negatives!) {
    for (const object of negative.graph.objects) {
      expect(negative.caption.slice(object.span.start, object.span.end)).toBe(object.name);
      for (const { name, span } of object.attributes) expect(negative.caption.slice(span.start, span.end)).toBe(name);
    }
  }
  expect(negatives).toHaveLength(2);
});
