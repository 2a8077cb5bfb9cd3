import type { Dataset } from "@tesserae/data";
import { createTokenizer } from "@tesserae/models";
import {
  buildVocabulary,
  caption,
  combineTexts,
  minedNegatives,
  negclip,
  subGraphPairs,
  type TextSource,
} from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";
import { contrastive, givenNegatives } from "@tesserae/train";
import { describe, expect, it } from "vitest";
import { createImageStore } from "../data/image-store.js";
import type { TextBatch } from "../objective/collate.js";
import type { Objective } from "../objective/objective.js";
import { createBatchSource } from "./batch-source.js";

const captions = [
  "a red dog left of a blue cat",
  "a dog",
  "a green boat above a house",
  "a small cat under a white table",
];

/** Four images; the third cannot be read where `broken`. */
const dataset = (broken = false): Dataset => ({
  name: "four",
  revision: "1",
  problems: [],
  samples: captions.map((text, index) => ({
    id: `${index}`,
    image: `${index}.jpg`,
    captions: [text],
    hardNegativeImages: [(index + 1) % 4],
    ...(index === 1 ? { negativeCaptions: ["a given cat"] } : {}),
  })),
  loadImage: async (path) => {
    if (broken && path === "2.jpg") throw new Error("2.jpg: truncated");
    return { width: 3, height: 2, data: new Uint8Array(3 * 3 * 2).fill(Number.parseInt(path, 10)) };
  },
});

function source(
  texts: TextSource,
  more: { batchSize?: number; hardImages?: boolean; fillFromEarlier?: boolean; broken?: boolean } = {},
) {
  const { batchSize = 4, broken = false, ...options } = more;
  const data = dataset(broken);
  const images = createImageStore(data, 2);
  const tokenizer = createTokenizer({ corpus: captions, vocabSize: 520, contextLength: 24 });
  const vocabulary = buildVocabulary(captions.map((text) => parse(text)));
  const objective = contrastive({ texts, ...options }) as unknown as Objective;
  const graphOf = ({ captions: all }: { captions: readonly string[] }, index: number) => parse(all[index]!);
  const batches = createBatchSource({
    dataset: data,
    images,
    graphOf,
    objective,
    batchSize,
    seed: 5,
    context: { vocabulary, tokenizer },
  });
  return { images, batches };
}

describe("createBatchSource", () => {
  it("replaces an unreadable image by the next readable one and reports it", async () => {
    const { batches, images } = source(caption(), { broken: true });
    const { images: pixels } = await batches.batch(0);
    expect(pixels.map(({ data }) => data[0]).sort()).toEqual([0, 1, 3, 3]);
    expect([...images.unreadable]).toEqual([["2.jpg", "2.jpg: truncated"]]);
  });

  it("makes a batch from the seed and the step alone, every image once an epoch, also with texts of the step before", async () => {
    const make = () => source(subGraphPairs(), { batchSize: 2, fillFromEarlier: true }).batches;
    const inOrder = make();
    const all = [await inOrder.batch(0), await inOrder.batch(1), await inOrder.batch(2)];
    expect(make().stepsPerEpoch).toBe(2);
    expect(await make().batch(2)).toEqual(all[2]);
    expect(all[0]).not.toEqual(all[2]);
  });

  it("NegCLIP: 2 B images and 4 B texts, captions, neighbours' captions, negatives, neighbours' negatives", async () => {
    const texts = combineTexts(caption(), givenNegatives(minedNegatives(negclip())));
    const { batches } = source(texts, { batchSize: 2, hardImages: true });
    const { images, collated } = await batches.batch(0);
    const batch = collated as TextBatch;
    const shown = images.map(({ data }) => data[0]!);
    expect(shown.slice(2)).toEqual(shown.slice(0, 2).map((index) => (index + 1) % 4));
    expect(batch.textRow).toHaveLength(8);
    expect([...batch.positiveImage]).toEqual([0, 1, 2, 3]);
    expect([...batch.negativeImage]).toEqual([0, 1, 2, 3]);
    expect([...batch.textRow.subarray(0, 4)].map((row) => batch.texts[row])).toEqual(
      shown.map((index) => captions[index]),
    );
  });

  it("uses the negatives that the data brings, and mines for the others", async () => {
    const { batches } = source(combineTexts(caption(), givenNegatives(minedNegatives(negclip()))));
    const { images, collated } = await batches.batch(0);
    const { textRow, textMask, texts } = collated as TextBatch;
    const negativeOf = (index: number) => {
      const place = 4 + images.findIndex(({ data }) => data[0] === index);
      return textMask[place] === 1 ? texts[textRow[place]!] : undefined;
    };
    expect(negativeOf(1)).toBe("a given cat");
    expect(negativeOf(0)).toMatch(/cat|dog/);
    expect(negativeOf(0)).not.toBe(captions[0]);
  });

  it("keeps the limits of a curriculum's stage", async () => {
    const pairs = subGraphPairs();
    const graphs = [parse("a red dog left of a blue cat, and a green boat above an old house")];
    const vocabulary = buildVocabulary(graphs);
    const first = await pairs.texts(graphs, { rng: seededRng(1), vocabulary, max: { positives: 1, negatives: 1 } });
    expect(Math.max(...first.map(({ positives }) => positives.length))).toBe(2); // the caption and one sub-graph
    expect(Math.max(...first.map(({ negatives }) => negatives.length))).toBe(1);
  });
});
