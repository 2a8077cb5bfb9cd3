import { parseJson } from "./parse-json.js";
import { parsePythonList } from "./parse-python-list.js";

/** A parsed JSON object, or undefined for anything else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** A value that is not what was expected, short enough for a message of one line. */
export function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value));
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

/** A text or a number as an id; undefined for what is none. */
export function asId(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value.trim();
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}

/** Whether a text is the name of a file or an address on the web, and so no caption. */
export function isFileName(text: string): boolean {
  return /^(\S+\.(jpe?g|png|webp|gif|bmp|tiff?|avif|tar|txt|json|parquet)|https?:\/\/\S+)$/i.test(text);
}

/** The texts of a value that can be used, trimmed, and one line for each that cannot. */
export interface Texts {
  readonly texts: readonly string[];
  readonly problems: readonly string[];
}

/**
 * The captions that a value holds: a text, a list of texts, such a list written as JSON or Python writes it, or a list of objects with a text in `raw`, `caption` or
 * `text` (as in Karpathy's files).
 */
export function textsOf(value: unknown, expected: string): Texts {
  const texts: string[] = [];
  const problems: string[] = [];
  const items: readonly unknown[] = Array.isArray(value) ? value : (listIn(value) ?? [value]);
  if (items.length > 1 && items.some((item) => typeof item === "string" && isFileName(item.trim()))) {
    return { texts, problems: [`names of files among the texts; expected ${expected}, found ${shown(value)}`] };
  }
  if (items.length === 0) problems.push(`an empty list; expected ${expected}`);
  for (const item of items) {
    const record = asRecord(item);
    const text = record ? (record.raw ?? record.caption ?? record.text) : item;
    if (typeof text !== "string") problems.push(`expected ${expected}, found ${shown(item)}`);
    else if (text.trim() === "") problems.push("empty caption");
    else if (isFileName(text.trim())) problems.push(`the name of a file, ${shown(text)}; expected ${expected}`);
    else texts.push(text.trim());
  }
  return { texts, problems };
}

/** The list that a text writes out, `["a dog", "a cat"]` or `['a dog', 'a cat']`, as tables hold them. */
function listIn(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== "string" || !/^\s*\[\s*["'].*["']\s*\]\s*$/s.test(value)) return undefined;
  const json = parseJson(value);
  if ("value" in json && Array.isArray(json.value)) return json.value;
  try {
    return parsePythonList(value.trim());
  } catch {
    return undefined;
  }
}
