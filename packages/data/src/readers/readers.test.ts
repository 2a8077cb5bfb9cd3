import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  DataError,
  encodePng,
  openDataset,
  readCaptions,
  readCocoCaptions,
  readKarpathy,
  readNegclipTsv,
  readPhotos,
  splitByImage,
} from "@tesserae/data";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const shared = fileURLToPath(new URL("../../../../../shared/data", import.meta.url));
const absent = !existsSync(shared);
const real = describe.skipIf(absent);
const label = absent ? "real data (skipped: the folder shared/data is not here)" : "real data";

let folder: string;
const path = (name: string) => join(folder, name);
const write = async (name: string, text: string) => {
  await writeFile(path(name), text);
  return path(name);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-data-"));
  await mkdir(path("images"));
  const pixel = await encodePng({ width: 1, height: 1, data: Uint8Array.of(9, 9, 9) });
  for (const name of ["a.png", "b.png"]) await writeFile(path(`images/${name}`), pixel);
});
afterAll(() => rm(folder, { recursive: true }));

async function failure(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DataError)) throw new Error(`expected a DataError, got ${String(error)}`);
  expect(error.message).not.toContain("\n");
  return { code: error.code, message: error.message };
}

describe("readPhotos", () => {
  test("reads good lines and reports every bad one by its line", async () => {
    const lines = [
      '{"image_id": 4, "file": "a.png", "captions": ["a cat", " "], "boxes": [{"category": "cat", "bbox": [1, 2, 3, 4]}]}',
      '{"file": "b.png", "captions": ["a dog"]',
      '{"file": "b.png"}',
      '{"file": "gone.png", "captions": ["a bird"]}',
      '{"file": "b.png", "captions": ["a dog"]}',
    ];
    const file = await write("annotations.jsonl", `${lines.join("\n")}\n`);
    const { samples, problems, revision } = await readPhotos(folder);
    expect(samples).toEqual([
      { id: "4", image: path("images/a.png"), captions: ["a cat"], boxes: [{ category: "cat", bbox: [1, 2, 3, 4] }] },
      { id: "5", image: path("images/b.png"), captions: ["a dog"] },
    ]);
    expect(problems.length).toBe(3);
    expect(problems[0]).toMatch(/:2: not JSON \(.+\); skipped$/);
    expect(problems[1]).toBe(`${file}:3: "captions" must be a list of texts, found nothing; skipped`);
    expect(problems[2]).toBe(`${file}:4: no photo images/gone.png; skipped`);
    expect(revision).toMatch(/^[0-9a-f]{12}$/);
    expect((await openDataset(folder)).samples).toEqual(samples);
  });

  test("reports boxes that cannot be used, and keeps the rest of the line", async () => {
    const boxes =
      '[{"category": "cat", "bbox": [1, 2, 3, 4]}, {"bbox": [1, 2, 3, 4]}, {"category": "cat", "bbox": [1, "x"]}]';
    const file = await write(
      "annotations.jsonl",
      `{"file": "a.png", "captions": ["a cat"], "boxes": ${boxes}}\n{"file": "b.png", "captions": ["a dog"], "boxes": 3}\n`,
    );
    const { samples, problems } = await readPhotos(folder);
    expect(samples.map((sample) => sample.boxes)).toEqual([[{ category: "cat", bbox: [1, 2, 3, 4] }], undefined]);
    const expected = "must have a category and a bbox of four numbers, found";
    expect(problems).toEqual([
      `${file}:1: boxes[1] ${expected} {"bbox":[1,2,3,4]}; skipped`,
      `${file}:1: boxes[2] ${expected} {"category":"cat","bbox":[1,"x"]}; skipped`,
      `${file}:2: "boxes" must be a list, found 3; skipped`,
    ]);
  });

  test("says in one line what is missing", async () => {
    expect(await failure(readPhotos(path("nowhere")))).toEqual({
      code: "not-found",
      message: `${path("nowhere")}: no such folder; give the folder that holds annotations.jsonl and images/`,
    });
    expect((await failure(readPhotos(path("images")))).message).toContain(
      "annotations.jsonl: no such file; expected lines of JSON",
    );
    expect((await failure(openDataset(path("images")))).code).toBe("unknown-format");
    expect((await failure(openDataset("wrold"))).message).toContain(
      "wrold: no such file or folder; give a path that exists",
    );
  });
});

