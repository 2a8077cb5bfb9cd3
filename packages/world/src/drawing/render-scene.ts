import type { Background, Scene, WorldObject } from "../scenes/scene.js";
import type { Rgb } from "../sprites/rgb.js";
import { cellPaints, gridMargin, gridSize, spriteGrid } from "../sprites/sprite-grid.js";
import { isMark, paletteOf, patternPeriod } from "./paint.js";
import type { RgbImage } from "./rgb-image.js";

/** Samples along a side of a pixel. */
const supersampling = 3;

/**
 * Draws a scene at `size` x `size` pixels, nine samples a pixel. Only arithmetic, square roots and rounding down are
 * used, which IEEE 754 fixes to the last bit: the bytes are the same on every platform.
 */
export function renderScene(scene: Scene, size: number): RgbImage {
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`renderScene: size is ${size}; give a whole number of pixels`);
  const data = new Uint8Array(size * size * 3);
  paintBackground(data, size, scene.background);
  for (const { object, front } of scene.layers) paintObject(data, size, scene.objects[object]!, front);
  return { width: size, height: size, data };
}

function paintBackground(data: Uint8Array, size: number, { top, bottom, horizon, patch, patches }: Background): void {
  for (let row = 0; row < size; row++) {
    const y = (row + 0.5) / size;
    const share = horizon === undefined ? y : y < horizon ? 0 : 1;
    const base: Rgb = [
      Math.floor(top[0] + (bottom[0] - top[0]) * share),
      Math.floor(top[1] + (bottom[1] - top[1]) * share),
      Math.floor(top[2] + (bottom[2] - top[2]) * share),
    ];
    for (let column = 0; column < size; column++) {
      const x = (column + 0.5) / size;
      let colour = base;
      for (const { x: left, y: upper, width, height, round } of patches) {
        const u = (x - left) / width;
        const v = (y - upper) / height;
        if (u < 0 || v < 0 || u > 1 || v > 1) continue;
        if (!round || (u - 0.5) * (u - 0.5) + (v - 0.5) * (v - 0.5) <= 0.25) colour = patch;
      }
      const index = (row * size + column) * 3;
      data[index] = colour[0];
      data[index + 1] = colour[1];
      data[index + 2] = colour[2];
    }
  }
}

function paintObject(data: Uint8Array, size: number, object: WorldObject, front: boolean): void {
  const grid = spriteGrid(object.kind, front);
  const { mark, ...palette } = paletteOf(object);
  const paints = cellPaints.map((paint) => (paint === "empty" ? mark : palette[paint]));
  const { x, y, side, mirrored, pattern } = object;
  const reach = gridMargin * side;
  const clamp = (value: number) => Math.min(size, Math.max(0, value));
  const firstColumn = clamp(Math.floor((x - reach) * size));
  const lastColumn = clamp(Math.floor((x + side + reach) * size) + 1);
  const firstRow = clamp(Math.floor((y - reach) * size));
  const lastRow = clamp(Math.floor((y + side + reach) * size) + 1);
  const samples = supersampling * supersampling;
  const cellsPerUnit = gridSize / (1 + 2 * gridMargin);

  for (let row = firstRow; row < lastRow; row++) {
    for (let column = firstColumn; column < lastColumn; column++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let covered = 0;
      for (let sample = 0; sample < samples; sample++) {
        const px = (column + ((sample % supersampling) + 0.5) / supersampling) / size - x;
        const py = (row + (Math.floor(sample / supersampling) + 0.5) / supersampling) / size - y;
        const u = mirrored ? 1 - px / side : px / side;
        const gridColumn = Math.floor((u + gridMargin) * cellsPerUnit);
        const gridRow = Math.floor((py / side + gridMargin) * cellsPerUnit);
        if (gridColumn < 0 || gridRow < 0 || gridColumn >= gridSize || gridRow >= gridSize) continue;
        const label = grid[gridRow * gridSize + gridColumn]!;
        if (label === 0) continue;
        const paint = cellPaints[label]!;
        const colour =
          paint === "body" && isMark(pattern, px / patternPeriod, py / patternPeriod) ? mark : paints[label]!;
        red += colour[0];
        green += colour[1];
        blue += colour[2];
        covered++;
      }
      if (covered === 0) continue;
      const index = (row * size + column) * 3;
      const rest = samples - covered;
      data[index] = Math.floor((red + data[index]! * rest) / samples + 0.5);
      data[index + 1] = Math.floor((green + data[index + 1]! * rest) / samples + 0.5);
      data[index + 2] = Math.floor((blue + data[index + 2]! * rest) / samples + 0.5);
    }
  }
}
