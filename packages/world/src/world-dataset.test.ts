import { createHash } from "node:crypto";
import {
  colourNames,
  hasUnseenCompound,
  isUnseenAttributeCompound,
  isUnseenRelationCompound,
  judge,
  kindNames,
  loadWorldImage,
  parseWorldAddress,
  patternNames,
  relationNames,
  renderScene,
  sceneToSvg,
  sizeNames,
  worldAddress,
  worldDataset,
  worldScene,
} from "@tesserae/world";
import { describe, expect, test } from "vitest";
import { describeScene } from "./scenes/compounds.js";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

const train = worldDataset({ seed: 7, split: "train", count: 3000 });
const trainScenes = train.samples.map(({ image }) => worldScene(parseWorldAddress(image)));

describe("the embedded world", () => {
  test("is the same to the last byte on every machine", async () => {
    const images = await Promise.all(
      [0, 1, 2].flatMap((index) => [32, 48].map((size) => train.loadImage(`world:7/train/${index}`, size))),
    );
    expect(images.map(({ data }) => sha256(data))).toEqual([
      "f04c79a5617bd80d",
      "470e9bd72da77b00",
      "cfe79eff47386c56",
      "77dcf6c979ee0c31",
      "c2dc4ab909306dc5",
      "518e88c79d99a4be",
    ]);
    expect(sha256(JSON.stringify(train.samples.slice(0, 200)))).toBe("6086ff5cb793b43e");
    expect(sha256(sceneToSvg(trainScenes[1]!))).toBe("2c84696cae30725e");
    expect(train.samples.slice(0, 4).map(({ captions }) => captions)).toEqual([
      ["there is a large red hat above a big white star.", "there is a white star and a hat."],
      [
        "a pink butterfly is above a pink plain turtle. a striped yellow rocket is above the butterfly.",
        "a pink butterfly is above a small pink turtle. a yellow rocket is above the turtle.",
      ],
      ["a yellow lamp is on a brown chair.", "there is a yellow lamp on a brown chair."],
      ["there is a red rocket to the right of a red ball.", "there is a red plain rocket and a red ball."],
    ]);
  });

  test("makes a sample from its index alone", () => {
    const few = worldDataset({ seed: 7, split: "train", count: 3 });
    expect(few.samples).toEqual(train.samples.slice(0, 3));
    expect(few.revision).not.toBe(train.revision);
    expect(worldDataset({ seed: 8, split: "train", count: 1 }).samples[0]!.captions).not.toEqual(
      train.samples[0]!.captions,
    );
  });

  test("gold spans are the words they name, and every caption is true", () => {
    for (const [index, { graphs = [], captions }] of train.samples.entries()) {
      expect(captions.length).toBe(2);
      for (const graph of graphs) {
        const words = (span: { start: number; end: number }) => graph.caption.slice(span.start, span.end);
        for (const { name, span, attributes, phrase } of graph.objects) {
          expect(words(span)).toBe(name);
          expect(words(phrase!)).toMatch(new RegExp(`^an? .*${name}$`));
          for (const attribute of attributes) expect(words(attribute.span)).toBe(attribute.name);
        }
        for (const { predicate, span } of graph.relations) {
          expect(words(span).replace(/^to the /, "")).toBe(predicate);
        }
        expect(judge(trainScenes[index]!, graph), graph.caption).toBe("true");
      }
    }
  });

  test("training never shows a held-out compound, and shows every atom", () => {
    expect(trainScenes.filter(hasUnseenCompound)).toEqual([]);
    const seen = new Set(trainScenes.flatMap(({ objects }) => objects.flatMap((one) => Object.values(one))));
    for (const atom of [...kindNames, ...colourNames, ...sizeNames, ...patternNames]) expect(seen).toContain(atom);
    const relations = new Set(trainScenes.flatMap((scene) => scene.relations.map(({ predicate }) => predicate)));
    expect([...relations].sort()).toEqual([...relationNames].sort());
    expect([kindNames.length, colourNames.length, sizeNames.length, patternNames.length]).toEqual([33, 10, 3, 4]);
  });

  test("holds out about 15 % of the compounds, both orders of a relation together", () => {
    const attributes = kindNames.flatMap((kind) =>
      colourNames.map((colour) => isUnseenAttributeCompound(colour, kind)),
    );
    expect(attributes.filter(Boolean).length).toBe(47);
    for (const relation of relationNames) {
      expect(isUnseenRelationCompound("cat", relation, "dog")).toBe(isUnseenRelationCompound("dog", relation, "cat"));
    }
    for (const kind of kindNames) {
      expect(colourNames.filter((colour) => !isUnseenAttributeCompound(colour, kind)).length).toBeGreaterThanOrEqual(5);
    }
  });

  test("no description occurs in two splits, and test scenes hold unseen compounds", () => {
    const descriptions = new Set(trainScenes.map(describeScene));
    const held = Array.from({ length: 1000 }, (_, index) => worldScene({ seed: 7, split: "test", index }));
    expect(held.filter((scene) => descriptions.has(describeScene(scene)))).toEqual([]);
    expect(held.filter(hasUnseenCompound).length).toBeGreaterThan(300);
  });

  test("draws objects inside the canvas, with boxes around them", () => {
    for (const { objects } of trainScenes.slice(0, 500)) {
      for (const { box } of objects) {
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(box.x + box.width, box.y + box.height)).toBeLessThanOrEqual(1);
      }
    }
    expect(train.samples[0]!.boxes).toEqual([
      { category: "hat", bbox: [12.45, 3.25, 64.16, 51.97] },
      { category: "star", bbox: [13.03, 61.13, 67.71, 65] },
    ]);
  });

  test("objects in a row or column do not overlap, and what is in front is painted later", () => {
    for (const { objects, relations, layers } of trainScenes) {
      const painted = (object: number) => layers.findIndex((layer) => layer.object === object);
      for (const { subject, predicate, object } of relations) {
        const [a, b] = [objects[subject]!.box, objects[object]!.box];
        if (predicate === "left of") expect(a.x + a.width).toBeLessThan(b.x);
        if (predicate === "above") expect(a.y + a.height).toBeLessThan(b.y);
        if (predicate === "in front of" || predicate === "on")
          expect(painted(subject)).toBeGreaterThan(painted(object));
        if (predicate === "in") expect(layers.at(painted(subject))!.front).toBe(false);
      }
    }
  });

  test("an address carries the weights of a world of its own", async () => {
    const pairs = worldDataset({ seed: 7, split: "train", count: 5, objects: [0, 1, 0, 0] });
    expect(pairs.samples.map(({ boxes }) => boxes?.length)).toEqual([2, 2, 2, 2, 2]);
    expect(pairs.samples[3]!.image).toBe("world:7/train/3?objects=0,1,0,0");
    const own = {
      seed: 7,
      split: "train",
      index: 3,
      relations: { "left of": 1e-7, above: 0.5, on: 0, in: 0, "in front of": 2 },
    } as const;
    expect(parseWorldAddress(worldAddress(own))).toEqual(own);
    const elsewhere = await train.loadImage(pairs.samples[3]!.image, 32);
    expect(elsewhere).toEqual(await pairs.loadImage(pairs.samples[3]!.image, 32));
  });

  test("says what is wrong with options and addresses", async () => {
    expect(() => worldDataset({ seed: 0.5, split: "train", count: 1 })).toThrow("seed is 0.5; give a whole number");
    expect(() => worldDataset({ seed: 1, split: "train", count: -1 })).toThrow("count is -1");
    expect(() => worldDataset({ seed: 1, split: "train", count: 1, objects: [0, 0, 0, 0] })).toThrow("not all 0");
    expect(() => loadWorldImage("world:7/tset/3", 32)).toThrow('"world:7/tset/3" names no image');
    for (const query of ["objects=1,1", "objects=x,1,1,1", "objects=0,0,0,0", "relations=1,1,1,1", "colours=1", "&"]) {
      expect(() => parseWorldAddress(`world:7/test/3?${query}`), query).toThrow(
        "and weights as worldAddress writes them",
      );
    }
    expect(() => worldScene({ seed: 1, split: "tset" as "test", index: 0 })).toThrow('unknown split "tset"');
    expect(() => renderScene(trainScenes[0]!, 0.5)).toThrow("size is 0.5");
    const [object, ...others] = trainScenes[0]!.objects;
    const strange = { ...trainScenes[0]!, objects: [{ ...object!, kind: "constructor" }, ...others] };
    expect(() => renderScene(strange, 8)).toThrow('unknown kind of object "constructor"; the world has airplane,');
    await expect(train.loadImage("x.jpg", 32)).rejects.toThrow("names no image of the embedded world");
  });
});
