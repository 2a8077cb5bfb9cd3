import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parquetWriteBuffer } from "hyparquet-writer";
import { packTar } from "modern-tar";
import { beforeAll, describe, expect, it } from "vitest";
import { folder, metricsOf, runTiny, weightsOf } from "../fixtures/runs.js";

const shared = fileURLToPath(new URL("../../../../../shared/data", import.meta.url));
const absent = !existsSync(shared);
const label = absent ? "real photos (skipped: the folder shared/data is not here)" : "real photos";

interface Photo {
  readonly image_id: number;
  readonly file: string;
  readonly captions: readonly string[];
}

const lossesOf = async (out: string) => (await metricsOf(out)).flatMap(({ loss }) => loss ?? []);

describe.skipIf(absent)(label, () => {
  let photos: readonly Photo[];
  beforeAll(async () => {
    const lines = (await readFile(join(shared, "photos/annotations.jsonl"), "utf8")).trim().split("\n");
    photos = lines.map((line) => JSON.parse(line));
  });
  const pixels = ({ file }: Photo) => readFile(join(shared, "photos/images", file));

  it("a WebDataset and a parquet made of them train the same as the folder", async () => {
    const some = photos.slice(0, 24);
    const [plain, tar, table] = [await folder(), await folder(), await folder()];
    await mkdir(join(plain, "images"));
    for (const photo of some)
      await copyFile(join(shared, "photos/images", photo.file), join(plain, "images", photo.file));
    await writeFile(join(plain, "annotations.jsonl"), some.map((photo) => JSON.stringify(photo)).join("\n"));
    const members = await Promise.all(
      some.map(async (photo) => {
        const [bytes, json] = [await pixels(photo), Buffer.from(JSON.stringify({ captions: photo.captions }))];
        const key = basename(photo.file, ".jpg");
        return [
          { header: { name: `${key}.jpg`, size: bytes.length }, body: bytes },
          { header: { name: `${key}.json`, size: json.length }, body: json },
        ];
      }),
    );
    await writeFile(join(tar, "photos-00.tar"), await packTar(members.slice(0, 12).flat()));
    await writeFile(join(tar, "photos-01.tar"), await packTar(members.slice(12).flat()));
    const images = await Promise.all(
      some.map(async (photo) => ({ bytes: new Uint8Array(await pixels(photo)), path: photo.file })),
    );
    const optional = { repetition_type: "OPTIONAL" } as const;
    const parquet = parquetWriteBuffer({
      columnData: [
        { name: "image", data: images },
        { name: "captions", data: some.map(({ captions }) => captions) },
      ],
      schema: [
        { name: "root", num_children: 2 },
        { name: "image", num_children: 2, ...optional },
        { name: "bytes", type: "BYTE_ARRAY", ...optional },
        { name: "path", type: "BYTE_ARRAY", converted_type: "UTF8", ...optional },
        { name: "captions", type: "BYTE_ARRAY", converted_type: "JSON", ...optional },
      ],
    } as Parameters<typeof parquetWriteBuffer>[0]);
    await writeFile(join(table, "photos.parquet"), new Uint8Array(parquet));

    const runs: string[] = [];
    for (const data of [plain, join(tar, "photos-{00..01}.tar"), join(table, "photos.parquet")]) {
      const out = await folder();
      await runTiny("mosaiclip", out, [`data=${data}`, "steps=3"]);
      runs.push(out);
    }
    const [own, ...others] = runs;
    for (const out of others) {
      expect(await lossesOf(out)).toEqual(await lossesOf(own!));
      expect((await weightsOf(out)).equals(await weightsOf(own!))).toBe(true);
    }
  }, 240_000);

  it("NegCLIP trains on the rows of its own file whose photo is here, with the negatives of the file", async () => {
    const [header, ...rows] = (await readFile(join(shared, "negclip/valid_neg_clip.tsv"), "utf8"))
      .trimEnd()
      .split("\n");
    const here = new Map(photos.map((photo) => [photo.image_id, photo.file]));
    const kept = rows.flatMap((row) => {
      const [number, title, path, negatives, near] = row.split("\t") as [string, string, string, string, string];
      const file = here.get(Number(/(\d+)\.jpg/.exec(path)?.[1]));
      return file === undefined ? [] : [[number, title, file, negatives, near].join("\t")];
    });
    expect(kept).toHaveLength(35);
    const out = await folder();
    const file = join(await folder(), "rows.tsv");
    await writeFile(file, `${[header, ...kept].join("\n")}\n`);
    const record = await runTiny("negclip", out, [
      `data=${file}`,
      `images=${join(shared, "photos/images")}`,
      "steps=6",
      "inspect=3",
    ]);
    expect(record.steps).toBe(6);
    const losses = (await lossesOf(out)).filter((loss) => loss !== undefined);
    expect(losses).toHaveLength(6);
    expect(record.parts.at(-1)).toMatchObject({ step: "train", coverage: [{ captions: 0, negatives: 0 }] }); // nothing was mined
  }, 240_000);

  it("NegCLIP trains on a file with hard images made of the photos: twice as many images a step", async () => {
    const some = photos.slice(0, 24);
    const rows = some.map(
      ({ file, captions }, row) =>
        `${row}\t${captions[0]}\t${file}\t['${captions[0]!.replace(/\W/g, " ")} not']\t[${(row + 1) % 24}, ${(row + 2) % 24}]`,
    );
    const file = join(await folder(), "rows.tsv");
    await writeFile(file, `\ttitle\tfilepath\tneg_caption\tneg_image\n${rows.join("\n")}\n`);
    const images = `images=${join(shared, "photos/images")}`;
    const [hard, plain] = [await folder(), await folder()];
    await runTiny("negclip", hard, [`data=${file}`, images, "steps=2"]);
    await runTiny("negclip", plain, [`data=${file}`, images, "steps=2", "hardImages=false"]);
    // The first loss of a softmax over 8 images and 16 texts lies above that of one over 4 and 8.
    const [[first], [other]] = [await lossesOf(hard), await lossesOf(plain)] as [number[], number[]];
    expect(first! - other!).toBeGreaterThan(0.3);
  }, 240_000);
});
