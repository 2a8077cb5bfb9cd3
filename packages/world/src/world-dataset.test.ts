import { createHash } from "node:crypto";
import {
  colourNames,
  contentsOf,
  hasUnseenCompound,
  isUnseenAttributeCompound,
  isUnseenRelationCompound,
  kindNames,
  loadWorldImage,
  parseWorldAddress,
  patternNames,
  relationNames,
  renderScene,
  sceneToSvg,
  sizeNames,
  verifyGraph,
  worldAddress,
  worldDataset,
  worldImageSize,
  worldLevels,
  worldScene,
} from "@tesserae/world";
import { describe, expect, test } from "vitest";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

const levels = ["simple", "full", "long"] as const;
const train = Object.fromEntries(
  levels.map((level) => [level, worldDataset({ level, seed: 7, split: "train", count: 1500 })]),
);
const scenes = Object.fromEntries(
  levels.map((level) => [level, train[level]!.samples.map(({ image }) => worldScene(parseWorldAddress(image)))]),
);

describe.each(levels)("world/%s", (level) => {
  const { samples } = train[level]!;

  test("makes a sample from its index alone", () => {
    const few = worldDataset({ level, seed: 7, split: "train", count: 3 });
    expect(few.samples).toEqual(samples.slice(0, 3));
    expect(few.revision).toBe(`world-4/${level}/seed-7/train-3x${level === "simple" ? 1 : 2}`);
    const other = worldDataset({ level, seed: 8, split: "train", count: 1 });
    expect(other.samples[0]!.captions).not.toEqual(samples[0]!.captions);
  });

  test("gold spans are the words they name, and every caption is true", () => {
    for (const [index, { graphs, captions }] of samples.entries()) {
      expect(captions.length).toBe(level === "simple" ? 1 : 2);
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
        expect(verifyGraph(scenes[level]![index]!, graph), graph.caption).toBe("true");
      }
    }
  });

  test("shows no held-out compound in training, and each kind and colour", () => {
    expect(scenes[level]!.filter(hasUnseenCompound)).toEqual([]);
    const objects = scenes[level]!.flatMap((scene) => scene.objects);
    expect([...new Set(objects.map(({ kind }) => kind))].sort()).toEqual([...worldLevels[level].kinds].sort());
    expect([...new Set(objects.map(({ colour }) => colour))].sort()).toEqual([...worldLevels[level].colours].sort());
  });

  test("no contents occur in two splits, and half of the test scenes show a held-out compound", () => {
    const contents = new Set(scenes[level]!.map(contentsOf));
    const held = Array.from({ length: 400 }, (_, index) => worldScene({ level, seed: 7, split: "test", index }));
    const seen = held.filter((scene) => !hasUnseenCompound(scene));
    expect(seen.filter((scene) => contents.has(contentsOf(scene))).length).toBe(0);
    const unseen = held.filter(hasUnseenCompound).length;
    expect(unseen).toBeGreaterThan(140);
    expect(unseen).toBeLessThan(260);
  });

  test("draws objects inside the canvas, apart from each other in rows and columns", () => {
    for (const { objects, relations } of scenes[level]!) {
      for (const { box } of objects) {
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(box.x + box.width, box.y + box.height)).toBeLessThanOrEqual(1);
      }
      for (const { subject, predicate, object } of relations) {
        const [a, b] = [objects[subject]!.box, objects[object]!.box];
        if (predicate === "left of") expect(a.x + a.width).toBeLessThan(b.x);
        if (predicate === "above") expect(a.y + a.height).toBeLessThan(b.y);
      }
    }
  });

  test("says each relation in either direction alike, and names either end first alike", () => {
    const stated = samples.flatMap(({ graphs }) => graphs.flatMap(({ relations }) => relations));
    const share = (one: string, other: string) => {
      const count = (predicate: string) => stated.filter((relation) => relation.predicate === predicate).length;
      return count(one) / (count(one) + count(other));
    };
    expect(Math.abs(share("left of", "right of") - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(share("above", "below") - (level === "simple" ? 0.5 : 0.5))).toBeLessThan(0.07);
  });
});

