/**
 * Deals items out to at most `count` parts, none of them empty: part p has items p, p + count, …, so that parts of texts that stand in order
 * of their kind are alike in length, and a backend meets few shapes.
 */
export function dealtOut<T>(items: readonly T[], count: number): T[][] {
  const parts = Math.min(count, items.length);
  return Array.from({ length: parts }, (_, part) => items.filter((_, index) => index % parts === part));
}

/**
 * Where an item stands once the parts are put one after the other.
 *
 * @param rows of each part: at least its items, which come first
 */
export function placeInParts(rows: readonly number[]): (item: number) => number {
  const starts = rows.map((_, part) => rows.slice(0, part).reduce((sum, count) => sum + count, 0));
  return (item) => (starts[item % rows.length] ?? 0) + Math.floor(item / rows.length);
}
