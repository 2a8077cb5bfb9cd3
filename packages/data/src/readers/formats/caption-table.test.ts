import { describe, expect, test } from "vitest";
import { dataError, useTemporaryFolder } from "../../fixtures/temporary-folder.js";

const { records, dataset, path } = useTemporaryFolder();

describe("tables with a header", () => {
  test.each([
    ["open_clip's TSV", "filepath\ttitle\nx.jpg\ta dog, red\n"],
    ["open_clip's CSV", 'filepath,title\nx.jpg,"a dog, red"\n'],
    ["an index column, as pandas writes it", "\ttitle\tfilepath\n0\ta dog, red\tx.jpg\n"],
    ["Flickr30k's results.csv", "image_name| comment_number| comment\nx.jpg| 0| a dog, red\n"],
    ["Flickr8k's captions.txt", "image,caption\nx.jpg,a dog red\n"],
    ["semicolons", "filename;text\nx.jpg;a dog, red\n"],
    ["file_path", "file_path\tcaption\nx.jpg\ta dog, red\n"],
    ["path", "path\tTEXT\nx.jpg\ta dog, red\n"],
    ["names of several words", "Image Path\tAlt Text\nx.jpg\ta dog, red\n"],
    ["names in camel case", "fileName,altText\nx.jpg,a dog red\n"],
    ["a quoted header", '"title"\t"filepath"\n"a dog, red"\tx.jpg\n'],
    ["UTF-16", Buffer.from("\uFEFFfilepath\ttitle\nx.jpg\ta dog, red\n", "utf16le")],
    ["lone carriage returns", "filepath\ttitle\rx.jpg\ta dog, red\r"],
    ["a byte order mark and both line ends", "\uFEFFfilepath\ttitle\r\nx.jpg\ta dog, red\n"],
  ])("%s", async (_, content) => {
    const [first, ...rest] = await records("table.csv", content);
    expect(first).toMatchObject({ where: ":2", id: "1", image: "x.jpg" });
    expect(first && "caption" in first && first.caption.replace(",", "")).toBe("a dog red");
    expect(rest).toEqual([]);
  });

  test("a quote that no other closes costs no rows", async () => {
    const table = 'filepath\ttitle\nx.jpg\t"a dog\ny.jpg\ta 5" cat\nz.jpg\t"a bird"\nv.jpg\tthe "end"\n';
    expect((await records("stray.tsv", table)).map((one) => "caption" in one && one.caption)).toEqual([
      '"a dog',
      'a 5" cat',
      "a bird",
      'the "end"',
    ]);
    const last = 'filepath\ttitle\nx.jpg\ta dog\ny.jpg\t"a cat\n';
    expect((await records("last.tsv", last)).map((one) => "caption" in one && one.caption)).toEqual([
      "a dog",
      '"a cat',
    ]);
    const pair = 'filepath\ttitle\nx.jpg\t"a dog\ny.jpg\ta cat"\nz.jpg\ta bird\n';
    expect((await records("pair.tsv", pair)).map((one) => "caption" in one && one.caption)).toEqual([
      '"a dog',
      'a cat"',
      "a bird",
    ]);
  });

  test("a line break within quotes belongs to the field", async () => {
    const table = 'filepath,title\nx.jpg,"a dog,\nred"\ny.jpg,"a ""big"" cat"\n';
    expect(await records("break.csv", table)).toEqual([
      { where: ":2", id: "1", image: "x.jpg", caption: "a dog,\nred" },
      { where: ":4", id: "2", image: "y.jpg", caption: 'a "big" cat' },
    ]);
  });

  test("rows that do not fit are reported by their line", async () => {
    const table = "filepath\ttitle\nx.jpg\ny.jpg\t\n\nz.jpg\ta cat\textra\nv.jpg\ta dog\n";
    expect(await records("rows.tsv", table)).toEqual([
      { where: ":2", problem: "1 columns; expected 2" },
      { where: ":3", problem: "empty caption" },
      { where: ":4", problem: "empty line; expected a row of the table" },
      { where: ":5", problem: "3 columns; expected 2" },
      { where: ":6", id: "5", image: "v.jpg", caption: "a dog" },
    ]);
  });

  test("lists that a field writes out are captions, texts in brackets are not lists", async () => {
    const table = [
      "image\traw",
      `x.jpg\t${JSON.stringify(["a dog", 'a "cat"'])}`,
      `y.jpg\t['a bird', "it's a cow"]`,
      "z.jpg\t['a' dog]",
      "v.jpg\t[red] dog",
    ];
    expect((await records("lists.tsv", table.join("\n"))).map((one) => "caption" in one && one.caption)).toEqual([
      "a dog",
      'a "cat"',
      "a bird",
      "it's a cow",
      "['a' dog]",
      "[red] dog",
    ]);
  });

  test("columns that the user names", async () => {
    const table = "photo\tlabel\talt\nx.jpg\tdog\ta red dog\n";
    const { samples } = await dataset("own.tsv", table, { captionField: "alt", imageField: "photo" });
    expect(samples).toEqual([{ id: "1", image: "x.jpg", captions: ["a red dog"] }]);
    expect(await dataError(dataset("own.tsv", table, { captionField: "text" }))).toMatch(
      /^unknown-format: .*own\.tsv: no reader knows this content with a caption field "text"; the readers are prepared, /,
    );
    expect(await dataError(dataset("unknown.tsv", table))).toBe(
      `empty: ${path("unknown.tsv")}: no usable record (2 skipped); the first problem: ${path("unknown.tsv")}:1: a tab in the line; expected a caption alone; skipped`,
    );
  });

  test("a caption that begins with such a word is no table", async () => {
    expect(await records("prose.txt", "text, in red, on a wall\na dog\n")).toEqual([
      { where: ":1", id: "1", caption: "text, in red, on a wall" },
      { where: ":2", id: "2", caption: "a dog" },
    ]);
  });
});
