import { readFile, stat } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { encodePng, ImageError, openDataset, webdataset } from "@tesserae/data";
import { packTar } from "modern-tar";
import { describe, expect, test } from "vitest";
import { dataError, useTemporaryFolder } from "../../fixtures/temporary-folder.js";

const { records, dataset, write, path } = useTemporaryFolder();

type Body = string | Uint8Array;
const tarOf = (members: Readonly<Record<string, Body>> | readonly (readonly [string, Body])[]) =>
  packTar(
    (Array.isArray(members) ? members : Object.entries(members)).map(([name, body]: readonly [string, Body]) => ({
      header: { name, size: Buffer.byteLength(body) },
      body,
    })),
  );
const picture = (value: number) => encodePng({ width: 1, height: 1, data: Uint8Array.of(value, 0, 0) });

describe("captions of a WebDataset", () => {
  test("members of a sample together, caption from .txt or .json", async () => {
    const tar = await tarOf({
      "part/000.jpg": "not decoded",
      "part/000.txt": "a cat\n",
      "part/001.json": '{"caption": "a dog", "id": 99}',
      "part/001.png": "not decoded",
      "part/002.jpg": "not decoded",
      "part/003.json": "{",
      "part/004.txt": " ",
      "part/004.jpg": "not decoded",
    });
    const found = await records("n.tar", tar);
    const file = path("n.tar");
    expect(found.slice(0, 3)).toEqual([
      { where: ": part/000", id: "part/000", image: `${file}#part/000.jpg`, caption: "a cat" },
      { where: ": part/001", id: "part/001", image: `${file}#part/001.png`, caption: "a dog" },
      { where: ": part/002", problem: expect.stringMatching(/^no \.txt with a caption and no \.json/) },
    ]);
    expect(found[3]).toMatchObject({ problem: expect.stringMatching(/^its \.json is not JSON/) });
    expect(found[4]).toMatchObject({ problem: expect.stringMatching(/^an empty \.txt and no \.json/) });
  });

  test("dots within a key keep samples apart; parts of a sample are none of their own", async () => {
    const tar = await tarOf({
      "photo.1.jpg": "x",
      "photo.1.txt": "a cat",
      "photo.2.jpg": "x",
      "photo.2.txt": "a dog",
      "v1.5/a.jpg": "x",
      "v1.5/a.txt": "a bird",
      "b.jpg": "x",
      "b.seg.png": "x",
      "b.meta.json": '{"caption": "a fish"}',
      "c.jpg": "x",
      "c.jpg.txt": "a cow",
      "d.cls": "3",
    });
    const found = await records("dots.tar", tar);
    expect(
      found.map((one) => "caption" in one && [one.id, one.image?.replace(path("dots.tar"), ""), one.caption]),
    ).toEqual([
      ["photo.1", "#photo.1.jpg", "a cat"],
      ["photo.2", "#photo.2.jpg", "a dog"],
      ["v1.5/a", "#v1.5/a.jpg", "a bird"],
      ["b", "#b.jpg", "a fish"],
      ["c", "#c.jpg", "a cow"],
    ]);
  });

  test("what macOS adds is no sample", async () => {
    const tar = await tarOf({
      "._000.jpg": "x",
      "._000.txt": "Mac OS X",
      "000.jpg": "x",
      "000.txt": "a cat",
      "__MACOSX/._000.txt": "Mac OS X",
      ".DS_Store": "x",
      "part/._001.txt": "Mac OS X",
    });
    expect((await records("mac.tar", tar)).map((one) => "caption" in one && one.caption)).toEqual(["a cat"]);
  });

  test("texts that are no UTF-8 are reported, UTF-16 is read", async () => {
    const tar = await tarOf({
      "0.txt": Buffer.from("a caf\xe9", "latin1"),
      "0.jpg": "x",
      "1.txt": Buffer.from("\uFEFFa café", "utf16le"),
      "1.jpg": "x",
      "2.json": Buffer.from('{"caption": "a caf\xe9"}', "latin1"),
      "2.jpg": "x",
    });
    expect(await records("latin.tar", tar)).toEqual([
      { where: ": 0", problem: "0.txt is not UTF-8" },
      { where: ": 1", id: "1", image: `${path("latin.tar")}#1.jpg`, caption: "a café" },
      { where: ": 2", problem: "2.json is not UTF-8" },
    ]);
  });

  test("members in any order, a member twice, names longer than a header holds", async () => {
    const long = `${"folder/".repeat(30)}000000000000`;
    const tar = await tarOf([
      ["1.jpg", "x"],
      ["0.jpg", "x"],
      ["0.txt", "a cat"],
      ["1.txt", "a dog"],
      ["0.txt", "a second cat"],
      [`${long}.jpg`, "x"],
      [`${long}.txt`, "a bird"],
    ]);
    expect(await records("order.tar", tar)).toEqual([
      { where: ": 1", id: "1", image: `${path("order.tar")}#1.jpg`, caption: "a dog" },
      { where: ": 0", problem: "0.txt: a second text of this sample, left out" },
      { where: ": 0", id: "0", image: `${path("order.tar")}#0.jpg`, caption: "a cat" },
      { where: `: ${long}`, id: long, image: `${path("order.tar")}#${long}.jpg`, caption: "a bird" },
    ]);
  });

  test("an archive that is cut or damaged gives what is whole, and a problem", async () => {
    const tar = await tarOf({
      "0.txt": "a cat",
      "0.jpg": "x".repeat(600),
      "1.txt": "a dog",
      "1.jpg": "x".repeat(2000),
    });
    const cut = await records("cut.tar", tar.slice(0, tar.length - 3000));
    expect(cut).toEqual([
      { where: ": 0", id: "0", image: `${path("cut.tar")}#0.jpg`, caption: "a cat" },
      { where: ": 1", id: "1", caption: "a dog" },
      { where: "", problem: `cut short at byte ${tar.length - 3000}, in the file after 1.txt` },
    ]);
    const damaged = tar.map((byte, index) => (index >= 1024 && index < 1100 ? 0xff : byte));
    expect((await records("damaged.tar", damaged)).at(-1)).toEqual({
      where: "",
      problem: "damaged at byte 1024, after 0.txt",
    });
    expect(await dataError(dataset("packed.tar.gz", gzipSync(tar)))).toBe(
      `malformed: ${path("packed.tar.gz")}: packed by gzip; its members are read by their place, so unpack it (gunzip)`,
    );
    expect(await dataError(dataset("none.tar", new Uint8Array(1024)))).toMatch(/^empty: .*holds no record/);
  });
});

