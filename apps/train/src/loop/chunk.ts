/** Divides a list into at most `count` parts of equal length, the last one maybe shorter; none is empty. */
export function chunk<T>(items: readonly T[], count: number): T[][] {
  const length = Math.ceil(items.length / count);
  return Array.from({ length: Math.ceil(items.length / length) }, (_, part) =>
    items.slice(part * length, (part + 1) * length),
  );
}
