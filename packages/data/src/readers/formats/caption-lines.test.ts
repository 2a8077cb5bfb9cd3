import { describe, expect, test } from "vitest";
import { useTemporaryFolder } from "../../fixtures/temporary-folder.js";

const { records, dataset, write, path } = useTemporaryFolder();

describe("lines of an image and a caption, told by their content", () => {
  test.each([
    [
      "Karpathy's index",
      "7\tval2014/x.jpg\tA dog, red.\n",
      { id: "7", image: "val2014/x.jpg", caption: "A dog, red." },
    ],
    ["Flickr8k's tokens", "x_1.jpg#0\tA dog , red .\n", { id: "1", image: "x_1.jpg", caption: "A dog , red ." }],
    ["an image and a caption by a tab", "a/x.png\tA dog\n", { id: "1", image: "a/x.png", caption: "A dog" }],
    ["Conceptual Captions", "a dog\thttps://x.org/1\n", { id: "1", image: "https://x.org/1", caption: "a dog" }],
    [
      "bars",
      "x.jpg| 0| A dog | runs\n1.jpg| 0| A dog\n2.jpg|1|A cat\n",
      { problem: "expected image, id, caption, separated by bars" },
    ],
    ["a comma", "x.jpg,A dog, red\n", { id: "1", image: "x.jpg", caption: "A dog, red" }],
    ["a comma and quotes", 'x.jpg,"A dog, ""red"""\n', { id: "1", image: "x.jpg", caption: 'A dog, "red"' }],
    ["a blank", "x.jpg A dog, red\n", { id: "1", image: "x.jpg", caption: "A dog, red" }],
    ["names with blanks", "my dog 1.jpg\tA dog\n", { id: "1", image: "my dog 1.jpg", caption: "A dog" }],
    [
      "quotes as plain characters",
      '4\tx.jpg\t"a dog" they say\n',
      { id: "4", image: "x.jpg", caption: '"a dog" they say' },
    ],
  ])("%s", async (_, content, expected) => {
    const [first] = await records("captions.txt", content);
    expect(first).toEqual({ where: ":1", ...expected });
  });

  test("a name whose extension says otherwise is no hindrance", async () => {
    const lines = "0\tval2014/x.jpg\tA cat.\n0\tval2014/x.jpg\tOne cat.\n";
    for (const name of ["k.txt", "k.tsv", "k.csv", "k"]) {
      expect((await records(name, lines)).map((one) => "caption" in one && one.caption)).toEqual([
        "A cat.",
        "One cat.",
      ]);
    }
  });

  test("lines that do not fit are reported, wherever they stand", async () => {
    expect(
      await records("d.tsv", "oops\n4\tx.jpg\ta dog\n\n5\tx.jpg\n6\ty.jpg\ta\tb\n7\ty.jpg\ta cat\n8\tz.jpg\ta bird"),
    ).toEqual([
      { where: ":1", problem: "expected id, image, caption, separated by tabs" },
      { where: ":2", id: "4", image: "x.jpg", caption: "a dog" },
      { where: ":3", problem: "empty line; expected id, image, caption, separated by tabs" },
      { where: ":4", problem: "expected id, image, caption, separated by tabs" },
      { where: ":5", problem: "expected id, image, caption, separated by tabs" },
      { where: ":6", id: "7", image: "y.jpg", caption: "a cat" },
      { where: ":7", id: "8", image: "z.jpg", caption: "a bird" },
    ]);
  });

  test("captions of an image become one sample; a folder of the images is heeded", async () => {
    await write("photos/a.png", "");
    const lines = "0\tval2014/a.png\tA cat.\n0\tval2014/a.png\tOne cat.\n1\tval2014/b.png\tA dog.\n";
    const { name, samples, problems } = await dataset("karpathy.txt", lines, { imageFolder: path("photos") });
    expect(name).toBe("caption-lines");
    expect(samples).toEqual([{ id: "0", image: path("photos/a.png"), captions: ["A cat.", "One cat."] }]);
    expect(problems).toEqual([":3: no image val2014/b.png; skipped"]);
  });

  test("an id that is given to two images is reported", async () => {
    const { samples, problems } = await dataset("twice.txt", "0\ta.jpg\tA cat.\n0\tb.jpg\tA dog.\n1\tc.jpg\tA bird.\n");
    expect(samples.map(({ image, captions }) => [image, ...captions])).toEqual([
      ["a.jpg", "A cat."],
      ["c.jpg", "A bird."],
    ]);
    expect(problems).toEqual([":2: the id 0 is that of a.jpg (:1); skipped"]);
  });
});
