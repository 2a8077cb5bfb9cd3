import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDataset, splitByImage, streamCaptions } from "@tesserae/data";
import { describe, expect, test } from "vitest";

const shared = fileURLToPath(new URL("../../../../../shared/data", import.meta.url));
const absent = !existsSync(shared);
const label = absent ? "real data (skipped: the folder shared/data is not here)" : "real data";

describe.skipIf(absent)(label, () => {
  test("photos", async () => {
    const photos = await openDataset(join(shared, "photos"));
    expect(photos.problems).toEqual([]);
    expect(photos.samples.length).toBe(266);
    expect(photos.samples.reduce((sum, { captions }) => sum + captions.length, 0)).toBe(1331);
    expect(photos.samples.reduce((sum, { boxes = [] }) => sum + boxes.length, 0)).toBe(1894);
    const images = await Promise.all(photos.samples.slice(0, 20).map(({ image }) => photos.loadImage(image)));
    for (const { width, height, data } of images) expect(data.length).toBe(width * height * 3);
    const [train, heldOut] = splitByImage(photos, { fraction: 0.8, seed: 1 });
    expect([train.samples.length, heldOut.samples.length]).toEqual([213, 53]);
  });

  test.each([
    ["coco/captions_val2017.json", "coco-captions", 5000, 25_014],
    ["karpathy/coco_dataset_test.txt", "caption-lines", 5000, 25_010],
    ["negclip/valid_neg_clip.tsv", "negclip", 4839, 4839],
    ["docci/docci_test_sample.jsonl", "json-lines", 100, 100],
    ["captions-more/crepe_productivity.txt", "captions", 3000, 3000],
    ["captions-more/iiw.jsonl", "json-lines", 150, 150],
    ["factual/dev.csv", "caption-table", 995, 1000],
    ["samples/vsr_test.jsonl", "json-lines", 25, 25],
    ["sugarcrepe/swap_obj.json", "json", 224, 245],
  ])("%s is read by %s, every record", async (file, name, samples, captions) => {
    const dataset = await openDataset(join(shared, file));
    expect([dataset.name, dataset.samples.length, dataset.problems]).toEqual([name, samples, []]);
    expect(dataset.samples.reduce((sum, one) => sum + one.captions.length, 0)).toBe(captions);
    let streamed = 0;
    for await (const record of streamCaptions(join(shared, file))) if ("caption" in record) streamed++;
    expect(streamed).toBe(captions);
  });

  test("NegCLIP's negatives", async () => {
    const { samples } = await openDataset(join(shared, "negclip/valid_neg_clip.tsv"));
    expect(samples[0]!.negativeCaptions).toEqual([
      "A umbrella holding a flowered child and petting a yak .",
      "A child petting a flowered umbrella and holding a yak .",
    ]);
    expect(samples[0]!.hardNegativeImages).toEqual([2973, 1515, 2235]);
  });
});
