import { DataError } from "../errors.js";
import { asRecord, parseJson, shown } from "../parsing/fields.js";
import { readTextFile } from "../parsing/read-text.js";
import type { CaptionRecord } from "./caption-record.js";
import { captionsOfJson } from "./stream-text-captions.js";

const expected =
  'COCO captions (an object with the lists "images" and "annotations") or a list of objects with captions';

/**
 * A JSON file: COCO's captions, in the order of the annotations, or a list of records. It is read whole, as JSON must be:
 * COCO's largest caption file takes about 0.5 GB of memory. Throws a DataError when it is neither.
 */
export async function* streamJsonCaptions(path: string): AsyncGenerator<CaptionRecord> {
  const { text } = await readTextFile(path, expected);
  const parsed = parseJson(text);
  if ("problem" in parsed) throw new DataError("malformed", `${path}: not JSON (${parsed.problem})`);
  const root = asRecord(parsed.value);
  if (Array.isArray(parsed.value)) {
    for (const [index, item] of parsed.value.entries()) {
      yield* captionsOfJson(item, `${path}: [${index}]`, String(index + 1));
    }
  } else if (Array.isArray(root?.images) && Array.isArray(root.annotations)) {
    yield* cocoCaptions(root.images, root.annotations, path);
  } else {
    throw new DataError(
      "unknown-format",
      `${path}: found the keys ${shown(Object.keys(root ?? {}))}; expected ${expected}`,
    );
  }
}

function* cocoCaptions(images: readonly unknown[], annotations: readonly unknown[], path: string) {
  const names = new Map<unknown, string>();
  for (const item of images) {
    const image = asRecord(item);
    if (image !== undefined && typeof image.file_name === "string") names.set(image.id, image.file_name);
  }
  for (const [index, item] of annotations.entries()) {
    const where = `${path}: annotations[${index}]`;
    const { image_id: id, caption } = asRecord(item) ?? {};
    const image = names.get(id);
    if (typeof caption !== "string" || caption.trim() === "") yield { where, problem: "no caption" };
    else if (image === undefined) yield { where, problem: `its image ${shown(id)} is not in "images"` };
    else yield { where, id: String(id), image, caption: caption.trim() };
  }
}
