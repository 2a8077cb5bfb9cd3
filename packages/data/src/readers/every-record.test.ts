import { DataError } from "@tesserae/data";
import { pick, seededRng } from "@tesserae/scene-graph/random";
import { parquetWriteBuffer } from "hyparquet-writer";
import { packTar } from "modern-tar";
import { describe, expect, test } from "vitest";
import { captionsOf, useTemporaryFolder } from "../fixtures/temporary-folder.js";

const { records, write } = useTemporaryFolder();

/** Captions, or what is said of the records without one. */
const told = (found: Awaited<ReturnType<typeof records>>) =>
  found.map((one) => ("caption" in one ? one.caption : `! ${one.problem}`));

describe("whatever the encoding and the line ends, the same captions", () => {
  const captions = ["a café", 'a "red" dog, 5" tall', "日本の犬", "a dog 🐕 on a mat"];
  const formats: Readonly<Record<string, (end: string) => string>> = {
    txt: (end) => captions.join(end),
    jsonl: (end) => captions.map((caption) => JSON.stringify({ caption })).join(end),
    tsv: (end) => ["filepath\ttitle", ...captions.map((caption, i) => `${i}.jpg\t${caption}`)].join(end),
    csv: (end) =>
      ["filepath,title", ...captions.map((caption, i) => `${i}.jpg,"${caption.replaceAll('"', '""')}"`)].join(end),
    lines: (end) => captions.map((caption, i) => `${i}.jpg#0\t${caption}`).join(end),
  };
  const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
    "UTF-8": (text) => Buffer.from(text),
    "UTF-8 with a mark": (text) => Buffer.from(`\uFEFF${text}`),
    "UTF-16": (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
    "UTF-16, big end first": (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
  };
  for (const [format, content] of Object.entries(formats)) {
    test.each(Object.keys(encodings))(`${format} in %s`, async (encoding) => {
      for (const end of ["\n", "\r\n", "\r"]) {
        for (const last of ["", end]) {
          const file = encodings[encoding]!(content(end) + last);
          expect(told(await records(`captions.${format}`, file)), JSON.stringify(end)).toEqual(captions);
        }
      }
    });
  }
});

describe("tables", () => {
  const rng = seededRng("tables", 1);
  const pieces = ['"', '""', "a", " ", ",", "dog", "é", "'", "\\", "|"];
  const text = (more: readonly string[] = []) =>
    Array.from({ length: 1 + Math.floor(rng() * 8) }, () => pick(rng, [...pieces, ...more])).join("");
  /** As Python's csv and pandas write a field. */
  const field = (value: string, delimiter: string) =>
    ['"', "\n", "\r", delimiter].some((mark) => value.includes(mark)) ? `"${value.replaceAll('"', '""')}"` : value;

  test.each(["\t", ","])("that Python writes come back as they were (%j)", async (delimiter) => {
    for (let round = 0; round < 40; round++) {
      const captions = Array.from({ length: 12 }, () => `x${text(["\n", delimiter])}y`);
      const rows = captions.map((caption, row) => `${row}.jpg${delimiter}${field(caption, delimiter)}`);
      const table = [`filepath${delimiter}title`, ...rows].join("\n");
      expect(told(await records("table.tsv", `${table}\n`)), table).toEqual(captions);
    }
  });

  test("with quotes anywhere lose no row", async () => {
    for (let round = 0; round < 60; round++) {
      const rows = Array.from({ length: 12 }, (_, row) => `${row}.jpg\t${text()}x`);
      const found = await records("stray.tsv", `filepath\ttitle\n${rows.join("\n")}\n`);
      expect(found.length, rows.join("\n")).toBe(12);
      expect(found.map(({ where }) => where)).toEqual(rows.map((_, row) => `:${row + 2}`));
    }
  });
});

describe("files cut or damaged anywhere", () => {
  const captions = Array.from({ length: 12 }, (_, i) => `caption number ${i}`);
  /** The captions of a file, or the error that it ends with: never one without place and reason. */
  const outcome = async (name: string, content: Uint8Array): Promise<readonly string[]> => {
    const file = await write(name, content);
    return captionsOf(file).then(told, (error: unknown) => {
      expect(error).toBeInstanceOf(DataError);
      expect((error as Error).message.startsWith(file)).toBe(true);
      return [];
    });
  };

  test("a tar gives its whole members and a problem", async () => {
    const members = captions.flatMap((caption, i) => [
      { header: { name: `${i}.jpg`, size: 700 }, body: "x".repeat(700) },
      { header: { name: `${i}.txt`, size: caption.length }, body: caption },
    ]);
    const tar = await packTar(members);
    for (let length = 201; length < tar.length - 1024; length += 397) {
      const found = await outcome("cut.tar", tar.slice(0, length));
      const whole = found.filter((one) => !one.startsWith("!"));
      expect(whole).toEqual(captions.slice(0, whole.length));
      if (length > 512) expect(found.at(-1)).toMatch(/^! (cut short at byte|has no mark of its end)/);
    }
    for (let at = 515; at < tar.length - 1024; at += 509) {
      const damaged = tar.map((byte, index) => (index === at ? byte ^ 0x55 : byte));
      const found = await outcome("damaged.tar", damaged);
      expect(found.length).toBeGreaterThan(0);
    }
  });

  test("parquet is an error that names the file, or its rows", async () => {
    const columnData = [
      { name: "caption", data: captions },
      { name: "image", data: captions.map((_, i) => Buffer.alloc(50, i)), type: "BYTE_ARRAY" as const },
    ];
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 4 }));
    expect(await outcome("whole.parquet", bytes)).toEqual(captions);
    for (let length = 5; length < bytes.length; length += 97) {
      expect(await outcome("cut.parquet", bytes.slice(0, length))).toEqual([]);
    }
    for (let at = 4; at < bytes.length - 8; at += 61) {
      const found = await outcome(
        "damaged.parquet",
        bytes.map((byte, index) => (index === at ? byte ^ 0x2a : byte)),
      );
      expect(found.length).toBeLessThanOrEqual(12);
    }
  });

  test("JSON that is one value is an error; JSON lines give the whole lines and a problem", async () => {
    const list = Buffer.from(JSON.stringify(captions.map((caption) => ({ caption }))));
    for (let length = 2; length < list.length; length += 23)
      expect(await outcome("cut.json", list.subarray(0, length))).toEqual([]);
    const coco = Buffer.from(
      JSON.stringify({
        images: captions.map((_, id) => ({ id, file_name: `${id}.jpg` })),
        annotations: captions.map((caption, id) => ({ id, image_id: id, caption })),
      }),
    );
    expect(await outcome("whole.json", coco)).toEqual(captions);
    for (let length = 2; length < coco.length; length += 41)
      expect(await outcome("cut.json", coco.subarray(0, length))).toEqual([]);
    const lines = Buffer.from(captions.map((caption) => `${JSON.stringify({ caption })}\n`).join(""));
    for (let length = 40; length < lines.length; length += 13) {
      const found = await outcome("cut.jsonl", lines.subarray(0, length));
      const whole = found.filter((one) => !one.startsWith("!"));
      expect(whole).toEqual(captions.slice(0, whole.length));
      expect(found.length - whole.length).toBeLessThanOrEqual(1);
    }
  });
});
