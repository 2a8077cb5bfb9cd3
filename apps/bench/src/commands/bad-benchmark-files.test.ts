import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "bad-files-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Scores a text-only model on a benchmark whose one file has this content. */
async function runOn(benchmark: string, path: string, content: string): Promise<string> {
  const folder = await mkdtemp(join(root, "data-"));
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
  return bench(
    ...["run", benchmark, "--data", folder, "--model", "text:shortest"],
    ...["--out", join(folder, "out"), "--backend", "cpu"],
  );
}

const winoground = (id: number) => ({
  ...{ id, image_0: `${id}a`, image_1: `${id}b`, caption_0: `dog ${id}`, caption_1: `cat ${id}` },
});
const lines = (values: readonly object[]) => values.map((value) => JSON.stringify(value)).join("\n");
const colourSwap = (id: number, extra: object = {}) => ({
  ...{ image_1: `${id}a.png`, image_2: `${id}b.png`, caption_1: `a red dog ${id}`, caption_2: `a dog red ${id}` },
  ...extra,
});
const crepe = "image_id,caption,x,y,width,height,hard_negs\n";
const svo = "sentence,pos_image_id,neg_image_id,subj_neg,verb_neg,obj_neg\n";

describe("a benchmark's file that cannot be trusted ends the run with its name, its place and a count", () => {
  it.each<[string, string, string, string, RegExp]>([
    [
      "an id twice in Winoground",
      "winoground",
      "examples.jsonl",
      lines([winoground(3), winoground(4), winoground(3), winoground(4), winoground(5)]),
      /examples\.jsonl: 2 entries are given twice; the first: 3\. Which of them counts is not clear/,
    ],
    [
      "an id twice in ColorSwap",
      "colorswap",
      "test.json",
      JSON.stringify([colourSwap(1, { id: 7 }), colourSwap(2, { id: 7 })]),
      /test\.json: 1 entries are given twice; the first: 7\./,
    ],
    [
      "an entry twice in ColorSwap, where none has an id",
      "colorswap",
      "test.json",
      JSON.stringify([colourSwap(1), colourSwap(2), colourSwap(1)]),
      /test\.json: 1 entries are given twice; the first: "1a\.png \| 1b\.png \| a red dog 1 \| a dog red 1"/,
    ],
    [
      "a record that lacks a caption",
      "winoground",
      "examples.jsonl",
      lines([winoground(1), { ...winoground(2), caption_1: undefined }]),
      /examples\.jsonl:2: entry caption_1: .*expected the form of/,
    ],
    [
      "a line that was cut off",
      "winoground",
      "examples.jsonl",
      `${lines([winoground(1)])}\n{"id": 2, "capt`,
      /examples\.jsonl:2: not JSON/,
    ],
    [
      "a label that is neither true nor false",
      "vsr",
      "test.jsonl",
      lines([{ image: "1.jpg", caption: "a dog", label: 2, relation: "on" }]),
      /test\.jsonl:1: entry label: /,
    ],
    [
      "a column of another file",
      "crepe/productivity-atom-4",
      "prod_hard_negatives/atom/prod_vg_hard_negs_atom_complexity_4.csv",
      "image_id,caption,x,y,width,height,hard_negatives\n1,a dog,0,0,9,9,['a cat']\n",
      /lacks the column hard_negs \(it has image_id, caption, x, y, width, height, hard_negatives\)/,
    ],
    [
      "a box without a side",
      "crepe/productivity-atom-4",
      "prod_hard_negatives/atom/prod_vg_hard_negs_atom_complexity_4.csv",
      `${crepe}1,a dog,0,0,9,9,['a cat']\n2,a dog,0,0,,9,['a cat']\n`,
      /complexity_4\.csv: row 2: expected a box as x, y, width, height in pixels, got 0, 0, , 9/,
    ],
    [
      "negatives that are no Python list",
      "crepe/productivity-atom-4",
      "prod_hard_negatives/atom/prod_vg_hard_negs_atom_complexity_4.csv",
      `${crepe}1,a dog,0,0,9,9,a cat\n`,
      /complexity_4\.csv: row 1, hard_negs: expected a Python list or set of texts, got a cat/,
    ],
    [
      "a truth value that is none",
      "svo-probes",
      "svo_probes.csv",
      `${svo}a dog runs,1,2,maybe,False,False\n`,
      /svo_probes\.csv: row 1: expected True or False in subj_neg, got "maybe"/,
    ],
    [
      "a row with too many columns",
      "svo-probes",
      "svo_probes.csv",
      `${svo}a dog runs,1,2,True,False,False,False\n`,
      /svo_probes\.csv: Invalid Record Length.*; expected the CSV of/,
    ],
    [
      "one caption where a choice is asked for",
      "aro/coco-order",
      "coco_order.json",
      JSON.stringify([{ image: "1.jpg", caption_options: ["a dog"] }]),
      /coco_order\.json: entry 0\.caption_options: /,
    ],
    [
      "a box as text",
      "aro/vg-attribution",
      "visual_genome_attribution.json",
      JSON.stringify([
        {
          ...{ image_path: "1.jpg", bbox_x: "0", bbox_y: 0, bbox_w: 9, bbox_h: 9 },
          ...{ true_caption: "a", false_caption: "b", attributes: ["red", "blue"] },
        },
      ]),
      /visual_genome_attribution\.json: entry 0\.bbox_x: /,
    ],
  ])("%s", async (_, benchmark, path, content, message) => {
    await expect(runOn(benchmark, path, content)).rejects.toThrow(message);
  });
});

describe("embeddings that cannot be trusted", () => {
  const item = { filename: "0.jpg", caption: "a dog", negative_caption: "a cat" };
  const vector = (name: object, embedding: string) =>
    `${JSON.stringify(name).slice(0, -1)}, "embedding": ${embedding}}`;
  const scoreWith = async (...vectors: readonly string[]) => {
    const folder = await mkdtemp(join(root, "vectors-"));
    await writeFile(join(folder, "swap_obj.json"), JSON.stringify({ 0: item }));
    await writeFile(join(folder, "mine.jsonl"), vectors.join("\n"));
    return bench(
      ...["run", "sugarcrepe/swap_obj", "--data", folder, "--model", join(folder, "mine.jsonl")],
      ...["--out", join(folder, "out"), "--backend", "cpu"],
    );
  };
  const [dog, cat] = [vector({ text: "a dog" }, "[1, 0]"), vector({ text: "a cat" }, "[0, 1]")];

  it.each<[string, readonly string[], RegExp]>([
    ["a number beyond all numbers", [vector({ image: "0.jpg" }, "[1e999, 1]"), dog, cat], /mine\.jsonl|0\.jpg/],
    ["a number beyond 32 bits", [vector({ image: "0.jpg" }, "[1e39, 1]"), dog, cat], /0\.jpg/],
    [
      "images of another model than the texts",
      [vector({ image: "0.jpg" }, "[1, 0, 0]"), dog, cat],
      /2 of 3 vectors cannot be used; the first, of "a dog", has 2 numbers, not 3/,
    ],
    [
      "no numbers",
      [vector({ image: "0.jpg" }, "[]"), dog, cat],
      /2 of 3 vectors cannot be used; .*, has 2 numbers, not 0/,
    ],
  ])("%s", async (_, vectors, message) => {
    await expect(scoreWith(...vectors)).rejects.toThrow(message);
  });
});
