import { asRecord, shown } from "../../parsing/fields.js";
import { parseJson } from "../../parsing/parse-json.js";
import { streamLines } from "../../parsing/stream-lines.js";
import { boundTo, type DataProblem, type DataRecord, type Reader, type ReadOptions } from "../reader.js";
import { expectedFields, type RecordPlace, recordOf } from "../record-fields.js";
import { isJsonLines } from "./json-kind.js";

/**
 * JSON lines: each an object with captions under one of the usual names (`caption`, `captions`, `text`, `title`,
 * `sentences`, `description`, …), and mostly an image (`image`, `file_name`, `filepath`, …), an id, a split and boxes;
 * or a text; or a list of texts. So `annotations.jsonl`, the hub's `metadata.jsonl`, DOCCI's and many more.
 */
export function jsonLines(path?: string): Reader {
  return {
    name: "json-lines",
    version: "2",
    ...boundTo(path),
    detect: isJsonLines,
    async *read({ path }, options) {
      for await (const { number, text, problem } of streamLines(path, "lines of JSON with captions")) {
        const where = `${path}:${number}`;
        const parsed = problem === undefined ? parseJson(text) : { problem };
        if (text.trim() === "") yield { where, problem: "empty line; expected JSON" };
        else if ("problem" in parsed) yield { where, problem: problem ?? `not JSON (${parsed.problem})` };
        else yield* recordOfJson(parsed.value, { where, number: String(number) }, options);
      }
    },
  };
}

/** The record of a JSON value: an object, a text or a list of texts. */
export function* recordOfJson(
  value: unknown,
  place: RecordPlace,
  options: ReadOptions,
): Generator<DataRecord | DataProblem> {
  const isTexts = typeof value === "string" || Array.isArray(value);
  const fields = isTexts ? { captions: value } : asRecord(value);
  if (fields) yield* recordOf(fields, place, isTexts ? {} : options);
  else yield { where: place.where, problem: `expected ${expectedFields}, found ${shown(value)}` };
}
