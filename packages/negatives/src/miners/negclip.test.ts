import { type NegclipOptions, negclip } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const mine = async (caption: string, options?: NegclipOptions) => {
  const [negatives] = await negclip(options).mine([parse(caption)], { rng: seededRng(1) });
  return negatives!.map((negative) => negative.caption).sort();
};

describe("negclip", () => {
  it("makes the swaps of the authors' first example", async () => {
    const swaps = await mine("A child holding a flowered umbrella and petting a yak.", { maxNegatives: 100 });
    expect(swaps).toEqual([
      "A child holding a flowered yak and petting an umbrella.",
      "A child petting a flowered umbrella and holding a yak.",
      "A yak holding a flowered umbrella and petting a child.",
      "An umbrella holding a flowered child and petting a yak.",
    ]);
  });

  it.each<[string, NegclipOptions, string[]]>([
    ["a little girl chases a blue kite", { groups: ["noun-phrase"] }, ["a blue kite chases a little girl"]],
    ["dogs chase a herd of cows", { groups: ["plural-noun"] }, ["cows chase a herd of dogs"]],
    ["a red dog behind a blue cat", { groups: ["adjective"] }, ["a blue dog behind a red cat"]],
    [
      "a man eating cake while a boy is drinking milk",
      { groups: ["verb-phrase"] },
      ["a man drinking cake while a boy is eating milk"],
    ],
  ])("swaps within a group: %s", async (caption, options, expected) => {
    expect(await mine(caption, options)).toEqual(expected);
  });

  it("gives at most maxNegatives, all different", async () => {
    const caption = "A man with a dog, a cat in a box, a bird on a tree and a horse behind a house.";
    expect(await mine(caption)).toHaveLength(5);
    expect(new Set(await mine(caption, { maxNegatives: 12 })).size).toBe(12);
  });

  it("finds none in a caption with one noun, and does not swap within one thing's name", async () => {
    expect(await mine("a dog")).toEqual([]);
    expect(await mine("a fire truck")).toEqual([]);
  });

  it("leaves the words of a preposition alone", async () => {
    expect(await mine("a man in front of a house", { groups: ["noun"] })).toEqual(["a house in front of a man"]);
  });
});
