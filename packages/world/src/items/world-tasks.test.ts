import {
  type ChoiceItem,
  contentsOf,
  foilFamilies,
  hasUnseenCompound,
  type PairItem,
  parseWorldAddress,
  verifyGraph,
  type WorldTask,
  worldRetrieval,
  worldScene,
  worldTasks,
} from "@tesserae/world";
import { describe, expect, test } from "vitest";

const count = 64;

const wordsOf = (caption: string) =>
  caption
    .split(/[ .]+/)
    .map((word) => (word === "an" ? "a" : word))
    .sort()
    .join(" ")
    .trim();

const firstReworded = {
  simple: [
    "there is an orange cross to the left of a white square.",
    "there is an orange square to the right of a white cross.",
  ],
  full: ["a big white boat is over a tiny brown cat.", "a big brown cat is below a tiny white boat."],
};

describe.each(["simple", "full"] as const)("tasks of world/%s", (level) => {
  const tasks = worldTasks({ level, seed: 7, count });
  const task = (name: string) => tasks.find((one) => one.name === name)! as WorldTask<ChoiceItem>;
  const choices = tasks.filter(({ kind }) => kind === "choice") as WorldTask<ChoiceItem>[];

  test("are all there, of the size asked for, with true captions at random positions", () => {
    expect(tasks.map(({ name }) => name)).toEqual([
      "relation-swap",
      "relation-swap-unseen",
      "attribute-swap",
      "attribute-swap-unseen",
      "attribute-swap-reworded",
      "noun-swap",
      ...(level === "full" ? ["third-thing"] : []),
      "object-replacement",
      "attribute-replacement",
      "relation-replacement",
      "productivity",
      "picture-choice",
    ]);
    for (const { name, items, family } of tasks) {
      expect(items.length, name).toBe(count);
      expect(foilFamilies).toContain(family);
    }
    for (const { name, items } of choices) {
      const first = items.filter(({ correct }) => correct === 0).length / items.length;
      expect(Math.abs(first - 1 / items[0]!.captions.length), name).toBeLessThan(0.2);
      for (const { captions } of items) expect(new Set(captions).size).toBe(captions.length);
    }
  });

  test("ask only about test pictures, and the cluster is what the picture shows", () => {
    for (const { items } of choices) {
      for (const { image, cluster } of items) {
        const address = parseWorldAddress(image);
        expect([address.level, address.split]).toEqual([level, "test"]);
        expect(contentsOf(worldScene(address))).toBe(cluster);
      }
    }
  });

  test("swaps keep the words, and only unseen tasks show held-out compounds", () => {
    for (const name of [
      "relation-swap",
      "attribute-swap",
      "noun-swap",
      "relation-swap-unseen",
      "attribute-swap-unseen",
    ]) {
      for (const { image, captions } of task(name).items) {
        expect(wordsOf(captions[0]!)).toBe(wordsOf(captions[1]!));
        expect(hasUnseenCompound(worldScene(parseWorldAddress(image)))).toBe(name.endsWith("-unseen"));
      }
    }
  });

  test("relation swaps are false by the picture's geometry, in every word", () => {
    const words = new Set<string>();
    for (const { image, captions, correct, group } of task("relation-swap").items) {
      words.add(group);
      const { objects } = worldScene(parseWorldAddress(image));
      for (const [index, caption] of captions.entries()) {
        const [first, second] = [...objects].sort(
          (a, b) => caption.search(`\\b${a.kind}\\b`) - caption.search(`\\b${b.kind}\\b`),
        );
        const across = second!.box.x + second!.box.width / 2 - (first!.box.x + first!.box.width / 2);
        const down = second!.box.y + second!.box.height / 2 - (first!.box.y + first!.box.height / 2);
        const holds = {
          "left of": across > 0,
          "right of": across < 0,
          above: down > 0,
          over: down > 0,
          below: down < 0,
          under: down < 0,
        }[group];
        if (holds !== undefined) expect(holds, `${image} ${caption}`).toBe(index === correct);
      }
    }
    const usual = ["left of", "right of", "above", "below"];
    expect([...words]).toEqual(expect.arrayContaining(level === "simple" ? usual : [...usual, "over", "under"]));
  });

  test("a reworded foil is said from the other end", () => {
    for (const { captions } of task("attribute-swap-reworded").items) {
      const kinds = (caption: string) => caption.match(/\w+/g)!.filter((word) => /^(?:[a-z]+)$/.test(word));
      expect(kinds(captions[0]!).join(" ")).not.toBe(kinds(captions[1]!).join(" "));
    }
    expect(task("attribute-swap-reworded").items[0]!.captions).toEqual(firstReworded[level]);
  });

  test("of four captions of productivity each has one neighbour by each change", () => {
    for (const { captions, group } of task("productivity").items.filter((item) => item.group !== "n=1")) {
      const apart = (a: string, b: string) => {
        const [x, y] = [a, b].map((caption) => wordsOf(caption).split(" "));
        return x!.filter((word) => !y!.includes(word)).length + y!.filter((word) => !x!.includes(word)).length;
      };
      const sums = captions.map((caption) => captions.reduce((sum, other) => sum + apart(caption, other), 0));
      expect(new Set(sums).size, `${group} ${captions.join(" | ")}`).toBe(1);
    }
  });

  test("each caption of a pair is true of its own picture alone", () => {
    const { items } = tasks.find(({ name }) => name === "picture-choice") as WorldTask<PairItem>;
    expect(new Set(items.map(({ group }) => group))).toEqual(new Set(["ends", "colours"]));
    for (const { images, captions, group } of items) {
      expect(images[1]).toBe(`${images[0]}/${group}`);
      expect(wordsOf(captions[0])).toBe(wordsOf(captions[1]));
      const [a, b] = images.map((image) => worldScene(parseWorldAddress(image)));
      expect(a!.objects.map(({ kind }) => kind).sort()).toEqual(b!.objects.map(({ kind }) => kind).sort());
    }
  });

  test("retrieval captions are true of their own picture alone", () => {
    const pairs = worldRetrieval({ level, seed: 7, count: 100 });
    expect(new Set(pairs.map(({ captions }) => captions[0])).size).toBe(100);
  });
});

