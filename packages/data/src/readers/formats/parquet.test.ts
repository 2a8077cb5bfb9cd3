import { encodePng, openDataset, parquet, streamCaptions } from "@tesserae/data";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { openParquet } from "../../archives/parquet-file.js";
import { dataError, useTemporaryFolder } from "../../fixtures/temporary-folder.js";

const { records, dataset, write, path } = useTemporaryFolder();
const bytesOf = (options: Parameters<typeof parquetWriteBuffer>[0]) => new Uint8Array(parquetWriteBuffer(options));
const picture = (value: number) => encodePng({ width: 1, height: 1, data: Uint8Array.of(value, 0, 0) });

/** The form of the Hugging Face hub: a column of pairs of bytes and path. */
async function hub(options: { rowGroupSize?: number; pageSize?: number } = {}): Promise<Uint8Array> {
  const images = await Promise.all([10, 20, 30, 40].map(picture));
  return bytesOf({
    schema: [
      { name: "root", num_children: 3 },
      { name: "image", num_children: 2, repetition_type: "OPTIONAL" },
      { name: "bytes", type: "BYTE_ARRAY", repetition_type: "OPTIONAL" },
      { name: "path", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
      { name: "caption", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
      { name: "image_id", type: "INT64", repetition_type: "OPTIONAL" },
    ],
    columnData: [
      {
        name: "image",
        data: images.map((bytes, row) => ({ bytes, path: `${row}.png` })),
      },
      { name: "caption", data: ["a cat", "a dog", "", "a bird"] },
      { name: "image_id", data: [9007199254740993n, 9007199254740992n, 3n, 4n] },
    ],
    ...options,
  } as Parameters<typeof parquetWriteBuffer>[0]);
}

describe("captions of parquet", () => {
  test("columns by their name, whatever its case", async () => {
    const columnData = [
      { name: "URL", data: ["x.jpg", "y.jpg", "z.jpg"] },
      { name: "TEXT", data: ["a cat", "", "a dog"] },
      { name: "width", data: [1, 2, 3] },
    ];
    const bytes = bytesOf({ columnData, rowGroupSize: 2 });
    expect(await records("k.parquet", bytes)).toEqual([
      { where: ": row 1", id: "1", image: "x.jpg", caption: "a cat" },
      { where: ": row 2", problem: "empty caption" },
      { where: ": row 3", id: "3", image: "z.jpg", caption: "a dog" },
    ]);
    expect(await dataError(dataset("l.parquet", bytesOf({ columnData: [{ name: "size", data: [1] }] })))).toMatch(
      /^unknown-format: .*: has the columns size; expected a caption/,
    );
    const damaged = bytes.map((byte, index) => (index > 3 && index < 60 ? 0xff : byte));
    expect(await dataError(dataset("r.parquet", damaged))).toMatch(/^malformed: .*: rows 1 to 2 cannot be read \(/);
    expect(await dataError(dataset("s.parquet", bytes.slice(0, -20)))).toMatch(
      /^malformed: .*: not a whole parquet file/,
    );
    expect(await dataError(dataset("m.parquet", "no parquet"))).toMatch(/^malformed: .*: not a whole parquet file/);
  });

  test("lists of captions, nulls, and bytes that are no UTF-8", async () => {
    const columnData = [
      { name: "captions", data: [["a cat", " "], null, []], type: "JSON" as const },
      { name: "caption", data: ["x", "a dog", "a bird"] },
    ];
    expect(
      (await records("n.parquet", bytesOf({ columnData }))).map((one) =>
        "caption" in one ? one.caption : one.problem,
      ),
    ).toEqual(["empty caption", "a cat", "a dog", expect.stringMatching(/^an empty list; expected a caption/)]);
    const raw = [Buffer.from("a cat"), Buffer.from("a caf\xe9", "latin1"), Buffer.from("a café")];
    const binary = bytesOf({ columnData: [{ name: "caption", data: raw, type: "BYTE_ARRAY" }] });
    expect(await records("b.parquet", binary)).toEqual([
      { where: ": row 1", id: "1", caption: "a cat" },
      { where: ": row 2", problem: "column caption is not UTF-8" },
      { where: ": row 3", id: "3", caption: "a café" },
    ]);
  });

  test("the hub's form: ids beyond 2^53 stay apart, the path of an image is kept", async () => {
    const found = await records("hub.parquet", await hub());
    const file = path("hub.parquet");
    expect(found).toEqual([
      { where: ": row 1", id: "9007199254740993", image: `${file}#1/0.png`, caption: "a cat" },
      { where: ": row 2", id: "9007199254740992", image: `${file}#2/1.png`, caption: "a dog" },
      { where: ": row 3", problem: "empty caption" },
      { where: ": row 4", id: "4", image: `${file}#4/3.png`, caption: "a bird" },
    ]);
  });
});

describe("images of parquet", () => {
  test.each([
    ["with an index of its pages", { rowGroupSize: 2, pageSize: 60 }],
    ["without one", { rowGroupSize: 2 }],
    ["in one row group", {}],
  ])("%s", async (_, options) => {
    const file = await write("images.parquet", await hub(options));
    const { name, samples, loadImage } = await openDataset(parquet(file));
    expect(name).toBe("parquet");
    expect((await openParquet(file)).groups[0]!.indexed.has("image")).toBe("pageSize" in options);
    const reds = await Promise.all([...samples].reverse().map(async ({ image }) => (await loadImage(image)).data[0]));
    expect(reds).toEqual([40, 20, 10]);
    await expect(loadImage(`${file}#9`)).rejects.toThrow("images.parquet#9: this row has no image");
    await expect(loadImage("elsewhere")).rejects.toThrow("elsewhere: no such image; expected file.parquet#<row>");
  });

  test("a column of bytes alone, in a folder of parts named by their split", async () => {
    const jpg = async (value: number) => [
      { name: "jpg", data: [await picture(value)], type: "BYTE_ARRAY" as const },
      { name: "txt", data: ["x"] },
      { name: "caption", data: [`caption ${value}`] },
    ];
    await write("parts/train-00000-of-00002.parquet", bytesOf({ columnData: await jpg(1) }));
    await write("parts/train-00001-of-00002.parquet", bytesOf({ columnData: await jpg(2) }));
    await write("parts/validation-00000-of-00001.parquet", bytesOf({ columnData: await jpg(3) }));
    const { samples, loadImage } = await openDataset(path("parts"), { split: "train" });
    expect(samples.map(({ captions, split }) => [...captions, split])).toEqual([
      ["caption 1", "train"],
      ["caption 2", "train"],
    ]);
    expect((await loadImage(samples[1]!.image)).data[0]).toBe(2);
    const validation = await openDataset(path("parts"), { split: "val" });
    expect(validation.samples.map(({ captions }) => captions[0])).toEqual(["caption 3"]);
  });

  test("that the file only names are looked for like those of other files", async () => {
    const columnData = [
      { name: "file_name", data: ["1.png", "2.png"] },
      { name: "text", data: ["a cat", "a dog"] },
    ];
    await write("named/images/1.png", await picture(5));
    const { samples, problems, loadImage } = await dataset("named/x.parquet", bytesOf({ columnData }));
    expect(samples).toEqual([{ id: "1", image: path("named/images/1.png"), captions: ["a cat"] }]);
    expect(problems).toEqual([": row 2: no image 2.png; skipped"]);
    expect((await loadImage(samples[0]!.image)).data[0]).toBe(5);
    const alone = await dataset("alone.parquet", bytesOf({ columnData }));
    expect([alone.captionsOnly, alone.samples.length]).toEqual([true, 2]);
    await expect(alone.loadImage("1.png")).rejects.toThrow("1.png: the data set was opened for its captions only");
  });

  test("are not read for their captions", async () => {
    const rows = 400;
    const images = Array.from({ length: rows }, (_, row) => new Uint8Array(100_000).map((_, i) => (i * row) % 251));
    const columnData = [
      { name: "image", data: images, type: "BYTE_ARRAY" as const },
      { name: "caption", data: images.map((_, row) => `caption ${row}`) },
    ];
    const file = await write("large.parquet", bytesOf({ columnData, rowGroupSize: 100, codec: "UNCOMPRESSED" }));
    images.length = 0;
    let highest = 0;
    let count = 0;
    const before = process.memoryUsage().arrayBuffers;
    for await (const _ of streamCaptions(file)) {
      count++;
      highest = Math.max(highest, process.memoryUsage().arrayBuffers - before);
    }
    expect(count).toBe(rows);
    expect(highest).toBeLessThan(4_000_000);
  });
});
