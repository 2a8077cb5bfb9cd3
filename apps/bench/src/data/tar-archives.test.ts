import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { benchmarks, type ClassificationData } from "@tesserae/benchmarks";
import { encodePng } from "@tesserae/data";
import { beforeAll, describe, expect, it } from "vitest";
import { createDataSource } from "./data-source.js";
import { createImageLoader } from "./image-loader.js";

/** A ustar archive of files, as WebDataset's writer makes it. */
function tarOf(files: Readonly<Record<string, Uint8Array | string>>): Buffer {
  const parts = Object.entries(files).flatMap(([name, content]) => {
    const body = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("0000644\0", 100);
    header.write(`${body.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write("        ", 148);
    header.write("0", 156);
    header.write("ustar\0", 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

const definition = benchmarks.find(({ name }) => name === "zero-shot/cifar10")!;
const png = (value: number) => encodePng({ width: 2, height: 1, data: new Uint8Array(6).fill(value) });
const [nine, seven] = await Promise.all([png(9), png(7)]);
let data: string;
const folder = () => join(data, "zero-shot", "cifar10");
const write = async (shard: Readonly<Record<string, Uint8Array | string>>) =>
  writeFile(join(folder(), "test", "0.tar"), tarOf(shard));

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "bench-shards-"));
  await mkdir(join(folder(), "test"), { recursive: true });
  await writeFile(join(folder(), "classnames.txt"), "kite\nboat\n");
  await writeFile(join(folder(), "zeroshot_classification_templates.txt"), "a photo of a {c}.\n");
  await writeFile(join(folder(), "test", "nshards.txt"), "1\n");
});

describe("shards as CLIP_benchmark writes them", () => {
  it("give images with the class of their key, and their pixels", async () => {
    await write({ "s0.png": nine, "s0.cls": "1", "s1.png": seven, "s1.cls": "0\n" });
    const source = createDataSource(definition, { data });
    const { items } = (await definition.read(source)) as ClassificationData;
    expect(items.map(({ labels }) => labels)).toEqual([[1], [0]]);
    expect(items.map(({ image }) => source.nameImage(image))).toEqual(["test/0.tar#s0.png", "test/0.tar#s1.png"]);
    const loader = createImageLoader(definition);
    expect(await loader.load(items[0]!.image)).toMatchObject({ width: 2, height: 1, data: new Uint8Array(6).fill(9) });
    expect(loader.problems.size).toBe(0);
  });

  it("say what is wrong with them", async () => {
    const read = async () => definition.read(createDataSource(definition, { data }));
    await write({ "s0.png": nine });
    await expect(read()).rejects.toThrow(
      "test/0.tar#s0.png: no test/0.tar#s0.cls beside it; expected its class number",
    );
    await write({ "s0.png": nine, "s0.cls": "7" });
    await expect(read()).rejects.toThrow("test/0.tar#s0.png: its .cls is no class number below 2 (classnames.txt)");
    await writeFile(join(folder(), "test", "0.tar"), tarOf({ "s0.png": nine, "s0.cls": "1" }).subarray(0, 1400));
    await expect(read()).rejects.toThrow(/0\.tar: cut short at byte 1400.*; copy or download it again/);
  });
});
