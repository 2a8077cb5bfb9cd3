import type { FixedPaint } from "./fixed-paints.js";

/**
 * How a part of a sprite is painted: in the object's colour and pattern, in its darker shade, or in a colour that the
 * part has on every object of the kind, as a tree's trunk is of wood whatever the colour of the tree.
 */
export type Paint = "body" | "shade" | FixedPaint;

/** A part of a sprite in the unit square, y down. Later parts cover earlier ones. */
export type Part = {
  readonly paint: Paint;
  /** Painted again over what is in the container. */
  readonly front?: boolean;
} & (
  | { readonly shape: "polygon"; readonly points: readonly number[] }
  | { readonly shape: "ellipse"; readonly cx: number; readonly cy: number; readonly rx: number; readonly ry: number }
  | {
      readonly shape: "ring";
      readonly cx: number;
      readonly cy: number;
      readonly rx: number;
      readonly ry: number;
      /** The hole's radius as a share of the outer one. */
      readonly inner: number;
    }
);

/** A polygon from x, y, x, y, ... */
export function polygon(paint: Paint, ...points: readonly number[]): Part {
  return { paint, shape: "polygon", points };
}

export function rectangle(paint: Paint, x: number, y: number, width: number, height: number): Part {
  return polygon(paint, x, y, x + width, y, x + width, y + height, x, y + height);
}

export function ellipse(paint: Paint, cx: number, cy: number, rx: number, ry: number): Part {
  return { paint, shape: "ellipse", cx, cy, rx, ry };
}

export function ring(paint: Paint, cx: number, cy: number, rx: number, ry: number, inner: number): Part {
  return { paint, shape: "ring", cx, cy, rx, ry, inner };
}

/** A straight stroke. */
export function line(paint: Paint, x1: number, y1: number, x2: number, y2: number, width: number): Part {
  const length = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
  const dx = ((y2 - y1) / length) * (width / 2);
  const dy = ((x1 - x2) / length) * (width / 2);
  return polygon(paint, x1 + dx, y1 + dy, x2 + dx, y2 + dy, x2 - dx, y2 - dy, x1 - dx, y1 - dy);
}

/** Half an ellipse on the line y = base; `height` > 0 is a dome above it, < 0 a bowl below it. */
export function dome(paint: Paint, cx: number, base: number, rx: number, height: number): Part {
  const points: number[] = [];
  for (let step = 0; step <= 16; step++) {
    const x = step / 8 - 1;
    points.push(cx + x * rx, base - height * Math.sqrt(1 - x * x));
  }
  return { paint, shape: "polygon", points };
}

/** The same part, painted over what is in the container. */
export function front(part: Part): Part {
  return { ...part, front: true };
}

/** Whether the point lies in the part (even-odd rule). Uses only arithmetic that is exact by IEEE 754. */
export function contains(part: Part, x: number, y: number): boolean {
  if (part.shape === "polygon") {
    const { points } = part;
    let inside = false;
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      const xi = points[i]!;
      const yi = points[i + 1]!;
      const xj = points[j]!;
      const yj = points[j + 1]!;
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  }
  const dx = (x - part.cx) / part.rx;
  const dy = (y - part.cy) / part.ry;
  const distance = dx * dx + dy * dy;
  return distance <= 1 && (part.shape === "ellipse" || distance >= part.inner * part.inner);
}

/** The smallest box around a part. */
export function partBounds(part: Part): { left: number; top: number; right: number; bottom: number } {
  if (part.shape !== "polygon") {
    const { cx, cy, rx, ry } = part;
    return { left: cx - rx, top: cy - ry, right: cx + rx, bottom: cy + ry };
  }
  const xs = part.points.filter((_, index) => index % 2 === 0);
  const ys = part.points.filter((_, index) => index % 2 === 1);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
