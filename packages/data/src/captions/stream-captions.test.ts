import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CaptionRecord, captionFile, DataError, streamCaptions } from "@tesserae/data";
import { parquetWriteBuffer } from "hyparquet-writer";
import { packTar } from "modern-tar";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const shared = fileURLToPath(new URL("../../../../../shared/data", import.meta.url));
const absent = !existsSync(shared);

let folder: string;
const write = async (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-captions-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** All records, with the file's own path left out of their places. */
async function records(path: string): Promise<CaptionRecord[]> {
  const found: CaptionRecord[] = [];
  for await (const record of streamCaptions(path)) found.push({ ...record, where: record.where.replace(path, "") });
  return found;
}

async function failure(path: string): Promise<string> {
  const error = await records(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DataError)) throw new Error(`expected a DataError, got ${String(error)}`);
  expect(error.message).not.toContain("\n");
  return `${error.code}: ${error.message.replace(path, "")}`;
}

describe("streamCaptions", () => {
  test("plain text: a byte order mark, both line ends, an empty line", async () => {
    expect(await records(await write("a.txt", "\uFEFFa cat\r\n\n  a dog\u2028here \nlast"))).toEqual([
      { where: ":1", id: "1", caption: "a cat" },
      { where: ":2", problem: "empty line; expected a caption" },
      { where: ":3", id: "3", caption: "a dog\u2028here" },
      { where: ":4", id: "4", caption: "last" },
    ]);
  });

  test("JSON lines: texts, lists, objects, and what is none of them", async () => {
    const lines = [
      '"a cat"',
      '["a dog", " "]',
      '{"id": 0, "image": "7.jpg", "caption": "a bird"}',
      '{"file": "8.jpg", "captions": ["a fish", "a shark"]}',
      '{"oops"',
      "",
      '{"words": 3}',
      "12",
    ];
    const found = await records(await write("b.jsonl", lines.join("\n")));
    expect(found.slice(0, 6)).toEqual([
      { where: ":1", id: "1", caption: "a cat" },
      { where: ":2", id: "2", caption: "a dog" },
      { where: ":2", problem: "empty caption" },
      { where: ":3", id: "0", image: "7.jpg", caption: "a bird" },
      { where: ":4", id: "4", image: "8.jpg", caption: "a fish" },
      { where: ":4", id: "4", image: "8.jpg", caption: "a shark" },
    ]);
    expect(found[6]).toMatchObject({ where: ":5", problem: expect.stringMatching(/^not JSON \(.+\)$/) });
    expect(found[7]).toEqual({ where: ":6", problem: "empty line; expected JSON" });
    const expected = "a caption in one of the fields captions, caption, text, title";
    expect(found[8]).toEqual({ where: ":7", problem: `expected ${expected}, as a text or a list of texts` });
    expect(found[9]).toEqual({ where: ":8", problem: `expected ${expected}, found 12` });
  });

  test("tables: NegCLIP's columns with quotes, Karpathy's lines without", async () => {
    const table = '\ttitle\tfilepath\n0\t"a ""red"" dog"\tx.jpg\n1\ta cat\n2\t\ty.jpg\n';
    expect(await records(await write("c.tsv", table))).toEqual([
      { where: ":2", id: "1", image: "x.jpg", caption: 'a "red" dog' },
      { where: ":3", problem: "2 columns; expected 3" },
      { where: ":4", problem: "empty caption" },
    ]);
    expect(await records(await write("d.tsv", '4\tx.jpg\t"a dog" they say\n\n5\tx.jpg\n'))).toEqual([
      { where: ":1", id: "4", image: "x.jpg", caption: '"a dog" they say' },
      { where: ":2", problem: "empty line; expected index, path and caption" },
      { where: ":3", problem: "expected index, path and caption, separated by tabs" },
    ]);
    expect(await failure(await write("e.tsv", "one\ttwo\n"))).toMatch(/^unknown-format: :1: expected a table/);
    expect(await failure(await write("f.tsv", 'title\timage\n"a dog\tx.jpg\n'))).toMatch(/^malformed: : Quote/);
  });

  test("tables: a quoted header, both line ends also mixed, an empty line", async () => {
    const quoted = '\uFEFF"title"\t"filepath"\r\n"a cat"\tx.jpg\n\n"a dog"\ty.jpg\r\n';
    expect(await records(await write("p.tsv", quoted))).toEqual([
      { where: ":2", id: "1", image: "x.jpg", caption: "a cat" },
      { where: ":3", problem: "empty line; expected a row of the table" },
      { where: ":4", id: "3", image: "y.jpg", caption: "a dog" },
    ]);
  });

  test("COCO's captions, and a list of objects", async () => {
    const coco = {
      images: [{ id: 3, file_name: "3.jpg" }],
      annotations: [{ image_id: 3, caption: " a cat " }, { image_id: 4, caption: "lost" }, { image_id: 3 }],
    };
    expect(await records(await write("g.json", JSON.stringify(coco)))).toEqual([
      { where: ": annotations[0]", id: "3", image: "3.jpg", caption: "a cat" },
      { where: ": annotations[1]", problem: 'its image 4 is not in "images"' },
      { where: ": annotations[2]", problem: "no caption" },
    ]);
    expect(await records(await write("h.json", '[{"text": "a dog"}]'))).toEqual([
      { where: ": [0]", id: "1", caption: "a dog" },
    ]);
    expect(await failure(await write("i.json", '{"rows": []}'))).toMatch(/^unknown-format: : found the keys/);
    expect(await failure(await write("j.json", "{"))).toMatch(/^malformed: : not JSON/);
  });

  test("parquet: columns by their name, whatever its case", async () => {
    const columnData = [
      { name: "URL", data: ["x.jpg", "y.jpg", "z.jpg"] },
      { name: "TEXT", data: ["a cat", "", "a dog"] },
      { name: "width", data: [1, 2, 3] },
    ];
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 2 }));
    expect(await records(await write("k.parquet", bytes))).toEqual([
      { where: ": row 1", id: "1", image: "x.jpg", caption: "a cat" },
      { where: ": row 2", problem: "empty caption" },
      { where: ": row 3", id: "3", image: "z.jpg", caption: "a dog" },
    ]);
    const numbers = new Uint8Array(parquetWriteBuffer({ columnData: [{ name: "size", data: [1] }] }));
    expect(await failure(await write("l.parquet", numbers))).toMatch(/^unknown-format: : has the columns size;/);
    const damaged = bytes.map((byte, index) => (index > 3 && index < 60 ? 0xff : byte));
    expect(await failure(await write("r.parquet", damaged))).toMatch(/^malformed: : rows 1 to 3 cannot be read \(/);
    expect(await failure(await write("s.parquet", bytes.slice(0, -20)))).toMatch(/^malformed: : not a parquet file/);
    expect(await failure(await write("m.parquet", "no parquet"))).toMatch(/^malformed: : not a parquet file/);
  });

  test("WebDataset: members of a sample together, caption from .txt or .json", async () => {
    const member = (name: string, body: string) => ({ header: { name, size: Buffer.byteLength(body) }, body });
    const tar = await packTar([
      member("part/000.jpg", "not decoded"),
      member("part/000.txt", "a cat\n"),
      member("part/001.json", '{"caption": "a dog", "id": 99}'),
      member("part/001.png", "not decoded"),
      member("part/002.jpg", "not decoded"),
      member("part/003.json", "{"),
    ]);
    const found = await records(await write("n.tar", tar));
    expect(found.slice(0, 3)).toEqual([
      { where: ": part/000", id: "part/000", image: "part/000.jpg", caption: "a cat" },
      { where: ": part/001", id: "part/001", image: "part/001.png", caption: "a dog" },
      { where: ": part/002", problem: expect.stringMatching(/^no \.txt with a caption and no \.json/) },
    ]);
    expect(found[3]).toMatchObject({ problem: expect.stringMatching(/^its \.json is not JSON/) });
    expect(await failure(await write("o.tar", tar.slice(0, 700)))).toMatch(/^malformed: : not a whole tar archive/);
  });

  test("a file without a record is an error, never an empty list", async () => {
    const empty = "empty: : holds no record; expected captions";
    for (const [name, content] of Object.entries({
      "none.txt": "",
      "none.jsonl": "",
      "none.tsv": "",
      "header.tsv": "title\tfilepath\n",
      "none.json": '{"images": [], "annotations": []}',
      "none.tar": new Uint8Array(1024),
    })) {
      expect(await failure(await write(name, content)), name).toBe(empty);
    }
  });

  test("says what is missing or of another form", async () => {
    expect(await failure(join(folder, "gone.txt"))).toMatch(/^not-found: : no such file; expected one caption a line/);
    expect(() => streamCaptions("captions.docx")).toThrow("expected a file that ends in .txt, .jsonl, .tsv, .json");
    expect(await captionFile(folder)).toBe(join(folder, "annotations.jsonl"));
  });

  test.skipIf(absent)(absent ? "real files (skipped: the folder shared/data is not here)" : "real files", async () => {
    const count = async (name: string) => (await records(join(shared, name))).filter((one) => "caption" in one).length;
    expect(await count("coco/captions_val2017.json")).toBe(25_014);
    expect(await count("photos/annotations.jsonl")).toBe(1331);
    expect(await count("negclip/valid_neg_clip.tsv")).toBe(4839);
  });
});
