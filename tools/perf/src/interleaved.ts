/** One way of doing the same work. */
export interface Variant {
  readonly name: string;
  /** Does the work once. */
  run(): Promise<void> | void;
}

/** What the rounds of a variant took, in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Times variants in turn (a, b, a, b, …), so that whatever else the machine does falls on all of them alike.
 *
 * @param rounds Times that each variant is measured, after one round that is not counted.
 */
export async function interleaved(
  variants: readonly Variant[],
  rounds: number,
  now: () => number = () => performance.now(),
): Promise<ReadonlyMap<string, Timing>> {
  const times = new Map(variants.map(({ name }) => [name, [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    for (const { name, run } of variants) {
      const start = now();
      await run();
      if (round >= 0) times.get(name)!.push(now() - start);
    }
  }
  return new Map([...times].map(([name, list]) => [name, timing(list)]));
}

/** Median (the mean of the middle two where their number is even), minimum and maximum. */
export function timing(milliseconds: readonly number[]): Timing {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return { median, minimum: sorted[0]!, maximum: sorted.at(-1)! };
}