describe("caption files", () => {
  test("plain text", async () => {
    const file = await write("captions.txt", "a cat on a mat\na dog\r\n");
    const { samples, problems, loadImage } = await readCaptions(file);
    expect(samples.map(({ id, captions }) => [id, captions[0]])).toEqual([
      ["1", "a cat on a mat"],
      ["2", "a dog"],
    ]);
    expect(problems).toEqual([]);
    await expect(loadImage("1")).rejects.toThrow("opened for its captions only; give the folder of the images");
  });

  test("an empty line is an error that names it, in every form", async () => {
    const message = async (read: (path: string) => Promise<unknown>, content: string) => {
      const file = await write("gap", content);
      return (await failure(read(file))).message.replace(file, "");
    };
    const advice = "fill it in or delete it";
    expect(await message(readCaptions, "a\n\nb")).toBe(`:2: empty line; expected a caption; ${advice}`);
    expect(await message(readCaptions, '"a"\n"b"\n \n')).toBe(`:3: empty line; expected a caption; ${advice}`);
    expect(await message(readKarpathy, "1\tx.jpg\ta\n\n")).toBe(
      `:2: empty line; expected index, image path and caption; ${advice}`,
    );
    expect(await message(readNegclipTsv, "\ttitle\tfilepath\tneg_caption\tneg_image\n \n")).toBe(
      `:2: empty line; expected a row of the table; ${advice}`,
    );
    await write("annotations.jsonl", '{"file": "a.png", "captions": ["a cat"]}\n\n');
    expect((await failure(readPhotos(folder))).message).toContain(":2: empty line; expected a JSON object;");
  });

  test("JSON lines in three forms, with bad ones", async () => {
    const file = await write("captions.jsonl", '{"caption": "a", "id": 9}\n"b"\n["c", "d"]\n{"text": "e"}\n{oops\n');
    const { samples, problems } = await openDataset(file);
    expect(samples.map(({ id, captions }) => [id, ...captions])).toEqual([
      ["9", "a"],
      ["2", "b"],
      ["3", "c", "d"],
    ]);
    expect(problems[0]).toContain(
      'captions.jsonl:4: expected a text, a list of texts or an object with "caption" or "captions"',
    );
    expect(problems[1]).toMatch(/:5: not JSON/);
  });

  test("JSON that is cut or indented, and what is no text, are not taken for captions", async () => {
    for (const content of ['{"images": [{"id": 1', "{", '[\n  {"caption": "a"}\n]', '["a", "b']) {
      const { code, message } = await failure(openDataset(await write("cut.json", content)));
      expect(code).toBe("malformed");
      expect(message).toMatch(
        /cut\.json:1: not JSON \(.+\); expected one caption a line, or JSON lines with captions;/,
      );
    }
    const brackets = await write("brackets.txt", '[red] a dog\n"quoted" cat\n');
    expect((await openDataset(brackets)).samples.map(({ captions }) => captions[0])).toEqual([
      "[red] a dog",
      '"quoted" cat',
    ]);
    for (const [name, bytes] of Object.entries({
      "utf16.txt": Buffer.from("\uFEFFa dog\na cat", "utf16le"),
      "latin1.txt": Buffer.from("a caf\u00e9", "latin1"),
      "zero.txt": Buffer.from("a dog\0"),
    })) {
      await writeFile(path(name), bytes);
      expect(await failure(openDataset(path(name)))).toEqual({
        code: "unreadable",
        message: `${path(name)}: not a text in UTF-8; expected captions; convert it or give another file`,
      });
    }
  });

  test("an empty file, and one with nothing usable", async () => {
    expect((await failure(readCaptions(await write("empty.txt", "\n \n")))).code).toBe("empty");
    const useless = await write("useless.jsonl", '{"text": "e"}\n');
    expect((await failure(readCaptions(useless))).message).toMatch(
      /no usable record \(1 skipped\); the first problem: .*:1: expected/,
    );
  });
});

describe("readCocoCaptions", () => {
  test("joins captions to images and reports what does not fit", async () => {
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
    const file = await write("coco.json", JSON.stringify(coco));
    const { samples, problems } = await readCocoCaptions(file, path("images"));
    expect(samples).toEqual([{ id: "1", image: path("images/a.png"), captions: ["a cat", "one cat"] }]);
    expect(problems).toEqual([
      `${file}: annotations[4] has no numeric image_id or no caption; skipped`,
      `${file}: images[1]: no image ${path("images")}/gone.png; skipped`,
      `${file}: images[2] (b.png) has no caption; skipped`,
      `${file}: images[3] has no numeric id or no file_name; skipped`,
      `${file}: image 8 is not in "images"; its captions (1) are skipped`,
    ]);
    expect((await openDataset(file)).samples.length).toBe(2);
  });

  test("takes an id once, and numbers only", async () => {
    const coco = {
      images: [
        { id: 1, file_name: "a.png" },
        { id: 1, file_name: "b.png" },
        { id: "2", file_name: "b.png" },
      ],
      annotations: [{ image_id: 1, caption: "a cat" }],
    };
    const file = await write("twice.json", JSON.stringify(coco));
    const { samples, problems } = await readCocoCaptions(file);
    expect(samples).toEqual([{ id: "1", image: "a.png", captions: ["a cat"] }]);
    expect(problems).toEqual([
      `${file}: images[1] (b.png) has the id 1 of an image before it; skipped`,
      `${file}: images[2] has no numeric id or no file_name; skipped`,
    ]);
  });

  test("refuses other JSON", async () => {
    const file = await write("other.json", '{"info": {}}');
    expect(await failure(readCocoCaptions(file))).toEqual({
      code: "unknown-format",
      message: `${file}: found the keys ["info"]; expected COCO captions: a JSON object with the lists "images" and "annotations"`,
    });
    expect((await failure(readCocoCaptions(await write("cut.json", '{"images": [')))).code).toBe("malformed");
  });
});

