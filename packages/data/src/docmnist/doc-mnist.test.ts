import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { docMnist, docMnistAttributes, docMnistPrompts, drawnDigits, readMnist } from "@tesserae/data";
import { describe, expect, it } from "vitest";

const digits = drawnDigits({ train: 200, test: 50 });

describe("docMnist", () => {
  const set = docMnist({ digits, split: "train", complexity: 16, budget: 3000 });

  it("fills slots of a 3 x 3 grid up to the complexity, and images up to the budget", () => {
    let total = 0;
    for (const { regions, boxes, captions, sentences } of set.samples) {
      const pairs = regions.reduce((sum, { attributes }) => sum + attributes.length, 0);
      total += pairs;
      expect(pairs).toBeLessThanOrEqual(16);
      expect(regions.length).toBeLessThanOrEqual(9);
      const places = regions.map(({ box: [x, y, width, height] }) => {
        expect([x % 28, y % 28, width, height]).toEqual([0, 0, 28, 28]);
        return 3 * (y / 28) + x / 28;
      });
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      expect(boxes!.map(({ category }) => category)).toEqual(regions.map(({ attributes }) => attributes[0]));
      expect(captions).toEqual([sentences.join(" . ")]);
      expect(new Set(sentences).size).toBe(sentences.length);
      const said = new Set(regions.flatMap(({ attributes }) => attributes));
      for (const attribute of said)
        expect(sentences.some((sentence) => sentence.endsWith(attribute) || sentence.includes(` ${attribute} `))).toBe(
          true,
        );
    }
    expect(total).toBeLessThanOrEqual(3000);
    expect(total).toBeGreaterThan(3000 - 16);
    expect(total / set.samples.length).toBeCloseTo(15, 0);
  });

  it("has nine regions where the complexity allows it, and fewer images the more it allows", () => {
    const full = docMnist({ digits, split: "train", complexity: 36, budget: 3000 });
    expect(full.samples.every(({ regions }) => regions.length === 9)).toBe(true);
    const small = docMnist({ digits, split: "train", complexity: 5, budget: 3000 });
    expect(small.samples.length).toBeGreaterThan(set.samples.length);
    expect(set.samples.length).toBeGreaterThan(full.samples.length);
  });

  it("draws the colours, the white shapes and the black ground", async () => {
    const colors: Record<string, string> = {
      red: "255,0,0",
      yellow: "208,255,0",
      green: "0,255,92",
      blue: "0,116,255",
      purple: "184,0,255",
    };
    for (const { image, regions } of set.samples.slice(0, 20)) {
      const { width, height, data } = await set.loadImage(image);
      expect([width, height]).toEqual([84, 84]);
      const pixelsOf = (x: number, y: number): string[] =>
        Array.from({ length: 784 }, (_, at) => {
          const start = 3 * ((y + Math.floor(at / 28)) * 84 + x + (at % 28));
          return data.slice(start, start + 3).join();
        });
      const filled = new Set(regions.map(({ box }) => `${box[0]},${box[1]}`));
      for (const { box, attributes } of regions) {
        const pixels = pixelsOf(box[0], box[1]);
        expect(pixels.filter((pixel) => pixel === colors[attributes[1]!]).length).toBeGreaterThan(20);
        const line = pixels.filter((pixel) => pixel === "255,255,255").length;
        const sizes: Record<string, number> = {
          "circle small": 4,
          "circle medium": 16,
          "circle large": 28,
          "rectangle small": 12,
          "rectangle medium": 24,
          "rectangle large": 36,
        };
        expect(line).toBe(attributes.length === 2 ? 0 : sizes[`${attributes[2]} ${attributes[3]}`]);
      }
      for (const slot of [0, 1, 2, 3, 4, 5, 6, 7, 8].map(
        (index) => [28 * (index % 3), 28 * Math.floor(index / 3)] as const,
      )) {
        if (!filled.has(slot.join())) expect(new Set(pixelsOf(...slot))).toEqual(new Set(["0,0,0"]));
      }
    }
    await expect(set.loadImage("docmnist:train/99999")).rejects.toThrow(
      "docmnist:train/99999: expected docmnist:train/0 to",
    );
  });

  it("is the same for the same seed, and shares no digit between training and validation", () => {
    const again = docMnist({ digits, split: "train", complexity: 16, budget: 3000 });
    expect(again.samples).toEqual(set.samples);
    expect(docMnist({ digits, split: "train", complexity: 16, budget: 3000, seed: 1 }).samples).not.toEqual(
      set.samples,
    );
    const seen = (split: "train" | "val"): Set<number> => {
      const used = new Set<number>();
      const watched = {
        ...digits,
        train: {
          ...digits.train,
          label: (at: number) => {
            used.add(at);
            return digits.train.label(at);
          },
        },
      };
      docMnist({ digits: watched, split, complexity: 36, budget: 6000 });
      return used;
    };
    const [train, val] = [seen("train"), seen("val")];
    expect([train.size, val.size]).toEqual([160, 40]);
    expect([...val].filter((at) => train.has(at))).toEqual([]);
  });

  it("has twenty attributes, each with its prompts", () => {
    expect(docMnistAttributes).toHaveLength(20);
    expect(docMnistPrompts("red")).toEqual([
      "the color is red",
      "the digit appears to be red",
      "there is a red image",
      "the image is red",
    ]);
    expect(docMnistPrompts("small")).toEqual([
      "the shape size is small",
      "the size of the shape is small",
      "the shape is small",
    ]);
    expect(() => docMnistPrompts("pink")).toThrow('"pink" is none of DocMNIST\'s attributes: zero, one');
  });

  it("says which option is wrong", () => {
    const make = (options: object): unknown => docMnist({ digits, split: "train", complexity: 16, ...options });
    expect(() => make({ complexity: 3 })).toThrow("docmnist: complexity is 3; give a whole number of at least 4");
    expect(() => make({ budget: 5 })).toThrow("docmnist: budget is 5");
    expect(() => make({ split: "dev" })).toThrow('docmnist: unknown split "dev"; expected train, val or test');
    expect(() => make({ seed: 0.5 })).toThrow("docmnist: seed is 0.5");
  });
});

