/** One caption of a file. An image with several captions gives several. */
export interface SourceCaption {
  /** File and line, row or member: "captions.jsonl:12". */
  readonly where: string;
  /** The record's own id, else its number, counted from 1. */
  readonly id: string;
  /** The image as the file names it. */
  readonly image?: string;
  readonly caption: string;
}

/** A record that holds no caption that can be used. */
export interface CaptionProblem {
  readonly where: string;
  /** What is wrong with it, in one line. */
  readonly problem: string;
}

export type CaptionRecord = SourceCaption | CaptionProblem;

/** Names of fields and columns, in lower case, that hold a caption or a list of captions; the first that is there is taken. */
const captionFields = ["captions", "caption", "text", "title"] as const;
const imageFields = ["image", "file", "filepath", "file_name", "image_path", "url"] as const;
const idFields = ["id", "image_id", "key"] as const;

/** Which keys of a record hold what. */
export interface RecordKeys {
  readonly caption: string | undefined;
  readonly image: string | undefined;
  readonly id: string | undefined;
}

/** Finds the fields among a record's keys, or the columns of a table, whatever their case. */
export function findKeys(keys: readonly string[]): RecordKeys {
  const find = (names: readonly string[]) =>
    names.flatMap((name) => keys.find((key) => key.toLowerCase() === name) ?? []).at(0);
  return { caption: find(captionFields), image: find(imageFields), id: find(idFields) };
}

/** What a caption record must have, for messages. */
export const expectedFields = `a caption in one of the fields ${captionFields.join(", ")}`;

/** The captions of a record, each with its id and image; a blank caption is a problem of its own. */
export function* captionsOf(
  record: Readonly<Record<string, unknown>>,
  { caption, image, id }: RecordKeys,
  where: string,
  number: string,
): Generator<CaptionRecord> {
  const value = caption === undefined ? undefined : record[caption];
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (texts.length === 0) yield { where, problem: `"${caption}" is an empty list; expected captions` };
  const own = id === undefined ? undefined : record[id];
  const shared = {
    where,
    id: own === undefined || own === null || own === "" ? number : String(own),
    ...(image !== undefined && typeof record[image] === "string" ? { image: record[image] } : {}),
  };
  for (const text of texts) {
    if (typeof text !== "string") yield { where, problem: `expected ${expectedFields}, as a text or a list of texts` };
    else if (text.trim() === "") yield { where, problem: "empty caption" };
    else yield { ...shared, caption: text.trim() };
  }
}
