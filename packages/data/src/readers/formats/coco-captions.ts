import { DataError } from "../../errors.js";
import { asId, asRecord, shown } from "../../parsing/fields.js";
import { parseJson } from "../../parsing/parse-json.js";
import { readTextFile } from "../../parsing/read-text.js";
import { boundTo, type DataProblem, type DataRecord, type Reader } from "../reader.js";
import { isJsonDocument } from "./json-kind.js";

const expected = 'COCO captions: a JSON object with the lists "images" and "annotations"';

/**
 * COCO's captions (`captions_val2017.json`): `images` with `id` and `file_name`, `annotations` with `image_id` and
 * `caption`. One record an image, in the order of `images`. Annotations without an image or a caption, images without
 * captions, and images whose id an image before them has are problems.
 */
export function cocoCaptions(path?: string): Reader {
  return {
    name: "coco-captions",
    version: "2",
    ...boundTo(path),
    detect: (source) =>
      isJsonDocument(source) &&
      /^\s*\{/.test(source.text) &&
      /"(images|annotations)"\s*:\s*\[/.test(source.text) &&
      !source.text.includes('"sentences"'),
    async *read({ path }) {
      const parsed = parseJson(await readTextFile(path, expected));
      if ("problem" in parsed) {
        throw new DataError("malformed", `${path}: not JSON (${parsed.problem}); expected ${expected}`);
      }
      const { images, annotations } = asRecord(parsed.value) ?? {};
      if (!Array.isArray(images) || !Array.isArray(annotations)) {
        const keys = shown(Object.keys(asRecord(parsed.value) ?? {}));
        throw new DataError("unknown-format", `${path}: found the keys ${keys}; expected ${expected}`);
      }
      yield* joined(images, annotations, path);
    },
  };
}

function* joined(
  images: readonly unknown[],
  annotations: readonly unknown[],
  path: string,
): Generator<DataRecord | DataProblem> {
  const captions = new Map<string, string[]>();
  for (const [index, item] of annotations.entries()) {
    const annotation = asRecord(item);
    const id = asId(annotation?.image_id);
    const caption = typeof annotation?.caption === "string" ? annotation.caption.trim() : "";
    if (id === undefined || caption === "") {
      yield { where: `${path}: annotations[${index}]`, problem: "no image_id or no caption" };
      continue;
    }
    const known = captions.get(id);
    if (known) known.push(caption);
    else captions.set(id, [caption]);
  }
  const seen = new Set<string>();
  for (const [index, item] of images.entries()) {
    const image = asRecord(item);
    const id = asId(image?.id);
    const name = image?.file_name;
    const where = `${path}: images[${index}]`;
    if (id === undefined || typeof name !== "string") {
      yield { where, problem: "no id or no file_name" };
      continue;
    }
    const problem = (what: string): DataProblem => ({ where: `${where} (${name})`, problem: what });
    const own = captions.get(id);
    if (seen.has(id)) yield problem(`the id ${id} is that of an image before it`);
    else if (!own) yield problem("no caption");
    else yield { where, id, image: name, captions: own };
    seen.add(id);
  }
  for (const [id, lost] of captions) {
    if (seen.has(id)) continue;
    yield { where: `${path}: image ${id}`, problem: `not in "images", so its captions (${lost.length}) have no image` };
  }
}