describe("readMnist", () => {
  const idx = (number: number, sizes: readonly number[], bytes: readonly number[]): Buffer => {
    const header = Buffer.alloc(4 + 4 * sizes.length);
    header.writeUInt32BE(number, 0);
    sizes.forEach((size, axis) => void header.writeUInt32BE(size, 4 + 4 * axis));
    return Buffer.concat([header, Buffer.from(bytes)]);
  };
  const write = async (changes: Record<string, Buffer> = {}): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), "mnist-"));
    const pixels = Array.from({ length: 2 * 784 }, (_, at) => at % 256);
    const files: Record<string, Buffer> = {
      "train-images-idx3-ubyte": idx(2051, [2, 28, 28], pixels),
      "train-labels-idx1-ubyte": idx(2049, [2], [7, 3]),
      "t10k-images-idx3-ubyte.gz": gzipSync(idx(2051, [1, 28, 28], pixels.slice(0, 784))),
      "t10k-labels-idx1-ubyte.gz": gzipSync(idx(2049, [1], [9])),
      ...changes,
    };
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
    return folder;
  };

  it("reads idx files, packed or not", async () => {
    const { train, test } = await readMnist(await write());
    expect([train.count, train.label(0), train.label(1), test.count, test.label(0)]).toEqual([2, 7, 3, 1, 9]);
    expect(Array.from(train.pixels(1).slice(0, 3))).toEqual([16, 17, 18]); // 784 = 3 * 256 + 16
  });

  it.each([
    ["train-labels-idx1-ubyte", idx(2049, [3], [1, 2, 3]), "2 train images and 3 labels"],
    ["train-labels-idx1-ubyte", idx(2049, [2], [1, 12]), "train label 1 is 12; expected 0 to 9"],
    ["train-labels-idx1-ubyte", idx(2051, [2], [1, 2]), "is no idx file with 1 axes of bytes (number 2049)"],
    ["train-images-idx3-ubyte", idx(2051, [1, 20, 28], []), "pictures are 20 x 28; expected 28 x 28"],
    ["train-images-idx3-ubyte", idx(2051, [2, 28, 28], [1]), "has 17 bytes; expected 1584 for 2 records"],
    ["t10k-labels-idx1-ubyte.gz", Buffer.from("no"), "cannot be unpacked"],
  ])("says what is wrong with %s", async (name, bytes, fault) => {
    await expect(readMnist(await write({ [name]: bytes }))).rejects.toThrow(fault);
  });

  it("says which file is missing", async () => {
    await expect(readMnist("/no/such")).rejects.toThrow(
      "images-idx3-ubyte: there is no such file, packed (.gz) or not",
    );
  });

  const mnist = fileURLToPath(new URL("../../../../../shared/data/mnist", import.meta.url));
  const absent = !existsSync(mnist);
  it.skipIf(absent)(absent ? "real files (skipped: shared/data is not here)" : "reads the real files", async () => {
    const real = await readMnist(mnist);
    expect([real.train.count, real.test.count]).toEqual([60_000, 10_000]);
    expect([0, 1, 2, 3, 4].map((index) => real.train.label(index))).toEqual([5, 0, 4, 1, 9]);
    // The reference code's own example: target 16 comes out at a mean of 15.2.
    const { samples } = docMnist({ digits: real, split: "train", complexity: 16 });
    const pairs = samples.map(({ regions }) => regions.reduce((sum, { attributes }) => sum + attributes.length, 0));
    expect(pairs.reduce((sum, count) => sum + count, 0) / samples.length).toBeCloseTo(15.2, 1);
  });
});