describe("readNegclipTsv", () => {
  const header = "\ttitle\tfilepath\tneg_caption\tneg_image\n";

  test("reads rows, re-numbers hard images, and reports bad rows", async () => {
    const rows = [
      `0\tA cat.\tcoco/val2014/a.png\t['A mat .', "it's"]\t[2, 1]`,
      `1\tA dog.\tcoco/val2014/gone.png\t[]\t[0]`,
      `2\t"A ""bird""."\tb.png\t"[""A 'nest'""]"\t[0]`,
      `3\tA fish.\tb.png\t[os.remove]\t[0]`,
      "4\tA fish.",
    ];
    const file = await write("neg.tsv", header + rows.join("\n"));
    const { samples, problems } = await readNegclipTsv(file, path("images"));
    expect(samples).toEqual([
      {
        id: "0",
        image: path("images/a.png"),
        captions: ["A cat."],
        negativeCaptions: ["A mat .", "it's"],
        hardImages: [1],
      },
      {
        id: "2",
        image: path("images/b.png"),
        captions: ['A "bird".'],
        negativeCaptions: ["A 'nest'"],
        hardImages: [0],
      },
    ]);
    expect(problems).toEqual([
      `${file}:3: no image coco/val2014/gone.png in the folder; skipped`,
      `${file}:5: neg_caption and neg_image must be Python lists: expected a string or a number at character 2, found "o"; skipped`,
      `${file}:6: 2 columns; expected 5; skipped`,
    ]);
  });

  test("reads a byte order mark and both line ends, also mixed, and takes a row number once", async () => {
    const rows = "0\tA cat.\ta.png\t[]\t[1]\r\n0\tA dog.\ta.png\t[]\t[0]\n1\tA fish.\tb.png\t[]\t[0]\n";
    const file = await write("ends.tsv", `\uFEFF${header.trimEnd()}\r\n${rows}`);
    const { samples, problems } = await readNegclipTsv(file, path("images"));
    expect(samples.map(({ id, captions, hardImages }) => [id, ...captions, hardImages])).toEqual([
      ["0", "A cat.", [1]],
      ["1", "A fish.", [0]],
    ]);
    expect(problems).toEqual([`${file}:3: row number 0 a second time; skipped`]);
  });

  test("names missing columns", async () => {
    const file = await write("columns.tsv", "\ttitle\tfilepath\n0\ta\tb\n");
    expect((await failure(openDataset(file))).message).toContain(
      ":1: no column neg_caption, neg_image; expected NegCLIP's table",
    );
  });
});

test("readKarpathy groups the captions of an image", async () => {
  const file = await write("karpathy.txt", "0\tval2014/a.png\tA cat.\n0\tval2014/a.png\tOne cat.\n1\tval2014/b.png\n");
  const { samples, problems } = await readKarpathy(file, path("images"));
  expect(samples).toEqual([{ id: "0", image: path("images/a.png"), captions: ["A cat.", "One cat."] }]);
  expect(problems).toEqual([`${file}:3: expected index, path and caption, separated by tabs; skipped`]);
});

real(label, () => {
  test("photos", async () => {
    const photos = await openDataset(join(shared, "photos"));
    expect(photos.problems).toEqual([]);
    expect(photos.samples.length).toBe(266);
    expect(photos.samples.reduce((sum, { captions }) => sum + captions.length, 0)).toBe(1331);
    expect(photos.samples.reduce((sum, { boxes = [] }) => sum + boxes.length, 0)).toBe(1894);
    const images = await Promise.all(photos.samples.slice(0, 40).map(({ image }) => photos.loadImage(image)));
    expect(
      images.every(({ width, height, data }) => Math.min(width, height) > 200 && data.length === width * height * 3),
    ).toBe(true);
    const [train, held] = splitByImage(photos, { fraction: 0.8, seed: 1 });
    expect([train.samples.length, held.samples.length]).toEqual([213, 53]);
  });

  test("COCO captions, NegCLIP's table and Karpathy's captions, told by their contents", async () => {
    const coco = await openDataset(join(shared, "coco/captions_val2017.json"));
    expect([coco.name, coco.samples.length, coco.problems]).toEqual(["coco-captions", 5000, []]);
    expect(coco.samples.reduce((sum, { captions }) => sum + captions.length, 0)).toBe(25014);
    const negclip = await openDataset(join(shared, "negclip/valid_neg_clip.tsv"));
    expect([negclip.name, negclip.samples.length, negclip.problems]).toEqual(["negclip", 4839, []]);
    expect(negclip.samples[0]!.negativeCaptions).toEqual([
      "A umbrella holding a flowered child and petting a yak .",
      "A child petting a flowered umbrella and holding a yak .",
    ]);
    expect(negclip.samples[0]!.hardImages).toEqual([2973, 1515, 2235]);
    const karpathy = await openDataset(join(shared, "karpathy/coco_dataset_test.txt"));
    expect([karpathy.name, karpathy.samples.length, karpathy.problems]).toEqual(["karpathy", 5000, []]);
  });
});
