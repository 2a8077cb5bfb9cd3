import { docMnistColors, docMnistRadii, docMnistSides } from "./attributes.js";
import { digitSize } from "./digit-images.js";

/** What stands in one slot of a DocMNIST image. */
export interface DocMnistRegionLook {
  /** The picture of the digit, 784 bytes. */
  readonly pixels: Uint8Array;
  readonly color: string;
  readonly mark?: {
    readonly shape: string;
    readonly size: string;
    /** Centre of a circle, upper left corner of a rectangle. */
    readonly row: number;
    readonly column: number;
  };
}

/** Pixels from this brightness take the colour; the paler rim stays grey. */
const brightness = 120;

/** Draws a slot as `docmnist/utils.py` does: the digit's bright pixels in its colour, then the white line of its shape. */
export function drawRegion({ pixels, color, mark }: DocMnistRegionLook): Uint8Array {
  const data = new Uint8Array(3 * digitSize * digitSize);
  const rgb = docMnistColors[color]!;
  pixels.forEach((grey, at) => {
    for (let channel = 0; channel < 3; channel++) data[3 * at + channel] = grey >= brightness ? rgb[channel]! : grey;
  });
  if (mark !== undefined) {
    for (const [row, column] of outline(mark)) {
      if (row < 0 || row >= digitSize || column < 0 || column >= digitSize) continue;
      data.fill(255, 3 * (row * digitSize + column), 3 * (row * digitSize + column) + 3);
    }
  }
  return data;
}

function outline({ shape, size, row, column }: NonNullable<DocMnistRegionLook["mark"]>): [number, number][] {
  const around = shape === "circle" ? circle(docMnistRadii[size]!) : rectangle(docMnistSides[size]!);
  return around.map(([down, right]) => [row + down, column + right]);
}

/** Bresenham's circle, as scikit-image's `circle_perimeter`: offsets from the centre. */
function circle(radius: number): [number, number][] {
  const points: [number, number][] = [];
  let [across, down, error] = [0, radius, 3 - 2 * radius];
  while (down >= across) {
    for (const a of [across, -across]) {
      for (const b of [down, -down]) points.push([a, b], [b, a]);
    }
    if (error < 0) error += 4 * across + 6;
    else {
      error += 4 * (across - down) + 10;
      down--;
    }
    across++;
  }
  return points;
}

/** The line around a square of `side` + 1 pixels, as scikit-image's `rectangle_perimeter`: offsets from its upper left pixel. */
function rectangle(side: number): [number, number][] {
  const [low, high] = [-1, side + 1];
  return Array.from({ length: high - low + 1 }, (_, step) => low + step).flatMap((at): [number, number][] => [
    [low, at],
    [high, at],
    [at, low],
    [at, high],
  ]);
}
