import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { captionFile, encodePng, openDataset, plainCaptions, type Reader, streamCaptions } from "@tesserae/data";
import { describe, expect, test } from "vitest";
import { dataError, useTemporaryFolder } from "../fixtures/temporary-folder.js";

const { dataset, write, path } = useTemporaryFolder();
const png = encodePng({ width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) });

describe("where images are", () => {
  test("in images/ beside the file, beside it, at a path of their own, or in the folder that is given", async () => {
    await write("a/images/1.png", await png);
    await write(
      "a/annotations.jsonl",
      '{"file": "1.png", "caption": "a cat"}\n{"file": "2.png", "caption": "a dog"}\n',
    );
    const beside = await openDataset(path("a"));
    expect(beside.samples.map(({ image }) => image)).toEqual([path("a/images/1.png")]);
    expect(beside.problems).toEqual([`${path("a/annotations.jsonl")}:2: no image 2.png; skipped`]);
    expect(beside.captionsOnly).toBeUndefined();
    expect(await beside.loadImage(beside.samples[0]!.image)).toMatchObject({ width: 2, height: 1 });

    await write("b/sub/1.png", await png);
    const table = `filepath\ttitle\nsub/1.png\ta cat\n${path("a/images/1.png")}\ta dog\n`;
    const { samples } = await dataset("b/table.tsv", table);
    expect(samples.map(({ image }) => image)).toEqual([path("b/sub/1.png"), path("a/images/1.png")]);

    const given = await openDataset(path("b/table.tsv"), { imageFolder: path("b/sub") });
    const windows = await dataset("b/windows.tsv", "filepath\ttitle\nsub\\\\1.png\ta cat\n");
    expect(windows.samples[0]!.image).toBe(path("b/sub/1.png"));
    expect(given.samples.map(({ image }) => image)).toEqual([path("b/sub/1.png"), path("a/images/1.png")]);
    expect(await dataError(openDataset(path("b/table.tsv"), { imageFolder: path("nowhere") }))).toBe(
      `not-found: ${path("nowhere")}: no such folder; give the folder of the images`,
    );
    expect(await dataError(openDataset(path("b/table.tsv"), { imageFolder: path("b/table.tsv") }))).toMatch(
      /is a file; give/,
    );
  });

  test("nowhere: the names stay, and loading one says what to give", async () => {
    const { samples, captionsOnly, loadImage } = await dataset(
      "c/k.jsonl",
      '{"file": "gone.png", "caption": "a cat"}\n',
    );
    expect([samples[0]!.image, captionsOnly]).toEqual(["gone.png", true]);
    await expect(loadImage("gone.png")).rejects.toThrow("gone.png: the data set was opened for its captions only;");
  });
});

describe("folders", () => {
  test("are told by what is in them", async () => {
    await write("hub/metadata.csv", "file_name,text\n1.png,a cat\n");
    await write("hub/1.png", await png);
    expect((await openDataset(path("hub"))).samples).toEqual([
      { id: "1", image: path("hub/1.png"), captions: ["a cat"] },
    ]);
    await write("flickr8k/captions.txt", "image,caption\n1.png,A cat .\n1.png,One cat .\n");
    await write("flickr8k/Images/1.png", await png);
    expect((await openDataset(path("flickr8k"))).samples[0]).toMatchObject({
      image: path("flickr8k/Images/1.png"),
      captions: ["A cat .", "One cat ."],
    });
    expect(await captionFile(path("flickr8k"))).toBe(path("flickr8k/captions.txt"));
    await mkdir(path("empty"));
    expect(await dataError(openDataset(path("empty")))).toMatch(
      /^unknown-format: .*: no captions in this folder; expected one of annotations\.jsonl, /,
    );
    expect(await dataError(openDataset("wrold"))).toBe(
      "not-found: wrold: no such file or folder; give a path that exists",
    );
  });
});

describe("revision", () => {
  test("changes with the samples and not with where they are", async () => {
    const line = '{"file": "1.png", "caption": "a cat"}\n';
    await write("r1/x.jsonl", line);
    await write("r2/y.jsonl", line);
    await write("r2/z.jsonl", line.replace("cat", "cow"));
    const revision = async (name: string) => (await openDataset(path(name))).revision;
    expect(await revision("r1/x.jsonl")).toMatch(/^[0-9a-f]{12}$/);
    expect(await revision("r2/y.jsonl")).toBe(await revision("r1/x.jsonl"));
    expect(await revision("r2/z.jsonl")).not.toBe(await revision("r1/x.jsonl"));
  });
});

