import { expect, test } from "vitest";
import { dataError, useTemporaryFolder } from "../../fixtures/temporary-folder.js";

const { dataset, write, path } = useTemporaryFolder();
const header = "\ttitle\tfilepath\tneg_caption\tneg_image\n";

test("reads rows, numbers hard images anew, and reports bad rows", async () => {
  await write("photos/a.png", "");
  await write("photos/b.png", "");
  const rows = [
    `0\tA cat.\tcoco/val2014/a.png\t['A mat .', "it's"]\t[2, 1]`,
    "1\tA dog.\tcoco/val2014/gone.png\t[]\t[0]",
    `2\t"A ""bird""."\tb.png\t"[""A 'nest'""]"\t[0]`,
    "3\tA fish.\tb.png\t[os.remove]\t[0]",
    "4\tA fish.",
    "x\tA fish.\tb.png\t[]\t[]",
    "5\t\tb.png\t[]\t[]",
  ];
  const { name, samples, problems } = await dataset("neg.tsv", header + rows.join("\n"), {
    imageFolder: path("photos"),
  });
  expect(name).toBe("negclip");
  expect(samples).toEqual([
    {
      id: "0",
      image: path("photos/a.png"),
      captions: ["A cat."],
      negativeCaptions: ["A mat .", "it's"],
      hardNegativeImages: [1],
    },
    {
      id: "2",
      image: path("photos/b.png"),
      captions: ['A "bird".'],
      negativeCaptions: ["A 'nest'"],
      hardNegativeImages: [0],
    },
  ]);
  expect(problems).toEqual([
    ":3: no image coco/val2014/gone.png; skipped",
    ':5: neg_caption and neg_image must be Python lists: expected a string or a number at character 2, found "o"; skipped',
    ":6: 2 columns; expected 5; skipped",
    ':7: the first column must be a row number, found "x"; skipped',
    ":8: the title (the caption) is empty; skipped",
  ]);
});

test("a byte order mark, both line ends, a row number twice, an image in two rows", async () => {
  const rows = "0\tA cat.\ta.png\t[]\t[1]\r\n0\tA dog.\ta.png\t[]\t[0]\n1\tA fish.\ta.png\t['x']\t[0]\n";
  const { samples, problems } = await dataset("ends.tsv", `\uFEFF${header.trimEnd()}\r\n${rows}`);
  expect(samples.map(({ id, captions, hardNegativeImages }) => [id, ...captions, hardNegativeImages])).toEqual([
    ["0", "A cat.", [1]],
    ["1", "A fish.", [0]],
  ]);
  expect(problems).toEqual([":3: row number 0 a second time; skipped"]);
});

test("a stray quote costs no rows, an empty line is reported", async () => {
  const rows = `0\t"A cat.\ta.png\t[]\t[]\n\n1\tA 5" dog.\tb.png\t[]\t[]\n2\t"A ""fish""."\tc.png\t[]\t[]\n`;
  const { samples, problems } = await dataset("stray.tsv", header + rows);
  expect(samples.map(({ captions }) => captions[0])).toEqual(['"A cat.', 'A 5" dog.', 'A "fish".']);
  expect(problems).toEqual([":3: empty line; expected a row of the table; skipped"]);
});

test("names missing columns", async () => {
  expect(await dataError(dataset("columns.tsv", "\ttitle\tneg_caption\n0\ta\tb\n"))).toBe(
    `unknown-format: ${path("columns.tsv")}:1: no column filepath, neg_image; expected NegCLIP's table with the columns title, filepath, neg_caption, neg_image, separated by tabs`,
  );
});
