import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

let truth: string;
let found: string;
const file = {
  images: [{ id: 1, width: 100, height: 100 }],
  categories: [{ id: 3, name: "cat" }],
  annotations: [
    { id: 1, image_id: 1, category_id: 3, bbox: [10, 10, 50, 50], area: 2500, iscrowd: 0 },
    { id: 2, image_id: 1, category_id: 3, bbox: [70, 70, 20, 20], area: 400, iscrowd: 0 },
  ],
};

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "detections-"));
  [truth, found] = [join(folder, "gt.json"), join(folder, "dt.json")];
  await writeFile(truth, JSON.stringify(file));
  await writeFile(
    found,
    JSON.stringify([
      { image_id: 1, category_id: 3, bbox: [10, 10, 50, 50], score: 0.9 },
      { image_id: 5, category_id: 3, bbox: [10, 10, 50, 50], score: 0.9 },
    ]),
  );
});

describe("bench detections", () => {
  it("prints the numbers, the categories, and what was wrong", async () => {
    const lines = (await bench("detections", truth, found, "--categories")).split("\n");
    expect(lines.map((line) => line.trimEnd())).toEqual([
      "coco: 2 of 2 annotations and 1 of 2 detections, 1 images; in percent, - where nothing can be measured",
      "AP    AP50  AP75  APs  APm    APl  AR1   AR10  AR100  ARs  ARm    ARl",
      "50.5  50.5  50.5  0.0  100.0  -    50.0  50.0  50.0   0.0  100.0  -",
      "",
      "category  objects  AP    AP50  AP75  AR",
      "cat       2        50.5  50.5  50.5  50.0",
      "",
      "detections: 1 left out: image_id is none of the ground truth's images",
      "  detections[1]: image_id is 5",
      ...(lines.at(-1) === "" ? [""] : []),
    ]);
  });

  it("takes LVIS's protocol where the file is LVIS's, and writes everything", async () => {
    const lvis = join(truth, "..", "lvis.json");
    const image = { ...file.images[0], neg_category_ids: [], not_exhaustive_category_ids: [] };
    await writeFile(lvis, JSON.stringify({ ...file, images: [image], categories: [{ id: 3, frequency: "c" }] }));
    const out = join(truth, "..", "scores.json");
    expect(await bench("detections", lvis, found, "--out", out)).toContain("lvis: 2 of 2 annotations");
    const { metrics, protocol } = JSON.parse(await readFile(out, "utf8"));
    expect([protocol, metrics.APr, metrics.AR]).toEqual(["lvis", -1, 0.5]);
    expect(metrics.APc).toBeCloseTo(51 / 101, 12);
  });

  it("says in one line what is wrong with a file", async () => {
    const cut = join(truth, "..", "cut.json");
    await writeFile(cut, JSON.stringify(file).slice(0, 200));
    await expect(bench("detections", cut, found)).rejects.toThrow(`${cut}: the file is cut off: it ends after 200`);
    await expect(bench("detections", `${truth}x`, found)).rejects.toThrow(`${truth}x: there is no such file`);
    await expect(bench("detections", found, found)).rejects.toThrow('the ground truth has no list "images"');
  });
});
