import { describe, expect, test } from "vitest";
import { dataError, useTemporaryFolder } from "../../fixtures/temporary-folder.js";

const { records, dataset, path, write } = useTemporaryFolder();
const lines = (...values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join("");

describe("JSON lines", () => {
  test("texts, lists, objects, and what is none of them", async () => {
    const content = [
      '"a cat"',
      '["a dog", " "]',
      '{"id": 0, "image": "7.jpg", "caption": "a bird"}',
      '{"file": "8.jpg", "captions": ["a fish", "a shark"]}',
      '{"oops"',
      "",
      '{"words": 3}',
      "12",
      '{"captions": []}',
      '{"captions": ["a", 3]}',
    ];
    const found = await records("b.jsonl", content.join("\n"));
    expect(found.slice(0, 6)).toEqual([
      { where: ":1", id: "1", caption: "a cat" },
      { where: ":2", problem: "empty caption" },
      { where: ":2", id: "2", caption: "a dog" },
      { where: ":3", id: "0", image: "7.jpg", caption: "a bird" },
      { where: ":4", id: "4", image: "8.jpg", caption: "a fish" },
      { where: ":4", id: "4", image: "8.jpg", caption: "a shark" },
    ]);
    expect(found[6]).toMatchObject({ where: ":5", problem: expect.stringMatching(/^not JSON \(.+\)$/) });
    expect(found[7]).toEqual({ where: ":6", problem: "empty line; expected JSON" });
    expect(found[8]).toMatchObject({
      where: ":7",
      problem: expect.stringMatching(
        /^expected a caption in one of the fields captions, caption, .*found \["words"\]$/,
      ),
    });
    expect(found[9]).toMatchObject({ where: ":8", problem: expect.stringMatching(/^expected a caption .*found 12$/) });
    expect(found[10]).toMatchObject({
      where: ":9",
      problem: expect.stringMatching(/^an empty list; expected a caption/),
    });
    expect(found.slice(11)).toEqual([
      { where: ":10", problem: "expected a caption, as a text or a list of texts, found 3" },
      { where: ":10", id: "10", caption: "a" },
    ]);
  });

  test.each(["file_path", "filename", "path", "file_name", "filepath", "image_path", "image_file", "img", "File_Name"])(
    "the image in %s",
    async (field) => {
      expect(await records("i.jsonl", lines({ [field]: "x.jpg", caption: "a dog" }))).toEqual([
        { where: ":1", id: "1", image: "x.jpg", caption: "a dog" },
      ]);
    },
  );

  test.each([
    [{ captions: null, caption: "a dog" }],
    [{ captions: "", caption: "a dog" }],
    [{ caption: " ", text: "a dog" }],
    [{ caption: null, sentences: [{ raw: "a dog" }] }],
    [{ description: "a dog" }],
    [{ DOCCI: "a dog", image: null }],
  ])("a field without a value hides no other: %j", async (record) => {
    expect(await records("n.jsonl", lines(record))).toEqual([{ where: ":1", id: "1", caption: "a dog" }]);
  });

  test("nulls alone are an empty caption", async () => {
    const content = lines({ captions: null, caption: null }, { caption: "a dog" });
    expect((await records("null.jsonl", content))[0]).toEqual({ where: ":1", problem: "empty caption" });
  });

  test("ids beyond 2^53 stay apart, and texts with many digits stay texts", async () => {
    const content =
      '{"image_id": 9007199254740993, "caption": "a cat 12345678901234567890"}\n' +
      '{"image_id": 9007199254740992, "caption": "[1234567890123456789, \\"x\\"]"}\n' +
      '{"image_id": -9007199254740995, "caption": "a dog"}\n';
    expect((await records("ids.jsonl", content)).map((one) => "caption" in one && [one.id, one.caption])).toEqual([
      ["9007199254740993", "a cat 12345678901234567890"],
      ["9007199254740992", '[1234567890123456789, "x"]'],
      ["-9007199254740995", "a dog"],
    ]);
  });

  test("names of files are no captions", async () => {
    const content = lines(
      ["https://x.org/1.jpg", "a cat", "https://x.org/2.jpg", "a dog"],
      ["VG_100K/1.jpg", { POS: ["a cat"], NEG: ["a dog"] }],
      { caption: "1.png" },
      { caption: "a dog.jpg of a dog" },
    );
    expect(
      (await records("names.jsonl", content)).map((one) => ("caption" in one ? one.caption : one.problem)),
    ).toEqual([
      expect.stringMatching(/^names of files among the texts; expected a caption, .*found \["https:/),
      expect.stringMatching(/^names of files among the texts; expected a caption, .*found \["VG_100K/),
      'the name of a file, "1.png"; expected a caption, as a text or a list of texts',
      "a dog.jpg of a dog",
    ]);
  });

  test("numbers with many digits after the point stay numbers", async () => {
    const boxes =
      '[{"category": "cat", "bbox": [0.1234567890123456, 1e21, 236.50000000000000000, -3.0000000000000000]}]';
    const line = `{"id": 12345678901234567, "caption": "a cat", "boxes": ${boxes}}\n`;
    const { samples, problems } = await dataset("digits.jsonl", line);
    expect(problems).toEqual([]);
    expect(samples[0]).toEqual({
      id: "12345678901234567",
      image: "12345678901234567",
      captions: ["a cat"],
      boxes: [{ category: "cat", bbox: [0.1234567890123456, 1e21, 236.5, -3] }],
    });
  });

  test("an id given to two images is reported; one image on several lines is one sample", async () => {
    const content = lines(
      { id: 4, file: "a.jpg", caption: "a cat" },
      { id: 4, file: "b.jpg", caption: "a dog" },
      { id: 5, file: "a.jpg", caption: "one cat" },
      { caption: "lost" },
    );
    const { samples, problems } = await dataset("twice.jsonl", content);
    expect(samples).toEqual([{ id: "4", image: "a.jpg", captions: ["a cat", "one cat"] }]);
    expect(problems).toEqual([
      ":2: the id 4 is that of a.jpg (:1); skipped",
      ":4: names no image, as other records do; skipped",
    ]);
  });

  test("numbers of lines are no ids: two files may have the same", async () => {
    await write("part/0.jsonl", lines({ file: "a.jpg", caption: "a cat" }, { file: "b.jpg", caption: "a dog" }));
    await write("part/1.jsonl", lines({ file: "c.jpg", caption: "a bird" }, "no image"));
    const { openDataset } = await import("@tesserae/data");
    const { samples, problems } = await openDataset(path("part/{0..1}.jsonl"));
    expect(samples.map(({ id, image }) => [id, image])).toEqual([
      ["1", "a.jpg"],
      ["2", "b.jpg"],
      ["1-2", "c.jpg"],
    ]);
    expect(problems).toEqual([`${path("part/1.jsonl")}:2: names no image, as other records do; skipped`]);
  });

  test("UTF-16, bytes that are no UTF-8, and boxes that cannot be used", async () => {
    expect(await records("u.jsonl", Buffer.from(`\uFEFF${lines({ caption: "a café" })}`, "utf16le"))).toEqual([
      { where: ":1", id: "1", caption: "a café" },
    ]);
    const latin = Buffer.from(lines({ caption: "a cafe" }, { caption: "a caf\xe9" }), "latin1");
    expect((await records("l.jsonl", latin))[1]).toEqual({ where: ":2", problem: "not UTF-8; save the file as UTF-8" });
    const boxes = [{ category: "cat", bbox: [1, 2, 3, 4] }, { bbox: [1, 2, 3, 4] }];
    const { samples, problems } = await dataset("x.jsonl", lines({ caption: "a", boxes }, { caption: "b", boxes: 3 }));
    expect(samples.map((sample) => sample.boxes)).toEqual([[{ category: "cat", bbox: [1, 2, 3, 4] }], undefined]);
    expect(problems).toEqual([
      ':1: boxes[1] must have a category and a bbox of four numbers, found {"bbox":[1,2,3,4]}; skipped',
      ':2: "boxes" must be a list, found 3; skipped',
    ]);
  });
});

describe("one JSON value", () => {
  test("a list of records, an object with one, an object of them", async () => {
    expect(await records("h.json", '[{"text": "a dog"}, {"text": ""}]')).toEqual([
      { where: ": [0]", id: "1", caption: "a dog" },
      { where: ": [1]", problem: "empty caption" },
    ]);
    expect(await records("d.json", '{"info": 1, "data": [\n{"image_id": 3, "caption_str": "a dog"}]}')).toEqual([
      { where: ": data[0]", id: "3", caption: "a dog" },
    ]);
    expect(
      await records("o.json", '{"7": {"filename": "7.jpg", "caption": "a dog", "negative_caption": "a cat"}}'),
    ).toEqual([{ where: ': ["7"]', id: "7", image: "7.jpg", caption: "a dog" }]);
    expect(await records("texts.json", '["a dog", "a cat, {sic}"]')).toEqual([
      { where: ": [0]", id: "1", caption: "a dog" },
      { where: ": [1]", id: "2", caption: "a cat, {sic}" },
    ]);
  });

  test("a list is read element by element, wherever a piece of the file ends", async () => {
    const captions = Array.from({ length: 3000 }, (_, i) => `dog ${i} "in" [a] {box}, \\ é${"x".repeat(i % 50)}`);
    const found = await records("long.json", JSON.stringify(captions.map((caption) => ({ caption }))));
    expect(found.map((one) => "caption" in one && one.caption)).toEqual(captions);
  });

  test("what is cut, indented or of another form is not taken for captions", async () => {
    for (const content of ['{"images": [{"id": 1', "{", '["a", "b', '[{"caption": "a"},']) {
      expect(await dataError(dataset("cut.json", content)), content).toMatch(
        /^malformed: .*cut\.json: (not JSON|the JSON list is cut short)/,
      );
    }
    expect(await records("indented.json", '[\n  {"caption": "a dog"}\n]')).toEqual([
      { where: ": [0]", id: "1", caption: "a dog" },
    ]);
    expect(await dataError(dataset("rows.json", '{"rows": 3}'))).toMatch(
      /^unknown-format: .*: found the keys \["rows"\]; expected a JSON list of objects/,
    );
  });
});

describe("COCO's captions", () => {
  test("joins captions to images and reports what does not fit", async () => {
    await write("images/a.png", "");
    await write("images/b.png", "");
    const coco = {
      images: [{ id: 1, file_name: "a.png" }, { id: 2, file_name: "gone.png" }, { id: 3, file_name: "b.png" }, {}],
      annotations: [
        { image_id: 1, caption: "a cat " },
        { image_id: 2, caption: "a dog" },
        { image_id: 1, caption: "one cat" },
        { image_id: 8, caption: "a bird" },
        { image_id: 3, caption: " " },
      ],
    };
    const { name, samples, problems } = await dataset("coco.json", JSON.stringify(coco));
    expect(name).toBe("coco-captions");
    expect(samples).toEqual([{ id: "1", image: path("images/a.png"), captions: ["a cat", "one cat"] }]);
    expect(problems).toEqual([
      ": annotations[4]: no image_id or no caption; skipped",
      ": images[1]: no image gone.png; skipped",
      ": images[2] (b.png): no caption; skipped",
      ": images[3]: no id or no file_name; skipped",
      ': image 8: not in "images", so its captions (1) have no image; skipped',
    ]);
  });

  test("takes an id once, also one beyond 2^53, and reads indented files", async () => {
    const text = `{
      "annotations": [{"image_id": 9007199254740993, "caption": "a cat"}, {"image_id": "5", "caption": "a dog"}],
      "images": [{"id": 9007199254740993, "file_name": "a.png"}, {"id": 9007199254740993, "file_name": "b.png"},
        {"id": 9007199254740992, "file_name": "c.png"}, {"id": 5, "file_name": "d.png"}]
    }`;
    const { samples, problems } = await dataset("elsewhere/twice.json", text);
    expect(samples.map(({ id, image }) => [id, image])).toEqual([
      ["9007199254740993", "a.png"],
      ["5", "d.png"],
    ]);
    expect(problems).toEqual([
      ": images[1] (b.png): the id 9007199254740993 is that of an image before it; skipped",
      ": images[2] (c.png): no caption; skipped",
    ]);
  });

  test("without images or annotations, an error", async () => {
    expect(await dataError(dataset("none.json", '{"images": [], "annotations": []}'))).toMatch(
      /^empty: .*holds no record/,
    );
    expect(await dataError(dataset("half.json", '{"annotations": [\n{"image_id": 1, "caption": "a"}]}'))).toMatch(
      /^unknown-format: .*found the keys \["annotations"\]; expected COCO captions/,
    );
  });
});

test("Karpathy's dataset_coco.json, with its splits", async () => {
  const image = (cocoid: number, split: string, ...captions: readonly string[]) => ({
    filepath: "val2014",
    filename: `${cocoid}.jpg`,
    cocoid,
    split,
    sentences: captions.map((raw, sentid) => ({ tokens: raw.split(" "), raw, sentid })),
  });
  const images = [
    image(1, "train", "A cat.", "One cat."),
    image(2, "restval", "A dog."),
    image(3, "test", "A bird."),
    image(4, "val", " "),
    { sentences: [{ raw: "A fish." }] },
  ];
  const content = JSON.stringify({ images, dataset: "coco" });
  const all = await dataset("dataset_coco.json", content);
  expect([all.name, all.samples.length]).toEqual(["karpathy", 3]);
  expect(all.problems).toEqual([
    ": images[3]: empty caption; skipped",
    ': images[4]: expected a "filename", found {"sentences":[{"raw":"A fish."}]}; skipped',
  ]);
  expect(await dataError(dataset("k.json", JSON.stringify({ images: images.slice(0, 3) }), { split: "trian" }))).toBe(
    `bad-option: ${path("k.json")}: no record of the split "trian"; its splits are train, restval, test`,
  );
  expect(await dataError(dataset("k.txt", "a dog\n", { split: "train" }))).toMatch(/its records name no split$/);
  const train = await dataset("dataset_coco.json", content, { split: "train" });
  expect(train.samples).toEqual([
    { id: "1", image: "val2014/1.jpg", captions: ["A cat.", "One cat."], split: "train" },
    { id: "2", image: "val2014/2.jpg", captions: ["A dog."], split: "restval" },
  ]);
});