describe("mixes", () => {
  test("number hard negatives anew", async () => {
    const table = "\ttitle\tfilepath\tneg_caption\tneg_image\n0\ta\tx.jpg\t[]\t[1]\n1\tb\ty.jpg\t[]\t[0]\n";
    await write("m/n.tsv", table);
    await write("m/k.txt", "x.jpg\tc\n");
    const { samples } = await openDataset(`${path("m/k.txt")}::${path("m/n.tsv")}`, { weights: [2, 2] });
    expect(samples.map(({ captions, hardNegativeImages }) => [...captions, hardNegativeImages])).toEqual([
      ["c", undefined],
      ["c", undefined],
      ["a", [4]],
      ["a", [4]],
      ["b", [2]],
      ["b", [2]],
    ]);
    expect(await dataError(openDataset(`${path("m/k.txt")}::`))).toMatch(/^bad-option: .*: an empty part beside "::"/);
    expect(await dataError(openDataset(path("m/k.txt"), { weights: [0] }))).toMatch(/^bad-option: .*weights are \[0\]/);
  });

  test("braces that are no range stay; lists are alternatives", async () => {
    await write("x/a{1}.txt", "a cat\n");
    await write("x/b.txt", "a dog\n");
    const captions = async (name: string) => (await openDataset(path(name))).samples.map((one) => one.captions[0]);
    expect(await captions("x/a{1}.txt")).toEqual(["a cat"]);
    await write("y/c{0..1}.txt", "a bird\n");
    await write("y/d::e.txt", "a cow\n");
    expect([await captions("y/c{0..1}.txt"), await captions("y/d::e.txt")]).toEqual([["a bird"], ["a cow"]]);
    expect(await captions("x/{b,a{1}}.txt").catch(() => "none")).toBe("none");
    expect(await captions("x/{b,b}.txt")).toEqual(["a dog", "a dog"]);
  });
});

describe("readers of one's own", () => {
  /** Captions between stars. */
  const stars: Reader = {
    name: "stars",
    version: "1",
    detect: ({ text }) => text.startsWith("*"),
    async *read({ text, path: file }) {
      for (const [index, caption] of text.split("*").entries()) {
        const where = `${file}: ${index}`;
        if (caption.trim() !== "") yield { where, id: String(index), address: `star-${index}`, captions: [caption] };
      }
    },
    readImage: () => png,
  };

  test("are asked first, and read images in their own way", async () => {
    const content = "*a cat*a dog*";
    expect((await dataset("s.txt", content)).name).toBe("captions");
    const { name, samples, loadImage } = await dataset("s.txt", content, { readers: [stars] });
    expect([name, ...samples.map(({ image }) => image)]).toEqual(["stars", "star-1", "star-2"]);
    expect(await loadImage("star-2")).toMatchObject({ width: 2, height: 1 });
    const captions: string[] = [];
    for await (const record of streamCaptions(path("s.txt"), { readers: [stars] })) {
      if ("caption" in record) captions.push(record.caption);
    }
    expect(captions).toEqual(["a cat", "a dog"]);
    expect((await openDataset({ ...stars, path: path("s.txt") })).samples.length).toBe(2);
    expect(await dataError(openDataset(stars))).toBe(
      "bad-option: openDataset: the reader stars has no path; give it one, or give a path",
    );
  });

  test("a built-in one for a path is not asked whether it knows the content", async () => {
    const file = await write("t.txt", "x.jpg\tnot split\nx,y\n");
    expect((await openDataset(plainCaptions(file))).problems.length).toBe(1);
  });
});

test("gzip is unpacked; a file cut within it is an error", async () => {
  const { gzipSync } = await import("node:zlib");
  const packed = gzipSync(Buffer.from("filepath\ttitle\nx.jpg\ta cat\n".repeat(3)));
  expect((await dataset("g.tsv.gz", gzipSync("filepath\ttitle\nx.jpg\ta cat\n"))).samples.length).toBe(1);
  expect(await dataError(dataset("cut.tsv.gz", packed.subarray(0, 30)))).toMatch(
    /^unreadable: .*cannot be read to its end/,
  );
  await mkdir(path("copies"));
  await copyFile(path("g.tsv.gz"), join(path("copies"), "named.json"));
  expect((await openDataset(path("copies/named.json"))).name).toBe("caption-table");
});
