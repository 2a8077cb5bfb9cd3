import { type Rng, seededRng } from "@tesserae/scene-graph/random";
import { type DigitImages, type DigitSet, digitSize } from "./digit-images.js";

type Point = readonly [x: number, y: number];

/** The lines of each digit in a square from 0 to 1; arcs are short straight pieces. */
const strokes: readonly (readonly (readonly Point[])[])[] = [
  [arc(0.5, 0.5, 0.26, 0.4, 0, 360)],
  [[[0.36, 0.26], [0.54, 0.1], [0.54, 0.9]]], // biome-ignore format: one stroke a line
  [[...arc(0.5, 0.32, 0.24, 0.22, 190, 385), [0.26, 0.88], [0.78, 0.88]]], // biome-ignore format: one stroke a line
  [[...arc(0.47, 0.3, 0.24, 0.2, 200, 450), ...arc(0.47, 0.69, 0.26, 0.21, 270, 520)]],
  [[[0.62, 0.1], [0.24, 0.62], [0.8, 0.62]], [[0.62, 0.36], [0.62, 0.92]]], // biome-ignore format: one stroke a line
  [[[0.74, 0.12], [0.34, 0.12], [0.31, 0.46], ...arc(0.48, 0.66, 0.26, 0.23, 240, 520)]], // biome-ignore format: one stroke a line
  [[[0.64, 0.1], ...arc(0.64, 0.6, 0.38, 0.46, 265, 180)], arc(0.5, 0.68, 0.24, 0.22, 0, 360)],
  [[[0.24, 0.12], [0.78, 0.12], [0.44, 0.9]]], // biome-ignore format: one stroke a line
  [arc(0.5, 0.3, 0.2, 0.19, 0, 360), arc(0.5, 0.69, 0.25, 0.21, 0, 360)],
  [arc(0.48, 0.33, 0.23, 0.22, 0, 360), [[0.71, 0.33], [0.68, 0.62], [0.56, 0.92]]], // biome-ignore format: one stroke a line
];

/** Points of an arc of an ellipse, in degrees clockwise from the right. */
function arc(x: number, y: number, across: number, down: number, from: number, to: number): readonly Point[] {
  const pieces = 14;
  return Array.from({ length: pieces + 1 }, (_, piece) => {
    const angle = ((from + ((to - from) * piece) / pieces) * Math.PI) / 180;
    return [x + across * Math.cos(angle), y + down * Math.sin(angle)] as const;
  });
}

/**
 * Digits drawn with lines, each leaning, stretched, moved and thickened at random: what DocMNIST is made of where MNIST's files
 * are not at hand. Far easier than handwriting, so results say nothing about MNIST's.
 *
 * @param options.seed A whole number; the same seed draws the same digits.
 * @param options.train Pictures for training and validation. Default 20,000.
 * @param options.test Pictures for testing. Default 4,000.
 */
export function drawnDigits({
  seed = 0,
  train = 20_000,
  test = 4_000,
}: {
  readonly seed?: number;
  readonly train?: number;
  readonly test?: number;
} = {}): DigitImages {
  return {
    name: "drawn",
    revision: `drawn-1/seed-${seed}/${train}-${test}`,
    train: drawnSet(seed, "train", train),
    test: drawnSet(seed, "test", test),
  };
}

function drawnSet(seed: number, split: string, count: number): DigitSet {
  return {
    count,
    label: (index) => index % 10,
    pixels: (index) => drawDigit(index % 10, seededRng("digit", seed, split, index)),
  };
}

function drawDigit(digit: number, rng: Rng): Uint8Array {
  const spread = (range: number): number => (rng() * 2 - 1) * range;
  const angle = spread(0.22);
  const lean = spread(0.2);
  const [wide, high] = [1 + spread(0.15), 1 + spread(0.12)];
  const [right, down] = [spread(1.5), spread(1.5)];
  const half = 1 + rng() * 0.8;
  const place = ([x, y]: Point): Point => {
    const [u, v] = [(x - 0.5 + lean * (0.5 - y)) * wide * 20, (y - 0.5) * high * 20];
    const centre = digitSize / 2;
    return [
      centre + right + u * Math.cos(angle) - v * Math.sin(angle),
      centre + down + u * Math.sin(angle) + v * Math.cos(angle),
    ];
  };
  const lines = strokes[digit]!.map((stroke) => stroke.map(place));
  return Uint8Array.from({ length: digitSize * digitSize }, (_, at) => {
    const pixel: Point = [(at % digitSize) + 0.5, Math.floor(at / digitSize) + 0.5];
    const distance = Math.min(...lines.map((line) => distanceToLine(pixel, line)));
    return Math.round(255 * Math.min(1, Math.max(0, half + 0.5 - distance)));
  });
}

function distanceToLine([x, y]: Point, line: readonly Point[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let end = 1; end < line.length; end++) {
    const [ax, ay] = line[end - 1]!;
    const [bx, by] = line[end]!;
    const [dx, dy] = [bx - ax, by - ay];
    const squared = dx * dx + dy * dy;
    const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
    nearest = Math.min(nearest, Math.hypot(x - ax - share * dx, y - ay - share * dy));
  }
  return nearest;
}
