import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadVocabulary } from "@tesserae/negatives/load";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vocabulary-"));
  await writeFile(join(folder, "objects_vocab.txt"), "photos\nstop sign,stopsign\n\nman\n");
  await writeFile(join(folder, "attributes_vocab.txt"), "gray,grey\nwooden\n");
  await writeFile(join(folder, "relations_vocab.txt"), "sitting on,on side of\nhas,has a\non\n");
});
afterAll(() => rm(folder, { recursive: true }));

describe("loadVocabulary", () => {
  it("reads a folder of word lists, the first of the synonyms of a line, as its lemma", () => {
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
    const { objects, attributes, relations } = loadVocabulary(folder);
    expect(names(objects)).toEqual(["photo", "stop sign", "man"]);
    expect(names(attributes)).toEqual(["gray", "wooden"]);
    expect(names(relations)).toEqual(["sit on", "have", "on"]);
  });

  it("reads a JSON file", async () => {
    const file = join(folder, "words.json");
    await writeFile(file, JSON.stringify({ objects: ["dogs"], attributes: ["red"], relations: ["on"] }));
    expect(loadVocabulary(file).objects).toEqual([{ name: "dog", count: 1 }]);
    await writeFile(file, JSON.stringify({ objects: ["dogs"] }));
    expect(() => loadVocabulary(file)).toThrow('words.json: "attributes" is no list of words');
  });

  it("says what is missing", async () => {
    expect(() => loadVocabulary(join(folder, "none"))).toThrow("no such file or folder");
    await rm(join(folder, "relations_vocab.txt"));
    expect(() => loadVocabulary(folder)).toThrow("no .txt file for relations");
  });
});
