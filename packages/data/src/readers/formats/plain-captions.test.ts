import { expect, test } from "vitest";
import { dataError, useTemporaryFolder } from "../../fixtures/temporary-folder.js";

const { records, dataset, write, path } = useTemporaryFolder();

test("one caption a line: a byte order mark, both line ends, an empty line", async () => {
  expect(await records("a.txt", "\uFEFFa cat\r\n\n  a dog\u2028here \nlast")).toEqual([
    { where: ":1", id: "1", caption: "a cat" },
    { where: ":2", problem: "empty line; expected a caption" },
    { where: ":3", id: "3", caption: "a dog\u2028here" },
    { where: ":4", id: "4", caption: "last" },
  ]);
});

test.each([
  ["UTF-16, little end first", Buffer.from("\uFEFFa café\na dog\n", "utf16le")],
  ["UTF-16, big end first", Buffer.from("\uFEFFa café\na dog\n", "utf16le").swap16()],
  ["UTF-16 without a mark", Buffer.from("a café\na dog\n", "utf16le")],
  ["UTF-16 with both line ends", Buffer.from("\uFEFFa café\r\na dog", "utf16le")],
  ["lone carriage returns", Buffer.from("a café\ra dog\r")],
  ["lone carriage returns and a mark", Buffer.from("\uFEFFa café\ra dog")],
])("reads %s", async (_, bytes) => {
  expect(await records("encoded.txt", bytes)).toEqual([
    { where: ":1", id: "1", caption: "a café" },
    { where: ":2", id: "2", caption: "a dog" },
  ]);
});

test("reports lines that are no captions, and reads the others", async () => {
  const lines = [
    Buffer.from("a cat\n"),
    Buffer.from("a caf\xe9\n", "latin1"),
    Buffer.from("0001\tx\ty\n"),
    Buffer.from("a d\0g\n"),
    Buffer.from("photos/0001.jpg\n"),
    Buffer.from("...\n"),
    Buffer.from("a red\rdog\n"),
  ];
  expect(await records("mixed.txt", Buffer.concat(lines))).toEqual([
    { where: ":1", id: "1", caption: "a cat" },
    { where: ":2", problem: "not UTF-8; save the file as UTF-8" },
    { where: ":3", problem: "a tab in the line; expected a caption alone" },
    { where: ":4", problem: "a NUL character in the line, so no text" },
    { where: ":5", problem: "the name of a file; expected a caption" },
    { where: ":6", problem: "no letter or digit; expected a caption" },
    { where: ":7", id: "7", caption: "a red\rdog" },
  ]);
});

test("brackets and quotes do not make JSON of a caption", async () => {
  expect(
    (await records("b.txt", '[red] a dog\n"quoted" cat\n{blue} bird\n')).map((one) => "caption" in one && one.caption),
  ).toEqual(["[red] a dog", '"quoted" cat', "{blue} bird"]);
});

test("a data set of captions has no images, and says what to do", async () => {
  const { name, samples, problems, captionsOnly, loadImage } = await dataset("c.txt", "a cat on a mat\na dog\r\n");
  expect([name, captionsOnly, problems]).toEqual(["captions", true, []]);
  expect(samples).toEqual([
    { id: "1", image: "1", captions: ["a cat on a mat"] },
    { id: "2", image: "2", captions: ["a dog"] },
  ]);
  await expect(loadImage("1")).rejects.toThrow("opened for its captions only; give the folder of the images");
});

test("an empty file is an error, never an empty data set", async () => {
  expect(await dataError(dataset("empty.txt", ""))).toBe(
    `empty: ${path("empty.txt")}: holds no record; expected captions`,
  );
  expect(await dataError(dataset("blank.txt", "\n \n"))).toMatch(
    /no usable record \(2 skipped\); the first problem: .*:1: empty line; expected a caption; skipped$/,
  );
  expect(await dataError(dataset("dots.txt", "...\n...\n"))).toMatch(
    /no usable record \(2 skipped\); the first problem: .*:1: no/,
  );
  const binary = await write(
    "noise.bin",
    Uint8Array.from({ length: 4000 }, (_, i) => (i * 73 + i * i * 7) % 256),
  );
  expect(
    await dataError(
      dataset(
        "noise.bin",
        Uint8Array.from({ length: 4000 }, (_, i) => (i * 73 + i * i * 7) % 256),
      ),
    ),
  ).toBe(
    `unknown-format: ${binary}: no reader knows this content; the readers are prepared, parquet, webdataset, karpathy, coco-captions, visual-genome, json, json-lines, negclip, caption-table, caption-lines, captions`,
  );
});