test("is the same to the last byte on every machine", async () => {
  const images = await Promise.all(levels.map((level) => train[level]!.loadImage(`world:${level}/7/train/0`)));
  expect(images.map(({ width, height }) => [width, height])).toEqual(
    levels.map(() => [worldImageSize, worldImageSize]),
  );
  expect(images.map(({ data }) => sha256(data))).toMatchInlineSnapshot(`
    [
      "dc1e01f7c1e22724",
      "7c4b64ef1a5f9428",
      "24a8d866bbf3f88d",
    ]
  `);
  expect(levels.map((level) => sha256(JSON.stringify(train[level]!.samples.slice(0, 200))))).toMatchInlineSnapshot(`
    [
      "5698b088c8e2b6e5",
      "b94814943ea27e67",
      "b3cc49c01e3502e5",
    ]
  `);
  expect(sha256(sceneToSvg(scenes.full![1]!))).toMatchInlineSnapshot(`"3c48cc16f22d9770"`);
  expect(levels.map((level) => train[level]!.samples[1]!.captions)).toMatchInlineSnapshot(`
    [
      [
        "there is a purple pillar to the left of a yellow square.",
      ],
      [
        "a black book is left of a large plain box. the book is left of a plain bird. a moon is to the left of the box. the moon is plain and purple.",
        "a box is to the right of a black book. a purple moon is over the book. a purple bird is to the right of the moon.",
      ],
      [
        "a blue box above a brown book",
        "a heart is to the right of a box. the heart is over a big checkered brown book. the heart is under a large green clock. the book is under a car. the box is over a large dotted blue airplane. the book is below the clock. the clock is over the airplane. the heart is checkered and green. the box is blue. the car is tiny and purple and striped.",
      ],
    ]
  `);
});

test("a description of the level `long` has five to ten sentences, and its short caption one", () => {
  for (const { captions } of train.long!.samples) {
    const [short, long] = captions.map((caption) => caption.split(/\.(?: |$)/).filter(Boolean).length);
    expect(short).toBe(1);
    expect(long).toBeGreaterThanOrEqual(5);
    expect(long).toBeLessThanOrEqual(10);
  }
});

test("a counterfactual shows the same two things in each other's place or colour", () => {
  const address = { level: "simple", seed: 7, split: "test", index: 4 } as const;
  const { objects, relations, background } = worldScene(address);
  const ends = worldScene({ ...address, exchange: "ends" });
  expect(ends.objects.map(({ kind, colour }) => [kind, colour])).toEqual([
    [objects[1]!.kind, objects[1]!.colour],
    [objects[0]!.kind, objects[0]!.colour],
  ]);
  expect([ends.relations, ends.background]).toEqual([relations, background]);
  const colours = worldScene({ ...address, exchange: "colours" });
  expect(colours.objects.map(({ kind }) => kind)).toEqual(objects.map(({ kind }) => kind));
  expect(colours.objects.map(({ colour }) => colour)).toEqual([objects[1]!.colour, objects[0]!.colour]);
});

test("about a fifth of the attribute compounds and a tenth of the relation compounds are held out", () => {
  const attributes = kindNames.flatMap((kind) => colourNames.map((colour) => isUnseenAttributeCompound(colour, kind)));
  expect(attributes.filter(Boolean).length / attributes.length).toBeCloseTo(0.2, 1);
  const relations = kindNames.flatMap((kind) =>
    kindNames.map((other) => isUnseenRelationCompound(kind, "above", other)),
  );
  expect(relations.filter(Boolean).length / relations.length).toBeCloseTo(0.1, 1);
  for (const relation of relationNames) {
    expect(isUnseenRelationCompound("cat", relation, "dog")).toBe(isUnseenRelationCompound("dog", relation, "cat"));
  }
  expect([...sizeNames, ...patternNames].filter((attribute) => isUnseenAttributeCompound(attribute, "cat"))).toEqual(
    [...sizeNames, ...patternNames].filter(
      (a) => a !== "medium" && a !== "plain" && isUnseenAttributeCompound(a, "cat"),
    ),
  );
});

test("says what is wrong with options and addresses", async () => {
  const simple = { level: "simple", seed: 1, split: "train", count: 1 } as const;
  expect(() => worldDataset({ ...simple, seed: 0.5 })).toThrow("seed is 0.5; give a whole number");
  expect(() => worldDataset({ ...simple, count: -1 })).toThrow("count is -1");
  expect(() => worldDataset({ ...simple, captions: 0 })).toThrow("captions is 0");
  expect(() => worldDataset({ ...simple, level: "hard" as "full" })).toThrow(
    'unknown level "hard"; expected simple, full, long',
  );
  expect(() => worldDataset({ ...simple, split: "tset" as "test" })).toThrow('unknown split "tset"');
  for (const image of ["world:simple/7/tset/3", "world:7/test/3", "world:simple/7/test/3/sizes", "x.jpg"]) {
    expect(() => loadWorldImage(image)).toThrow(`"${image}" names no picture of the world`);
    await expect(train.simple!.loadImage(image)).rejects.toThrow("names no picture of the world");
  }
  const address = { level: "full", seed: -7, split: "validation", index: 12, exchange: "ends" } as const;
  expect(parseWorldAddress(worldAddress(address))).toEqual(address);
  expect(() => renderScene(scenes.full![0]!, 0.5)).toThrow("size is 0.5");
  const [object, ...others] = scenes.full![0]!.objects;
  const strange = { ...scenes.full![0]!, objects: [{ ...object!, kind: "constructor" }, ...others] };
  expect(() => renderScene(strange, 8)).toThrow('unknown kind of object "constructor"; the world has airplane,');
});
