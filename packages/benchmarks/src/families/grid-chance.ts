import { createRandomIndex } from "../statistics/random-index.js";
import { type Beats, compareCells } from "./beats.js";
import type { TieRule } from "./policy.js";

/** Up to this many different cells all orders are gone through; above, `samples` orders are drawn. */
const enumerable = 7;
const samples = 20_000;

/** What identifies an item's cells. */
interface Shape {
  readonly images: readonly string[];
  readonly captions: readonly string[];
}

/**
 * The share of an item's right answers when its different cells score in a random order, for every metric.
 * Items of one pattern of equal cells share the computation.
 */
export function gridChance<Facts>(
  metrics: Readonly<Record<string, (beats: Beats, item: Facts) => boolean>>,
  rule: TieRule,
): (record: Facts & Shape) => Readonly<Record<string, number>> {
  const known = new Map<string, Readonly<Record<string, number>>>();
  return (record) => {
    const cells = cellIdentities(record);
    const {
      images: _,
      captions: __,
      scores: ___,
      group: ____,
      cluster: _____,
      ...facts
    } = record as Shape & {
      scores?: unknown;
      group?: unknown;
      cluster?: unknown;
    };
    const key = JSON.stringify([cells, facts]);
    const chance = known.get(key) ?? computeChance(metrics, rule, record, cells);
    known.set(key, chance);
    return chance;
  };
}

/** For each image and caption a number, the same for cells that always score the same. */
function cellIdentities({ images, captions }: Shape): readonly (readonly number[])[] {
  const identities = new Map<string, number>();
  return images.map((image) =>
    captions.map((caption) => {
      const cell = JSON.stringify([image, caption]);
      const identity = identities.get(cell) ?? identities.size;
      identities.set(cell, identity);
      return identity;
    }),
  );
}

function computeChance<Facts>(
  metrics: Readonly<Record<string, (beats: Beats, item: Facts) => boolean>>,
  rule: TieRule,
  record: Facts,
  cells: readonly (readonly number[])[],
): Readonly<Record<string, number>> {
  const different = 1 + Math.max(...cells.flat());
  const right = Object.fromEntries(Object.keys(metrics).map((metric) => [metric, 0]));
  let count = 0;
  for (const order of different <= enumerable ? permutations(different) : drawnOrders(different)) {
    count += 1;
    const scores = cells.map((row) => row.map((identity) => order[identity]!));
    const beats = compareCells(scores, rule);
    for (const [metric, isRight] of Object.entries(metrics)) if (isRight(beats, record)) right[metric]! += 1;
  }
  return Object.fromEntries(Object.entries(right).map(([metric, share]) => [metric, share / count]));
}

function* permutations(size: number): Iterable<readonly number[]> {
  const order = Array.from({ length: size }, (_, index) => index);
  const state = new Array<number>(size).fill(0);
  yield order;
  for (let index = 1; index < size; ) {
    if (state[index]! >= index) {
      state[index] = 0;
      index += 1;
      continue;
    }
    const other = index % 2 === 0 ? 0 : state[index]!;
    [order[other], order[index]] = [order[index]!, order[other]!];
    yield order;
    state[index]! += 1;
    index = 1;
  }
}

function* drawnOrders(size: number): Iterable<readonly number[]> {
  const randomIndex = createRandomIndex(0);
  const order = Array.from({ length: size }, (_, index) => index);
  for (let sample = 0; sample < samples; sample++) {
    for (let last = size - 1; last > 0; last--) {
      const other = randomIndex(last + 1);
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    yield order;
  }
}
