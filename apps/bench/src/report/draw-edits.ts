import type { EditedGraph, EditedObject, EditedRelation, EditedText } from "./compare-graphs.js";
import type { Svg } from "./draw.js";
import { escapeHtml } from "./escape-html.js";

const width = 300;
/** Height of a line of text, and of the gap between things. */
const line = 17;
const gap = 22;
/** Where the things end and the arrows begin. */
const edge = 150;
/** Letters that a line of a thing holds, and a label of an arrow. */
const lineLength = 20;
const labelLength = 14;

/**
 * A caption's graph with the edits that lead to its negative: things below one another, relations as arrows at their side. What is gone
 * is struck through and its arrow dashed; what is new is underlined. Colours come from the page's style.
 */
export function drawEdits(graph: EditedGraph, title: string): Svg {
  const boxes = stack(graph.objects);
  const height = (boxes.at(-1)?.bottom ?? 0) + 6;
  const arrows = graph.relations.map((relation, index) => arrow(relation, boxes, index));
  return (
    `<svg class="graph" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}">` +
    `${boxes.map(thing).join("")}${arrows.join("")}</svg>`
  );
}

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly lines: readonly (readonly (EditedText & { readonly name?: boolean })[])[];
}

/** One box below the other, as high as its lines. */
function stack(objects: readonly EditedObject[]): readonly Box[] {
  const boxes: Box[] = [];
  for (const { names, attributes } of objects) {
    const top = (boxes.at(-1)?.bottom ?? 6 - gap) + gap;
    const lines = wrap([...attributes, ...names.map((name) => ({ ...name, name: true }))]);
    boxes.push({ top, bottom: top + line * lines.length + 8, lines });
  }
  return boxes;
}

function wrap<Part extends EditedText>(parts: readonly Part[]): readonly (readonly Part[])[] {
  const lines: Part[][] = [];
  let length = 0;
  for (const part of parts) {
    length += part.text.length + 1;
    if (lines.length === 0 || length > lineLength) {
      lines.push([]);
      length = part.text.length + 1;
    }
    lines.at(-1)!.push(part);
  }
  return lines;
}

function thing({ top, bottom, lines }: Box): string {
  const texts = lines.map((parts, index) => {
    const spans = parts.map(
      ({ text, state, name }) =>
        `<tspan class="${state}${name ? " name" : ""}">${escapeHtml(shorten(text, lineLength))}</tspan>`,
    );
    return `<text x="10" y="${top + line * (index + 1)}">${spans.join(" ")}</text>`;
  });
  const states = new Set(lines.flat().flatMap(({ state, name }) => (name ? [state] : [])));
  const state = states.size === 1 ? [...states][0] : "kept";
  return `<rect class="${state}" x="1" y="${top}" width="${edge - 2}" height="${bottom - top}" rx="6"/>${texts.join("")}`;
}

/** From the right side of one box to that of another, further out for every arrow. */
function arrow({ text, state, subject, object }: EditedRelation, boxes: readonly Box[], index: number): string {
  const shift = 5 * ((index % 3) - 1);
  const middle = ({ top, bottom }: Box) => (top + bottom) / 2 + shift;
  const [from, to] = [middle(boxes[subject]!), middle(boxes[object]!)];
  const out = edge + 26 + 14 * (index % 3);
  const label = (from + to) / 2 + 4 + 15 * ((index % 3) - 1);
  return (
    `<path class="${state}" d="M${edge} ${from}C${out} ${from} ${out} ${to} ${edge + 7} ${to}"/>` +
    `<path class="head ${state}" d="M${edge} ${to}l8 -4v8z"/>` +
    `<text class="${state}" x="${edge + 46}" y="${label}">${escapeHtml(shorten(text, labelLength))}</text>`
  );
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
