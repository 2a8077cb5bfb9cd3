import { DataError } from "../../errors.js";
import { streamLines } from "../../parsing/stream-lines.js";
import { boundTo, type DataProblem, type DataRecord, type Reader } from "../reader.js";
import type { Source } from "../source.js";

/** What the parts of a line are, and what stands between them. */
interface Layout {
  readonly delimiter: string;
  readonly parts: readonly Part[];
}

type Part = "id" | "image" | "caption";

const layouts: readonly Layout[] = [
  { delimiter: "\t", parts: ["id", "image", "caption"] },
  { delimiter: "\t", parts: ["image", "caption"] },
  { delimiter: "\t", parts: ["caption", "image"] },
  { delimiter: "|", parts: ["image", "id", "caption"] },
  { delimiter: "|", parts: ["image", "caption"] },
  { delimiter: ",", parts: ["image", "caption"] },
  { delimiter: " ", parts: ["image", "caption"] },
];

const imageName = /^(\S.*\.(jpe?g|png|webp|gif|bmp|tiff?|avif)(#\d+)?|https?:\/\/\S+)$/i;
const patterns: Readonly<Record<Part, RegExp>> = { id: /^\d+$/, image: imageName, caption: /\S/ };

/**
 * Lines without a header that name an image and a caption: Karpathy's index (number, path, caption), Flickr8k's and
 * Flickr30k's tokens (`photo.jpg#0`, caption), Conceptual Captions (caption, address), an image and the caption after a
 * comma, bar or blank.
 */
export function captionLines(path?: string): Reader {
  return {
    name: "caption-lines",
    version: "2",
    ...boundTo(path),
    detect: (source) => layoutOf(source) !== undefined,
    async *read(source) {
      const { path } = source;
      const expected = "lines of an image and a caption";
      const layout = layoutOf(source);
      if (!layout) throw new DataError("unknown-format", `${path}: expected ${expected}`);
      for await (const { number, text, problem } of streamLines(path, expected)) {
        const where = `${path}:${number}`;
        yield problem === undefined ? readLine(text, layout, where, number) : { where, problem };
      }
    },
  };
}

/** The layout that fits most of the first lines. */
function layoutOf({ lines }: Source): Layout | undefined {
  const first = lines.slice(0, 100);
  return layouts.find((layout) => first.filter((line) => split(line, layout)).length * 2 >= Math.max(1, first.length));
}

function split(line: string, { delimiter, parts }: Layout): readonly string[] | undefined {
  const fields: string[] = [];
  let rest = line.trim();
  // A caption in the last place may hold commas and blanks; a tab or bar within it is a fault.
  const limit = delimiter === "," || delimiter === " " ? parts.length - 1 : Number.POSITIVE_INFINITY;
  for (let at = rest.indexOf(delimiter); at !== -1 && fields.length < limit; at = rest.indexOf(delimiter)) {
    fields.push(rest.slice(0, at).trim());
    rest = rest.slice(at + 1);
  }
  fields.push(rest.trim());
  return fields.length === parts.length && parts.every((part, index) => patterns[part].test(fields[index]!))
    ? fields
    : undefined;
}

const names: Readonly<Record<string, string>> = { "\t": "tabs", "|": "bars", ",": "a comma", " ": "a blank" };

function readLine(text: string, layout: Layout, where: string, number: number): DataRecord | DataProblem {
  const expected = `expected ${layout.parts.join(", ")}, separated by ${names[layout.delimiter]}`;
  if (text.trim() === "") return { where, problem: `empty line; ${expected}` };
  const fields = split(text, layout);
  if (!fields) return { where, problem: expected };
  const part = (name: Part) => fields[layout.parts.indexOf(name)];
  // Flickr's tokens number the captions of an image: "photo.jpg#0".
  const image = part("image")!.replace(/(\.\w+)#\d+$/, "$1");
  const caption = layout.delimiter === "," ? unquoted(part("caption")!) : part("caption")!;
  const id = layout.parts[0] === "id" ? { id: part("id")! } : { id: String(number), isLocalId: true };
  return { where, ...id, image, captions: [caption] };
}

/** A field as Python's csv writes it, without its quotes. */
function unquoted(field: string): string {
  return /^".*"$/.test(field) ? field.slice(1, -1).replaceAll('""', '"') : field;
}
