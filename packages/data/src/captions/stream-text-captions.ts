import { asRecord, parseJson, shown } from "../parsing/fields.js";
import { type CaptionRecord, captionsOf, expectedFields, findKeys } from "./caption-record.js";
import { streamLines } from "./stream-lines.js";

/** A text file with one caption a line. */
export async function* streamPlainCaptions(path: string): AsyncGenerator<CaptionRecord> {
  for await (const { number, text } of streamLines(path, "one caption a line")) {
    const where = `${path}:${number}`;
    const caption = text.trim();
    if (caption === "") yield { where, problem: "empty line; expected a caption" };
    else yield { where, id: String(number), caption };
  }
}

/** JSON lines: each a text, a list of texts or an object with captions. */
export async function* streamJsonLines(path: string): AsyncGenerator<CaptionRecord> {
  for await (const { number, text } of streamLines(path, "lines of JSON with captions")) {
    const where = `${path}:${number}`;
    if (text.trim() === "") yield { where, problem: "empty line; expected JSON" };
    else {
      const parsed = parseJson(text);
      if ("problem" in parsed) yield { where, problem: `not JSON (${parsed.problem})` };
      else yield* captionsOfJson(parsed.value, where, String(number));
    }
  }
}

/** The captions of a JSON value: a text, a list of texts or an object. */
export function* captionsOfJson(value: unknown, where: string, number: string): Generator<CaptionRecord> {
  const record = typeof value === "string" || Array.isArray(value) ? { captions: value } : asRecord(value);
  if (record === undefined) yield { where, problem: `expected ${expectedFields}, found ${shown(value)}` };
  else yield* captionsOf(record, findKeys(Object.keys(record)), where, number);
}
