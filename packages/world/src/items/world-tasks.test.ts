import {
  type ChoiceItem,
  judge,
  loadWorldImage,
  parseWorldAddress,
  worldDataset,
  worldRetrieval,
  worldScene,
  worldTasks,
} from "@tesserae/world";
import { describe, expect, test } from "vitest";

const tasks = worldTasks({ seed: 7, count: 400 });
const task = (name: string) => tasks.find((one) => one.name === name)!;

const balanced = [
  "relation-swap",
  "attribute-swap",
  "object-replacement",
  "attribute-replacement",
  "relation-replacement",
];

/**
 * Log-probabilities of word n-grams up to `order` in training captions, with back-off: a scorer that never sees an
 * image.
 */
function textScorer(order: number): (caption: string) => number {
  const { samples } = worldDataset({ seed: 7, split: "train", count: 3000 });
  const counts = new Map<string, number>();
  const grams = (caption: string) => {
    const words = ["^", ...caption.split(/[ .]+/), "$"];
    return words.flatMap((_, end) => {
      const found: [string, string][] = [];
      for (let length = 1; length <= order && end - length + 1 >= 0; length++) {
        const gram = words.slice(end - length + 1, end + 1);
        found.push([gram.join(" "), gram.slice(0, -1).join(" ")]);
      }
      return found;
    });
  };
  for (const { captions } of samples) {
    for (const [gram] of captions.flatMap(grams)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  const total = [...counts].reduce((sum, [gram, count]) => sum + (gram.includes(" ") ? 0 : count), 0);
  return (caption) =>
    grams(caption).reduce((sum, [gram, history]) => {
      const base = history === "" ? total : (counts.get(history) ?? 0);
      return sum + Math.log(((counts.get(gram) ?? 0) + 0.5) / (base + 100));
    }, 0);
}

function accuracy(items: readonly ChoiceItem[], score: (caption: string) => number): number {
  const right = items.filter(({ captions, correct }) => {
    const scores = captions.map(score);
    return scores.every((value, index) => index === correct || value < scores[correct]!);
  });
  return right.length / items.length;
}

describe("worldTasks", () => {
  test("has all tasks, of the size asked for, with true captions at random positions", () => {
    expect(tasks.map(({ name, chance, items }) => [name, chance, items.length])).toEqual([
      ["relation-swap", 0.5, 400],
      ["attribute-swap", 0.5, 400],
      ["object-replacement", 0.5, 400],
      ["attribute-replacement", 0.5, 400],
      ["relation-replacement", 0.5, 400],
      ["systematicity-seen", 0.2, 400],
      ["systematicity-unseen", 0.2, 400],
      ["productivity", 0.2, 400],
    ]);
    const groups = task("productivity").items.map(({ group }) => group);
    for (let n = 1; n <= 8; n++) expect(groups.filter((group) => group === `n=${n}`).length).toBe(50);
    for (const { items, chance } of tasks) {
      const first = items.filter(({ correct }) => correct === 0).length / items.length;
      expect(Math.abs(first - chance)).toBeLessThan(0.1);
      for (const { captions } of items) expect(new Set(captions).size).toBe(captions.length);
    }
    expect(task("relation-swap").items.slice(0, 2)).toEqual([
      {
        image: "world:7/test/3",
        captions: [
          "there is a purple umbrella below a striped green house.",
          "there is a striped green house below a purple umbrella.",
        ],
        correct: 1,
        group: "below",
      },
      {
        image: "world:7/test/6",
        captions: ["a clock above a blue butterfly", "a blue butterfly above a clock"],
        correct: 0,
        group: "above",
      },
    ]);
  });

  test("asks only about test images", () => {
    const images = tasks.flatMap(({ items }) => items.map(({ image }) => image));
    expect(images.every((image) => image.startsWith("world:7/test/"))).toBe(true);
    expect(loadWorldImage(images[0]!, 16).data.length).toBe(768);
  });

  test("swaps are false by the scene's geometry, not only by its list of relations", () => {
    for (const { image, captions, correct } of task("relation-swap").items) {
      const { objects } = worldScene(parseWorldAddress(image));
      const centre = (kind: string) => {
        const { box } = objects.find((one) => one.kind === kind)!;
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      };
      for (const [index, caption] of captions.entries()) {
        const kinds = objects
          .map(({ kind }) => kind)
          .sort((a, b) => caption.search(`\\b${a}\\b`) - caption.search(`\\b${b}\\b`));
        const [first, second] = kinds.map(centre);
        const says = (words: RegExp) => words.test(caption);
        const holds = says(/left of/)
          ? first!.x < second!.x
          : says(/right of/)
            ? first!.x > second!.x
            : says(/above|over|\bon\b/)
              ? first!.y < second!.y
              : says(/below|under/)
                ? first!.y > second!.y
                : undefined;
        if (holds !== undefined) expect(holds, `${image} ${caption}`).toBe(index === correct);
      }
    }
  });

  test("swaps keep the words, replacements keep their number", () => {
    const sorted = (caption: string) =>
      caption
        .split(/[ .]+/)
        .map((word) => (word === "an" ? "a" : word))
        .sort()
        .join(" ");
    for (const { captions } of [...task("relation-swap").items, ...task("attribute-swap").items]) {
      expect(sorted(captions[0]!)).toBe(sorted(captions[1]!));
    }
    for (const { captions } of task("object-replacement").items) {
      expect(captions[0]!.split(" ").length).toBe(captions[1]!.split(" ").length);
    }
  });

  test.each([1, 2, 3])(
    "word %i-grams of the training captions stay near chance where two captions are compared",
    (order) => {
      const score = textScorer(order);
      for (const name of balanced) {
        if (order === 1 && name.endsWith("swap")) continue; // the same words: every score is a tie
        expect(Math.abs(accuracy(task(name).items, score) - 0.5), name).toBeLessThan(0.08);
      }
    },
  );

  test("retrieval captions are true of their own image alone", () => {
    const pairs = worldRetrieval({ seed: 7, count: 100 });
    expect(new Set(pairs.map(({ captions }) => captions[0])).size).toBe(100);
    expect(pairs[0]).toEqual({ image: "world:7/test/0", captions: ["a big white ball"] });
  });

  test("says what is wrong with a count", () => {
    expect(() => worldTasks({ seed: 7, count: 0 })).toThrow("count is 0; give a whole number from 1");
    expect(() => worldRetrieval({ seed: 7, count: 1.5 })).toThrow("count is 1.5");
  });
});

describe("judge", () => {
  test("tells true, false and arguable statements apart", () => {
    const scene = worldScene({
      seed: 7,
      split: "train",
      index: 1,
      objects: [0, 1, 0, 0],
      relations: { "left of": 1, above: 0, on: 0, in: 0, "in front of": 0 },
    });
    const [left, right] = scene.objects;
    const says = (subject: string, predicate: string, object: string) => {
      const span = { start: 0, end: 0 };
      const objects = [subject, object].map((name, index) => ({ id: `${index}`, name, attributes: [], span }));
      return judge(scene, {
        caption: "",
        objects,
        relations: [{ subject: "0", predicate, object: "1", span }],
        diagnostics: [],
      });
    };
    expect(scene.relations).toEqual([{ subject: 0, predicate: "left of", object: 1 }]);
    expect(says(left!.kind, "left of", right!.kind)).toBe("true");
    expect(says(right!.kind, "right of", left!.kind)).toBe("true");
    expect(says(right!.kind, "left of", left!.kind)).toBe("false");
    expect(says(left!.kind, "on", right!.kind)).toBe("false");
    expect(says(left!.kind, "behind", right!.kind)).toBe("false");
    expect(says(left!.kind, "admires", right!.kind)).toBe("unclear");
    expect(says(left!.kind, "left of", "unicorn")).toBe("false");
  });
});
