import { DataError } from "../../errors.js";
import { asId, asRecord, shown, textsOf } from "../../parsing/fields.js";
import { parseJson } from "../../parsing/parse-json.js";
import { readTextFile } from "../../parsing/read-text.js";
import { boundTo, type DataProblem, type DataRecord, type Reader } from "../reader.js";
import { isJsonDocument } from "./json-kind.js";

const expected = 'Karpathy\'s splits: a JSON object with the list "images", each with "filename" and "sentences"';

/**
 * Karpathy's `dataset_coco.json` (`dataset_flickr30k.json`, `dataset_flickr8k.json`): one record an image with its
 * split; "restval" is what is left of COCO's validation images, and usually trained on.
 */
export function karpathyJson(path?: string): Reader {
  return {
    name: "karpathy",
    version: "2",
    ...boundTo(path),
    detect: (source) =>
      isJsonDocument(source) && /"images"\s*:\s*\[/.test(source.text) && source.text.includes('"sentences"'),
    async *read({ path }) {
      const parsed = parseJson(await readTextFile(path, expected));
      if ("problem" in parsed) {
        throw new DataError("malformed", `${path}: not JSON (${parsed.problem}); expected ${expected}`);
      }
      const { images } = asRecord(parsed.value) ?? {};
      if (!Array.isArray(images))
        throw new DataError("unknown-format", `${path}: no list "images"; expected ${expected}`);
      for (const [index, item] of images.entries())
        yield* readImage(item, `${path}: images[${index}]`, String(index + 1));
    },
  };
}

function* readImage(item: unknown, where: string, number: string): Generator<DataRecord | DataProblem> {
  const image = asRecord(item);
  if (typeof image?.filename !== "string") {
    yield { where, problem: `expected a "filename", found ${shown(image?.filename ?? item)}` };
    return;
  }
  const { texts, problems } = textsOf(image.sentences ?? [], 'sentences with "raw"');
  for (const problem of problems) yield { where, problem };
  if (texts.length === 0) return;
  const folder = typeof image.filepath === "string" && image.filepath !== "" ? `${image.filepath}/` : "";
  const id = asId(image.cocoid ?? image.imgid);
  yield {
    where,
    id: id ?? number,
    ...(id === undefined ? { isLocalId: true } : {}),
    image: `${folder}${image.filename}`,
    captions: texts,
    ...(typeof image.split === "string" ? { split: image.split } : {}),
  };
}
