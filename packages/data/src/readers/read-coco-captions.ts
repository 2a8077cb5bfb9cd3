import type { Dataset, Sample } from "../dataset.js";
import { DataError } from "../errors.js";
import { openImageFolder } from "../images/image-folder.js";
import { asRecord, parseJson, shown } from "../parsing/fields.js";
import { readTextFile, requireSamples } from "../parsing/read-text.js";

/**
 * Reads COCO's captions (`captions_val2017.json`): `images` with `id` and `file_name`, `annotations` with `image_id`
 * and `caption`. One sample an image, in the order of `images`. Annotations without an image or a caption, images
 * without captions, and images that are not in the folder are skipped and listed in `problems`. Without `imageFolder`
 * there are captions only. Throws a DataError when the file is not of this form or nothing in it can be used.
 */
export async function readCocoCaptions(path: string, imageFolder?: string): Promise<Dataset> {
  const expected = 'COCO captions: a JSON object with the lists "images" and "annotations"';
  const file = await readTextFile(path, expected);
  const folder = await openImageFolder(imageFolder, "folder of the COCO images");
  const parsed = parseJson(file.text);
  if ("problem" in parsed)
    throw new DataError("malformed", `${path}: not JSON (${parsed.problem}); expected ${expected}`);
  const root = asRecord(parsed.value);
  if (!Array.isArray(root?.images) || !Array.isArray(root.annotations)) {
    throw new DataError(
      "unknown-format",
      `${path}: found the keys ${shown(Object.keys(root ?? {}))}; expected ${expected}`,
    );
  }
  const problems: string[] = [];
  const captions = captionsByImage(root.annotations, path, problems);
  const samples: Sample[] = [];
  const ids = new Set<number>();
  for (const [index, item] of root.images.entries()) {
    const image = asRecord(item);
    if (typeof image?.id !== "number" || typeof image.file_name !== "string") {
      problems.push(`${path}: images[${index}] has no numeric id or no file_name; skipped`);
      continue;
    }
    if (ids.has(image.id)) {
      problems.push(
        `${path}: images[${index}] (${image.file_name}) has the id ${image.id} of an image before it; skipped`,
      );
      continue;
    }
    ids.add(image.id);
    const own = captions.get(image.id);
    captions.delete(image.id);
    const photo = folder.find(image.file_name);
    if (!own) problems.push(`${path}: images[${index}] (${image.file_name}) has no caption; skipped`);
    else if (photo === undefined)
      problems.push(`${path}: images[${index}]: no image ${imageFolder}/${image.file_name}; skipped`);
    else samples.push({ id: String(image.id), image: photo, captions: own });
  }
  for (const [id, lost] of captions) {
    problems.push(`${path}: image ${id} is not in "images"; its captions (${lost.length}) are skipped`);
  }
  requireSamples(path, samples, problems);
  return { name: "coco-captions", revision: file.revision, samples, problems, loadImage: folder.load };
}

function captionsByImage(annotations: readonly unknown[], path: string, problems: string[]): Map<number, string[]> {
  const captions = new Map<number, string[]>();
  for (const [index, item] of annotations.entries()) {
    const annotation = asRecord(item);
    const caption = typeof annotation?.caption === "string" ? annotation.caption.trim() : "";
    if (typeof annotation?.image_id !== "number" || caption === "") {
      problems.push(`${path}: annotations[${index}] has no numeric image_id or no caption; skipped`);
      continue;
    }
    const list = captions.get(annotation.image_id);
    if (list) list.push(caption);
    else captions.set(annotation.image_id, [caption]);
  }
  return captions;
}
