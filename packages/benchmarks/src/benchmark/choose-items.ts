import { createRandomIndex } from "../statistics/random-index.js";

/** `limit` of the items, drawn with `seed`, in their original order; all of them when there is no limit or fewer items. */
export function chooseItems<T>(items: readonly T[], limit: number | undefined, seed: number): readonly T[] {
  if (limit === undefined || limit >= items.length) return items;
  if (!Number.isInteger(limit) || limit < 1)
    throw new RangeError(`limit: expected a whole number of at least 1, got ${limit}`);
  const randomIndex = createRandomIndex(seed);
  const order = items.map((_, index) => index);
  for (let index = 0; index < limit; index++) {
    const other = index + randomIndex(order.length - index);
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
  return order
    .slice(0, limit)
    .sort((a, b) => a - b)
    .map((index) => items[index]!);
}
