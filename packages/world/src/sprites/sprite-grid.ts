import { fixedPaintNames } from "./fixed-paints.js";
import { contains, type Part, partBounds } from "./shape.js";
import { spriteOf } from "./sprite-bounds.js";

/** What the cells of a grid show: a cell holds the index of its paint. */
export const cellPaints = ["empty", "outline", "body", "shade", ...fixedPaintNames] as const;

const emptyCell = cellPaints.indexOf("empty");
const outlineCell = cellPaints.indexOf("outline");

/** Cells along a side of the grid. */
export const gridSize = 256;

/** The grid covers the sprite's unit square and this much more on each side, for the outline. */
export const gridMargin = 0.05;

/** Width of the outline around a sprite, in sides of its square. */
export const outlineWidth = 0.035;

const known = new Map<string, Uint8Array>();

/**
 * A sprite as a grid of indices into `cellPaints`, row by row, made once for each kind. With `front`, only the front of a
 * container. Drawing a scene then looks up one cell a sample, which makes it fast and exactly repeatable.
 */
export function spriteGrid(kind: string, front: boolean): Uint8Array {
  const key = front ? `${kind}/front` : kind;
  let grid = known.get(key);
  if (!grid) {
    const { parts } = spriteOf(kind);
    grid = rasterise(front ? parts.filter((part) => part.front) : parts);
    known.set(key, grid);
  }
  return grid;
}

const span = 1 + 2 * gridMargin;

function rasterise(parts: readonly Part[]): Uint8Array {
  const grid = new Uint8Array(gridSize * gridSize);
  for (const part of parts) {
    const { left, top, right, bottom } = partBounds(part);
    const label = cellPaints.indexOf(part.paint);
    for (let row = toCell(top); row <= toCell(bottom); row++) {
      for (let column = toCell(left); column <= toCell(right); column++) {
        if (contains(part, toUnit(column), toUnit(row))) grid[row * gridSize + column] = label;
      }
    }
  }
  return addOutline(grid);
}

function toCell(unit: number): number {
  return Math.min(gridSize - 1, Math.max(0, Math.floor(((unit + gridMargin) / span) * gridSize)));
}

function toUnit(index: number): number {
  return ((index + 0.5) / gridSize) * span - gridMargin;
}

/** Marks every empty cell within the outline's width of a painted one. */
function addOutline(grid: Uint8Array): Uint8Array {
  const radius = Math.floor((outlineWidth / span) * gridSize);
  const outlined = Uint8Array.from(grid);
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || row >= gridSize || column >= gridSize ? 0 : grid[row * gridSize + column]!;
  for (let row = 0; row < gridSize; row++) {
    for (let column = 0; column < gridSize; column++) {
      if (at(row, column) === emptyCell) continue;
      const inner = at(row - 1, column) && at(row + 1, column) && at(row, column - 1) && at(row, column + 1);
      if (inner) continue;
      for (let dy = -radius; dy <= radius; dy++) {
        for (let dx = -radius; dx <= radius; dx++) {
          const y = row + dy;
          const x = column + dx;
          if (dx * dx + dy * dy > radius * radius || y < 0 || x < 0 || y >= gridSize || x >= gridSize) continue;
          const index = y * gridSize + x;
          if (outlined[index] === emptyCell) outlined[index] = outlineCell;
        }
      }
    }
  }
  return outlined;
}
