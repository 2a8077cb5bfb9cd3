import { DataError } from "../../errors.js";
import { asRecord, shown } from "../../parsing/fields.js";
import { parseJson } from "../../parsing/parse-json.js";
import { readTextFile } from "../../parsing/read-text.js";
import { streamJsonArray } from "../../parsing/stream-json-array.js";
import { boundTo, type Reader } from "../reader.js";
import { isJsonDocument } from "./json-kind.js";
import { recordOfJson } from "./json-lines.js";

const expected = "a JSON list of objects with captions, or an object of such objects";

/**
 * One JSON value: a list of records as in JSON lines, an object with one such list, or an object whose values are
 * records and whose keys are their ids (SugarCrepe's files). A list is read element by element, whatever its size.
 */
export function jsonDocument(path?: string): Reader {
  return {
    name: "json",
    version: "2",
    ...boundTo(path),
    detect: isJsonDocument,
    async *read({ path, text }, options) {
      if (/^\s*\[/.test(text)) {
        for await (const element of streamJsonArray(path, expected)) {
          const where = `${path}: [${element.index}]`;
          if ("problem" in element) yield { where, problem: `not JSON (${element.problem})` };
          else yield* recordOfJson(element.value, { where, number: String(element.index + 1) }, options);
        }
        return;
      }
      const parsed = parseJson(await readTextFile(path, expected));
      if ("problem" in parsed) {
        throw new DataError("malformed", `${path}: not JSON (${parsed.problem}); expected ${expected}`);
      }
      for (const [name, value, number] of recordsOf(asRecord(parsed.value) ?? {}, path)) {
        yield* recordOfJson(value, { where: `${path}: ${name}`, number }, options);
      }
    },
  };
}

/** The records of an object with their places and ids. */
function recordsOf(
  root: Readonly<Record<string, unknown>>,
  path: string,
): readonly (readonly [name: string, value: unknown, number: string])[] {
  const isList = (value: unknown): value is readonly unknown[] =>
    Array.isArray(value) && asRecord(value[0]) !== undefined;
  const lists = Object.entries(root).flatMap(([name, value]) => (isList(value) ? [{ name, value }] : []));
  const [list] = lists;
  if (list && lists.length === 1) {
    return list.value.map((value, index) => [`${list.name}[${index}]`, value, String(index + 1)] as const);
  }
  const entries = Object.entries(root);
  if (entries.length > 0 && entries.every(([, value]) => asRecord(value))) {
    return entries.map(([name, value]) => [`["${name}"]`, value, name] as const);
  }
  throw new DataError("unknown-format", `${path}: found the keys ${shown(Object.keys(root))}; expected ${expected}`);
}