test("no two pictures of a retrieval in the level `simple` show the same things", () => {
  const things = worldRetrieval({ level: "simple", seed: 7, count: 250 }).map(({ image }) =>
    worldScene(parseWorldAddress(image))
      .objects.map(({ colour, kind }) => `${colour} ${kind}`)
      .sort()
      .join(" and "),
  );
  expect(new Set(things).size).toBe(250);
});

test("the level `long` has retrieval by descriptions, and no tasks", () => {
  expect(worldTasks({ level: "long", seed: 7, count: 10 })).toEqual([]);
  const pairs = worldRetrieval({ level: "long", seed: 7, count: 20 });
  for (const { captions } of pairs) expect(captions[0]!.split(". ").length).toBeGreaterThanOrEqual(5);
});

test("retrieval of the benchmark's size ends, and one that cannot be filled says so", () => {
  expect(worldRetrieval({ level: "simple", seed: 0, count: 250 }).length).toBe(250);
  expect(() => worldRetrieval({ level: "simple", seed: 0, count: 1000 })).toThrow(
    /only \d+ have a caption of their own/,
  );
});

test("says what is wrong with options", () => {
  expect(() => worldTasks({ seed: 7, count: 0 })).toThrow("count is 0; give a whole number from 1");
  expect(() => worldTasks({ level: "hard" as "full", seed: 7, count: 1 })).toThrow('unknown level "hard"');
  expect(() => worldRetrieval({ seed: 7, count: 1.5 })).toThrow("count is 1.5");
});

describe("verifyGraph", () => {
  test("tells true, false and arguable statements apart", () => {
    const scene = worldScene({ level: "simple", seed: 7, split: "train", index: 1 });
    const [one, other] = scene.objects;
    const says = (subject: string, predicate: string, object: string) => {
      const span = { start: 0, end: 0 };
      const objects = [subject, object].map((name, index) => ({ id: `${index}`, name, attributes: [], span }));
      const relations = [{ subject: "0", predicate, object: "1", span }];
      return verifyGraph(scene, { caption: "", objects, relations, diagnostics: [] });
    };
    const [forward, back] = scene.relations[0]!.predicate === "left of" ? ["left of", "right of"] : ["above", "below"];
    const [from, to] = scene.relations[0]!.subject === 0 ? [one!.kind, other!.kind] : [other!.kind, one!.kind];
    expect(says(from, forward!, to)).toBe("true");
    expect(says(to, back!, from)).toBe("true");
    expect(says(to, forward!, from)).toBe("false");
    expect(says(from, back!, to)).toBe("false");
    expect(says(from, "behind", to)).toBe("false");
    expect(says(from, "admires", to)).toBe("unclear");
    expect(says(from, forward!, "unicorn")).toBe("false");
  });
});
