/**
 * Deals items out to at most `count` parts, none of them empty: part p has items p, p + count, …, so that parts of texts that stand in order
 * of their kind are alike in length, and a backend meets few shapes.
 */
export function dealtOut<T>(items: readonly T[], count: number): T[][] {
  const parts = Math.min(count, items.length);
  return Array.from({ length: parts }, (_, part) => items.filter((_, index) => index % parts === part));
}

/** Where an item stands once the parts are put one after the other. */
export function placeInParts(items: number, count: number): (item: number) => number {
  const parts = Math.min(count, items);
  const longer = items % parts;
  return (item) => {
    const part = item % parts;
    return part * Math.floor(items / parts) + Math.min(part, longer) + Math.floor(item / parts);
  };
}
