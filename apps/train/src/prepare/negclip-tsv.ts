import { createHash } from "node:crypto";
import { appendFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatPythonList, streamLines } from "@tesserae/data";
import { seededRng } from "@tesserae/scene-graph/random";
import { TrainError } from "../train-error.js";
import type { PreparedCaption, PreparedFile } from "./prepared.js";
import type { ShardFiles } from "./shard-files.js";

const fileName = "negclip.tsv";
/** Hard images of a row, as in the authors' file. */
const hardImages = 3;

/**
 * Writes the shards as NegCLIP's table: row number, `title`, `filepath`, `neg_caption` and `neg_image`, the last two as
 * Python lists. Its loader draws one of each list for every row, so captions without a negative are left out (they are
 * counted in the manifest: `captions` less `covered`). `neg_image` holds rows of other images, drawn by the seed.
 * @throws TrainError when captions name no image, or there are not two images with negatives
 */
export async function writeNegclipTsv(
  out: string,
  files: ShardFiles,
  shards: number,
  seed: number,
): Promise<PreparedFile> {
  const images: string[] = [];
  for await (const { caption, image } of kept(files, shards)) {
    if (image === undefined) {
      throw new TrainError(`"${caption}" has no image, and NegCLIP's table needs one for each row; use --format jsonl`);
    }
    images.push(image);
  }
  if (new Set(images).size < 2) {
    throw new TrainError("NegCLIP's table needs negatives for captions of at least two images; use --format jsonl");
  }
  const path = join(out, fileName);
  const partial = `${path}.partial`;
  const hash = createHash("sha256");
  let row = 0;
  let lines = "\ttitle\tfilepath\tneg_caption\tneg_image\n";
  await writeFile(partial, "");
  const flush = async () => {
    hash.update(lines);
    await appendFile(partial, lines);
    lines = "";
  };
  for await (const { caption, image, negatives } of kept(files, shards)) {
    const texts = negatives.map((negative) => negative.caption);
    const fields = [caption, image!, formatPythonList(texts), formatPythonList(otherRows(images, row, seed))];
    lines += `${[String(row), ...fields.map(quoted)].join("\t")}\n`;
    row++;
    if (row % 1000 === 0) await flush();
  }
  await flush();
  await rename(partial, path);
  return { name: fileName, records: row, sha256: hash.digest("hex") };
}

/** The captions that have a negative, shard by shard. */
async function* kept(files: ShardFiles, shards: number): AsyncGenerator<PreparedCaption> {
  for (let index = 0; index < shards; index++) {
    for await (const { text } of streamLines(files.path("shard", index), "a prepared shard")) {
      const row = JSON.parse(text) as PreparedCaption;
      if (row.negatives.length > 0) yield row;
    }
  }
}

/** Different rows whose image is another one; where there are too few, fewer. */
function otherRows(images: readonly string[], row: number, seed: number): number[] {
  const rng = seededRng(seed, "neg_image", row);
  const rows = new Set<number>();
  for (let attempt = 0; attempt < 20 * hardImages && rows.size < hardImages; attempt++) {
    const other = Math.floor(rng() * images.length);
    if (images[other] !== images[row]) rows.add(other);
  }
  if (rows.size === 0) rows.add(images.findIndex((image) => image !== images[row]));
  return [...rows];
}

/** A field as pandas writes and reads it. */
function quoted(field: string): string {
  return /["\t\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
