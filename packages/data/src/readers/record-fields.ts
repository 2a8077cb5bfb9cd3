import type { Box } from "../dataset.js";
import { asId, asRecord, shown, textsOf } from "../parsing/fields.js";
import type { DataProblem, DataRecord, ReadOptions } from "./reader.js";

/** Names of fields and columns, in lower case, that hold a caption or captions; the first with a value is taken. */
const captionFields = [
  ...["captions", "caption", "text", "texts", "title", "sentences", "sentence", "sent", "raw", "description"],
  ...["caption_str", "alt_text", "comment", "docci", "iiw"],
] as const;

/** Likewise for the image. */
const imageFields = [
  ...[
    "image",
    "image_path",
    "image_file",
    "image_name",
    "filepath",
    "file_path",
    "file_name",
    "filename",
    "file",
    "path",
  ],
  ...["img", "img_path", "image_url", "url"],
] as const;

const idFields = ["id", "image_id", "key", "example_id", "cocoid", "imgid", "img_id"] as const;

/** What a record must have, for messages. */
export const expectedFields = `a caption in one of the fields ${captionFields.join(", ")} (or name it: captionField)`;

/** The keys that hold captions, image, id and split: those with a value, whatever their case. */
export interface RecordKeys {
  readonly caption: string | undefined;
  readonly image: string | undefined;
  readonly id: string | undefined;
  readonly split: string | undefined;
}

/** Finds the fields among the keys of a record or the columns of a table. */
export function findKeys(keys: readonly string[], { captionField, imageField }: ReadOptions = {}): RecordKeys {
  const byName = new Map<string, string>();
  for (const key of keys) {
    const name = plainName(key);
    if (!byName.has(name)) byName.set(name, key);
  }
  const find = (names: readonly string[]) => {
    const name = names.find((candidate) => byName.has(candidate));
    return name === undefined ? undefined : byName.get(name);
  };
  return {
    caption: captionField ?? find(captionFields),
    image: imageField ?? find(imageFields),
    id: find(idFields),
    split: find(["split"]),
  };
}

/** A field's name in lower case, its words joined by "_": "Image Path" and "imagePath" are "image_path". */
function plainName(name: string): string {
  return name
    .trim()
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/[\s-]+/g, "_")
    .toLowerCase();
}

/** Whether a record may need a field: one that holds a caption, an image, an id or a split, by its name. */
export function isRecordField(name: string, { captionField, imageField }: ReadOptions): boolean {
  const known: readonly string[] = [...captionFields, ...imageFields, ...idFields, "split"];
  return name === captionField || name === imageField || known.includes(plainName(name));
}

/** Where a record stands. */
export interface RecordPlace {
  readonly where: string;
  /** Its number, counted from 1: the id of a record that has none. */
  readonly number: string;
}

/**
 * A record of named fields: its captions, image, id, split and boxes. What cannot be used comes as problems; without a
 * caption there is no record. A field that is null or blank counts as not there.
 */
export function* recordOf(
  fields: Readonly<Record<string, unknown>>,
  { where, number }: RecordPlace,
  options: ReadOptions = {},
): Generator<DataRecord | DataProblem> {
  const filled = Object.keys(fields).filter((key) => hasValue(fields[key]));
  const keys = findKeys(filled.length > 0 ? filled : Object.keys(fields), options);
  const value = keys.caption === undefined ? undefined : fields[keys.caption];
  if (value === undefined || value === null) {
    const isBlank = findKeys(Object.keys(fields), options).caption !== undefined;
    const named = options.captionField === undefined ? expectedFields : `a caption in "${options.captionField}"`;
    yield { where, problem: isBlank ? "empty caption" : `expected ${named}, found ${shown(Object.keys(fields))}` };
    return;
  }
  const { texts, problems } = textsOf(value, "a caption, as a text or a list of texts");
  for (const problem of problems) yield { where, problem };
  if (texts.length === 0) return;
  const boxes: Box[] = [];
  for (const box of boxesOf(fields.boxes, where)) {
    if ("problem" in box) yield box;
    else boxes.push(box);
  }
  const image = keys.image === undefined ? undefined : imageName(fields[keys.image]);
  const split = keys.split === undefined ? undefined : fields[keys.split];
  const id = keys.id === undefined ? undefined : asId(fields[keys.id]);
  yield {
    where,
    id: id ?? number,
    ...(id === undefined ? { isLocalId: true } : {}),
    ...(image === undefined ? {} : { image }),
    captions: texts,
    ...(typeof split === "string" ? { split } : {}),
    ...(boxes.length > 0 ? { boxes } : {}),
  };
}

function hasValue(value: unknown): boolean {
  return value !== null && value !== undefined && !(typeof value === "string" && value.trim() === "");
}

/** The name of an image: a text, or an object with a path as in parquet files of the Hugging Face hub. */
function imageName(value: unknown): string | undefined {
  const name = asRecord(value)?.path ?? value;
  return typeof name === "string" && name.trim() !== "" ? name.trim() : undefined;
}

function* boxesOf(value: unknown, where: string): Generator<Box | DataProblem> {
  if (value === undefined || value === null) return;
  if (!Array.isArray(value)) {
    yield { where, problem: `"boxes" must be a list, found ${shown(value)}` };
    return;
  }
  for (const [index, item] of value.entries()) {
    const { category, bbox } = asRecord(item) ?? {};
    if (typeof category === "string" && isRectangle(bbox)) yield { category, bbox };
    else {
      const expected = "a category and a bbox of four numbers";
      yield { where, problem: `boxes[${index}] must have ${expected}, found ${shown(item)}` };
    }
  }
}

function isRectangle(value: unknown): value is Box["bbox"] {
  return Array.isArray(value) && value.length === 4 && value.every((side) => Number.isFinite(side));
}