describe("images of a WebDataset", () => {
  test("are read by their place, when they are asked for", async () => {
    const tar = await tarOf({
      "0.png": await picture(10),
      "0.txt": "a cat",
      "1.png": await picture(20),
      "1.txt": "a dog",
      "2.png": "no image",
      "2.txt": "a bird",
    });
    const { name, samples, loadImage } = await dataset("images.tar", tar);
    expect(name).toBe("webdataset");
    expect(samples.map(({ id, captions }) => [id, ...captions])).toEqual([
      ["0", "a cat"],
      ["1", "a dog"],
      ["2", "a bird"],
    ]);
    const red = async (image: string) => (await loadImage(image)).data[0];
    expect(await Promise.all([samples[1]!, samples[0]!].map(({ image }) => red(image)))).toEqual([20, 10]);
    const error = await loadImage(samples[2]!.image).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ImageError);
    expect((error as ImageError).message).toMatch(/images\.tar#2\.png: not an image in a known format/);
    await expect(loadImage(`${path("images.tar")}#9.png`)).rejects.toThrow(
      "images.tar#9.png: no such image in an archive",
    );
  });

  test("of ranges, folders and a mix with weights", async () => {
    for (const shard of [0, 1, 2]) {
      const members = { "000.png": await picture(shard + 1), "000.txt": `caption ${shard}` };
      await write(`shards/0${shard}.tar`, await tarOf(members));
    }
    await write("more/9.jpg", await picture(9));
    await write("more/annotations.jsonl", '{"file": "9.jpg", "caption": "caption 9"}\n');
    const range = path("shards/{00..01}.tar");
    const captions = ({ samples }: { samples: readonly { captions: readonly string[] }[] }) =>
      samples.map((sample) => sample.captions[0]);
    const two = await openDataset(webdataset(range));
    expect(captions(two)).toEqual(["caption 0", "caption 1"]);
    expect(two.samples.map(({ id }) => id)).toEqual(["000", "000-2"]);
    expect(captions(await openDataset(path("shards")))).toEqual(["caption 0", "caption 1", "caption 2"]);
    const mixed = await openDataset(`${path("shards")}::${path("more")}`, { weights: [0.5, 2] });
    expect(mixed.name).toBe("webdataset+json-lines");
    expect(captions(mixed)).toEqual(["caption 1", "caption 9", "caption 9"]);
    const reds = await Promise.all(mixed.samples.map(async ({ image }) => (await mixed.loadImage(image)).data[0]));
    expect(reds).toEqual([2, 9, 9]);
    expect(await dataError(openDataset(range, { weights: [1, 2] }))).toMatch(
      /^bad-option: .*weights are \[1,2\] for 1 parts; give a number above 0 for each part/,
    );
    expect(await dataError(openDataset(path("shards/{5..1}.tar")))).toMatch(/\{5\.\.1\} is no range/);
    expect(await dataError(openDataset(path("shards/{00..07}.tar")))).toMatch(/^not-found: .*03\.tar: no such file/);
  });

  test("named by a table, as an address", async () => {
    await write("by/shard.tar", await tarOf({ "0.png": await picture(7), "0.txt": "a cat" }));
    const { samples, problems, loadImage } = await dataset(
      "by/table.tsv",
      "filepath\ttitle\nshard.tar#0.png\tone cat\nnone.tar#0.png\ta dog\n",
    );
    expect(problems).toEqual([":3: no image none.tar#0.png; skipped"]);
    expect((await loadImage(samples[0]!.image)).data[0]).toBe(7);
  });

  test("are not read for their captions", async () => {
    const large = Array.from({ length: 40 }, (_, i): (readonly [string, Body])[] => [
      [`${i}.jpg`, new Uint8Array(1_000_000)],
      [`${i}.txt`, `caption ${i}`],
    ]).flat();
    const file = await write("large.tar", await tarOf(large));
    const before = process.memoryUsage().arrayBuffers;
    const { samples } = await openDataset(file);
    expect((await stat(file)).size).toBeGreaterThan(40_000_000);
    expect(samples.length).toBe(40);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });
});

test("a name says nothing: a tar file under another name is read as one, a text named .tar as a text", async () => {
  const tar = await tarOf({ "0.jpg": "x", "0.txt": "a cat" });
  expect((await records("archive.txt", tar)).map((one) => "caption" in one && one.caption)).toEqual(["a cat"]);
  expect((await records("text.tar", "a dog\n")).map((one) => "caption" in one && one.caption)).toEqual(["a dog"]);
  expect((await readFile(path("text.tar"))).length).toBe(6);
});
