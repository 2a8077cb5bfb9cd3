import { DataError } from "../errors.js";
import { parseJson } from "./parse-json.js";
import { textBytes } from "./text-bytes.js";

/** An element of a JSON list, or what is wrong with it. */
export type JsonElement = { readonly index: number } & ({ readonly value: unknown } | { readonly problem: string });

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const isOpening = (byte: number) => byte === 0x7b || byte === 0x5b;
const isClosing = (byte: number) => byte === 0x7d || byte === 0x5d;

/**
 * The elements of a file that is one JSON list, one after another, so that files larger than a JavaScript text may be
 * (Visual Genome's) are read with little memory. Throws a DataError when the list is cut short or text follows it.
 */
export async function* streamJsonArray(path: string, expected: string): AsyncGenerator<JsonElement> {
  let depth = 0;
  let inText = false;
  let isEscaped = false;
  let index = 0;
  let parts: Buffer[] = [];
  let isDone = false;
  const take = (last: Buffer): string => {
    const text = Buffer.concat([...parts, last]).toString("utf8");
    parts = [];
    return text;
  };
  for await (const chunk of textBytes(path, expected)) {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) inText = false;
      } else if (byte === quote) inText = true;
      else if (isOpening(byte)) {
        if (depth++ === 0) start = at + 1;
      } else if (isClosing(byte) && --depth === 0) {
        const last = take(chunk.subarray(start, at));
        if (index > 0 || last.trim() !== "") yield { index: index++, ...parseJson(last) };
        isDone = true;
      } else if (byte === comma && depth === 1) {
        yield { index: index++, ...parseJson(take(chunk.subarray(start, at))) };
        start = at + 1;
      }
    }
    if (depth > 0) parts.push(chunk.subarray(start));
  }
  if (!isDone) throw new DataError("malformed", `${path}: the JSON list is cut short after ${index} elements`);
}
