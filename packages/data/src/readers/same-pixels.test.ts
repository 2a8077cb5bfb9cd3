import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type Dataset, openDataset } from "@tesserae/data";
import { parquetWriteBuffer } from "hyparquet-writer";
import { packTar } from "modern-tar";
import { beforeAll, describe, expect, test } from "vitest";
import { useTemporaryFolder } from "../fixtures/temporary-folder.js";

const shared = fileURLToPath(new URL("../../../../../shared/data/photos", import.meta.url));
const absent = !existsSync(shared);
const label = absent ? "real photos (skipped: the folder shared/data is not here)" : "real photos";

/** Shards that the photos are written into. */
const shards = 3;

describe.skipIf(absent)(label, () => {
  const { write, path } = useTemporaryFolder();
  let folder: Dataset;
  let files: ReadonlyMap<string, Buffer>;

  beforeAll(async () => {
    folder = await openDataset(shared);
    const read = folder.samples.map(async ({ image }) => [image, await readFile(image)] as const);
    files = new Map(await Promise.all(read));
  });

  const part = (shard: number) => folder.samples.filter((_, index) => index % shards === shard);
  /** The samples in the order of the shards. */
  const expected = () => Array.from({ length: shards }, (_, shard) => part(shard)).flat();

  async function sameAsFolder(other: Dataset): Promise<void> {
    expect(other.problems).toEqual([]);
    expect(other.samples.map(({ captions }) => captions)).toEqual(expected().map(({ captions }) => captions));
    expect(other.samples.length).toBe(266);
    // From the last to the first, so that no order of reading is taken for granted.
    for (const [index, sample] of [...other.samples.entries()].reverse()) {
      const [image, original] = await Promise.all([
        other.loadImage(sample.image),
        folder.loadImage(expected()[index]!.image),
      ]);
      expect([image.width, image.height]).toEqual([original.width, original.height]);
      expect(Buffer.compare(image.data, original.data)).toBe(0);
    }
  }

  test("a WebDataset of them has the same samples and pixels", async () => {
    for (let shard = 0; shard < shards; shard++) {
      const members = part(shard).flatMap(({ id, image, captions }) => {
        const json = Buffer.from(JSON.stringify({ captions }));
        return [
          { header: { name: `${id}.jpg`, size: files.get(image)!.length }, body: files.get(image)! },
          { header: { name: `${id}.json`, size: json.length }, body: json },
        ];
      });
      await write(`tar/photos-0${shard}.tar`, await packTar(members));
    }
    const tars = await openDataset(path(`tar/photos-{00..0${shards - 1}}.tar`));
    expect(tars.samples.map(({ id }) => id)).toEqual(expected().map(({ id }) => id));
    await sameAsFolder(tars);
  }, 120_000);

  test("parquet files of them have the same samples and pixels", async () => {
    for (let shard = 0; shard < shards; shard++) {
      const samples = part(shard);
      const columnData = [
        {
          name: "image",
          data: samples.map(({ image }) => ({ bytes: new Uint8Array(files.get(image)!), path: basename(image) })),
        },
        { name: "captions", data: samples.map(({ captions }) => captions) },
        { name: "image_id", data: samples.map(({ id }) => id) },
      ];
      const optional = { repetition_type: "OPTIONAL" } as const;
      const text = { type: "BYTE_ARRAY", converted_type: "UTF8", ...optional } as const;
      const schema = [
        { name: "root", num_children: 3 },
        { name: "image", num_children: 2, ...optional },
        { name: "bytes", type: "BYTE_ARRAY" as const, ...optional },
        { name: "path", ...text },
        { name: "captions", type: "BYTE_ARRAY" as const, converted_type: "JSON" as const, ...optional },
        { name: "image_id", ...text },
      ];
      const bytes = parquetWriteBuffer({ columnData, schema, rowGroupSize: 30 } as Parameters<
        typeof parquetWriteBuffer
      >[0]);
      await write(`parquet/train-0000${shard}-of-0000${shards}.parquet`, new Uint8Array(bytes));
    }
    const rows = await openDataset(path("parquet"));
    expect(rows.samples[1]!.image).toBe(
      `${path("parquet/train-00000-of-00003.parquet")}#2/${basename(expected()[1]!.image)}`,
    );
    await sameAsFolder(rows);
  }, 120_000);
});
