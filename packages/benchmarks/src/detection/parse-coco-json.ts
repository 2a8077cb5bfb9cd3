import type { Detection, DetectionGroundTruth } from "./annotations.js";
import { DetectionError } from "./detection-error.js";

/**
 * Parses a file of COCO's or LVIS's annotations, or a list of detections.
 *
 * @param text The whole file.
 * @param name How a message calls the file.
 * @throws DetectionError `not-json`: for a file that ends too early, with the last whole record; else with the place.
 */
export function parseCocoJson(text: string, name: string, kind: "ground truth"): DetectionGroundTruth;
export function parseCocoJson(text: string, name: string, kind: "detections"): readonly Detection[];
export function parseCocoJson(text: string, name: string, kind: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DetectionError("not-json", `${name}: ${describeFault(text, error, kind)}`);
  }
}

function describeFault(text: string, error: unknown, kind: string): string {
  if (text.trim() === "") return "the file is empty";
  const end = openAtEnd(text);
  if (end === undefined) return `is no JSON (${error instanceof Error ? error.message : error})`;
  const inside = end.key === undefined ? "" : ` inside "${end.key}"`;
  return (
    `the file is cut off: it ends after ${text.length} characters${inside}, ${end.records} whole records into that list; ` +
    `nothing of it is taken, since scores over a part of the ${kind} would be wrong; get the whole file`
  );
}

/**
 * Whether a text ends before its outermost bracket closes; if so, in which field of the outer object (undefined in a
 * bare list) and after how many whole records.
 */
function openAtEnd(text: string): { readonly key: string | undefined; readonly records: number } | undefined {
  const tokens = /"(?:[^"\\]|\\.)*"|[[\]{}:]/gs;
  const open: string[] = [];
  let lastString = "";
  let key: string | undefined;
  let records = 0;
  for (const [token] of text.matchAll(tokens)) {
    if (token === "[" || token === "{") {
      open.push(token);
    } else if (token === "]" || token === "}") {
      open.pop();
      if (token === "}" && open.at(-1) === "[" && open.length <= 2) records++;
      if (open.length === 0) return undefined;
    } else if (token === ":") {
      if (open.length === 1 && open[0] === "{") {
        key = lastString;
        records = 0;
      }
    } else lastString = token.slice(1, -1);
  }
  return open.length === 0 ? undefined : { key, records };
}
