import { BenchmarkError } from "../benchmark/benchmark-error.js";

/**
 * Refuses a file in which an entry stands twice: it would count twice in every mean, and which of them counts is not clear.
 *
 * @param keys what tells the entries apart, one an entry, such as their ids
 * @param source the file, for messages
 * @param origin where an official file comes from
 * @throws BenchmarkError that counts the repeated ones and names the first
 */
export function refuseRepeated(keys: readonly (string | number)[], source: string, origin: string): void {
  const seen = new Set<string | number>();
  const twice = new Set<string | number>();
  for (const key of keys) {
    if (seen.has(key)) twice.add(key);
    seen.add(key);
  }
  if (twice.size === 0) return;
  throw new BenchmarkError(
    `${source}: ${twice.size} entries are given twice; the first: ${JSON.stringify([...twice][0])}. ` +
      `Which of them counts is not clear; get the file of ${origin} again`,
  );
}
