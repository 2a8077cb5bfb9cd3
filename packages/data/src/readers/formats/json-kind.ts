import { parseJson } from "../../parsing/parse-json.js";
import type { Source } from "../source.js";

/** Whether a text begins as JSON objects and lists do, and not as a caption in brackets: "[red] a dog". */
function beginsAsJson(text: string): boolean {
  return /^\s*(\{\s*("|\}|$)|\[\s*([{["\]]|$))/.test(text);
}

/** Whether a file is JSON lines: most of its first lines are whole JSON objects, lists or texts. */
export function isJsonLines({ lines }: Source): boolean {
  const first = lines.slice(0, 100);
  if (first.length === 0 || !first.some((line) => /^\s*[{["]/.test(line))) return false;
  const whole = first.filter((line) => /^\s*[{["]/.test(line) && "value" in parseJson(line));
  return whole.length * 2 >= first.length;
}

/**
 * Whether a file is one JSON value: an object or list over several lines, or a single line with a list of objects or
 * COCO's lists.
 */
export function isJsonDocument(source: Source): boolean {
  const { text, lines, path } = source;
  if (!beginsAsJson(text)) return false;
  if (lines.length > 1) return !isJsonLines(source);
  const isWhole = lines[0] !== undefined && "value" in parseJson(lines[0]);
  return (
    !isWhole || /^\s*\[\s*\{/.test(text) || /"(images|annotations)"\s*:\s*\[/.test(text) || /\.json(\.gz)?$/i.test(path)
  );
}
