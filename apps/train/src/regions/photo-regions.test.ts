import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { photoRegions } from "./photo-regions.js";

const photo = (index: number, more: object = {}) => ({
  file: `${index}.jpg`,
  width: 200,
  height: 100,
  captions: ["A brown dog on the grass.", "A dog."],
  boxes: [
    { category: "dog", bbox: [10, 10, 40, 40], iscrowd: 0 },
    { category: "frisbee", bbox: [60, 10, 20, 20], iscrowd: 0 },
    { category: "person", bbox: [0, 0, 200, 100], iscrowd: 1 },
  ],
  box_source: "instances",
  ...more,
});

async function folderOf(lines: readonly unknown[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "photos-"));
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  await writeFile(join(folder, "annotations.jsonl"), `${text}\n`);
  return folder;
}

describe("photoRegions", () => {
  it("takes attributes from the captions' graphs, and a box's category as its truth where captions name it", async () => {
    const folder = await folderOf(Array.from({ length: 20 }, (_, index) => photo(index)));
    const train = await photoRegions(folder, "train", 0);
    expect(train.attributes).toEqual(["brown", "dog", "grass"]);
    expect(train.samples).toHaveLength(13);
    const [sample] = train.samples;
    expect([sample!.width, sample!.height]).toEqual([200, 200]);
    expect(sample!.boxes).toEqual([
      [10, 10, 40, 40],
      [60, 10, 20, 20],
    ]);
    expect(sample!.categories).toEqual(["dog", "frisbee"]);
    expect(sample!.truth).toEqual([["dog"], []]);
    expect(sample!.sentences).toEqual(["A brown dog on the grass.", "A dog."]);
  });

  it("has no photo in two splits, the same ones for a seed, and leaves out photos without boxes", async () => {
    const folder = await folderOf([
      ...Array.from({ length: 20 }, (_, index) => photo(index)),
      photo(20, { box_source: null }),
      photo(21, { boxes: [] }),
    ]);
    const parts = await Promise.all((["train", "val", "test"] as const).map((split) => photoRegions(folder, split, 3)));
    const images = parts.flatMap(({ samples }) => samples.map(({ image }) => image));
    expect(images).toHaveLength(20);
    expect(new Set(images).size).toBe(20);
    expect((await photoRegions(folder, "val", 3)).samples).toEqual(parts[1]!.samples);
  });

  it("reads COCO's own folder: val2017 is the test; boxes without area and images without captions are counted", async () => {
    const folder = await mkdtemp(join(tmpdir(), "coco-"));
    await mkdir(join(folder, "annotations"));
    const write = async (split: string, count: number) => {
      const images = Array.from({ length: count }, (_, id) => ({
        id,
        file_name: `${id}.jpg`,
        width: 200,
        height: 100,
      }));
      const boxes = images.map(({ id }) => ({ image_id: id, category_id: 7, bbox: [1, 2, 30, id === 0 ? 0 : 40] }));
      const captions = images.slice(0, -1).map(({ id }) => ({ image_id: id, caption: "A brown dog.\n" }));
      const categories = [{ id: 7, name: "dog" }];
      const file = (kind: string) => join(folder, "annotations", `${kind}_${split}.json`);
      await writeFile(file("instances"), JSON.stringify({ images, annotations: boxes, categories }));
      await writeFile(file("captions"), JSON.stringify({ annotations: captions }));
    };
    await write("train2017", 22);
    await write("val2017", 4);
    const [train, val, test] = await Promise.all(
      (["train", "val", "test"] as const).map((split) => photoRegions(folder, split, 0)),
    );
    expect([train!.samples.length, val!.samples.length, test!.samples.length]).toEqual([18, 2, 2]);
    expect(test!.samples[0]).toMatchObject({ image: "val2017/1.jpg", boxes: [[1, 2, 30, 40]], truth: [["dog"]] });
    expect(train!.problems).toEqual([
      "train2017: 1 boxes without area or of an unknown category are left out",
      "train2017: 1 images without a caption are left out",
      "val2017: 1 boxes without area or of an unknown category are left out",
      "val2017: 1 images without a caption are left out",
    ]);
  });

  it("says which line is wrong", async () => {
    const broken = await folderOf([photo(0), '{"file": "1.jpg"']);
    await expect(photoRegions(broken, "train", 0)).rejects.toThrow("annotations.jsonl:2: is no JSON");
    const negative = await folderOf([photo(0, { boxes: [{ category: "dog", bbox: [1, 1, -4, 2] }] })]);
    await expect(photoRegions(negative, "train", 0)).rejects.toThrow("annotations.jsonl:1: boxes.0.bbox.2");
    await expect(photoRegions("/nowhere", "train", 0)).rejects.toThrow("annotations.jsonl: cannot be read (ENOENT)");
  });
});
