import { isFileName } from "../../parsing/fields.js";
import { streamLines } from "../../parsing/stream-lines.js";
import { boundTo, type DataProblem, type DataRecord, type Reader } from "../reader.js";

/** A text file with one caption a line. What every other format says no to, and still is a text, is read so. */
export function plainCaptions(path?: string): Reader {
  return {
    name: "captions",
    version: "2",
    ...boundTo(path),
    // A caption field that the user names is none of a text.
    detect: ({ text }, { captionField }) => captionField === undefined && text !== "" && isProse(text),
    async *read({ path }) {
      for await (const { number, text, problem } of streamLines(path, "one caption a line")) {
        const where = `${path}:${number}`;
        yield problem === undefined ? readLine(text.trim(), where, number) : { where, problem };
      }
    },
  };
}

/** Whether a text is one: characters that no text has, and bytes that are no UTF-8, are few. */
function isProse(text: string): boolean {
  const strange = text.match(/[^\P{Cc}\s]|\uFFFD/gu)?.length ?? 0;
  return strange * 8 <= text.length;
}

function readLine(caption: string, where: string, number: number): DataRecord | DataProblem {
  if (caption === "") return { where, problem: "empty line; expected a caption" };
  if (caption.includes("\t")) return { where, problem: "a tab in the line; expected a caption alone" };
  if (caption.includes("\0")) return { where, problem: "a NUL character in the line, so no text" };
  if (isFileName(caption)) return { where, problem: "the name of a file; expected a caption" };
  if (!/[\p{L}\p{N}]/u.test(caption)) return { where, problem: "no letter or digit; expected a caption" };
  return { where, id: String(number), isLocalId: true, captions: [caption] };
}
