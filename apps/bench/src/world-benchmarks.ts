import { createHash } from "node:crypto";
import {
  type Benchmark,
  type BenchmarkInfo,
  type ChoiceItem,
  choiceBenchmark,
  type RetrievalPair,
  retrievalBenchmark,
  type TieRule,
} from "@tesserae/benchmarks";
import { aroCaption, aroOrderOptions } from "@tesserae/negatives";
import { loadWorldImage, type WorldTaskName, worldDataset, worldRetrieval, worldTasks } from "@tesserae/world";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { mersenne } from "pure-rand/generator/mersenne";
import { type BenchmarkEntry, loadedBenchmark } from "./benchmark-entry.js";

/** Items of each task. Two thousand give intervals of about 2 points on each side. */
const itemCount = 2000;
/** Items of the order benchmark, each with five long captions. */
const orderCount = 500;
/** Images among which retrieval looks. */
const retrievalCount = 500;

/** Chance of the tasks of `worldTasks`; `choiceBenchmark` checks it against the items. */
const taskChances: Readonly<Record<WorldTaskName, number>> = {
  "relation-swap": 1 / 2,
  "attribute-swap": 1 / 2,
  "object-replacement": 1 / 2,
  "attribute-replacement": 1 / 2,
  "relation-replacement": 1 / 2,
  "systematicity-seen": 1 / 5,
  "systematicity-unseen": 1 / 5,
  productivity: 1 / 5,
};

/** The benchmarks of the embedded world: its tasks, ARO's word order on its test captions, and retrieval among its test images. */
export function worldBenchmarks(seed: number): readonly BenchmarkEntry[] {
  let tasks: ReturnType<typeof worldTasks> | undefined;
  const taskItems = (name: string): readonly ChoiceItem[] => {
    tasks ??= worldTasks({ seed, count: itemCount });
    return tasks.find((task) => task.name === name)!.items;
  };
  return [
    ...Object.entries(taskChances).map(([task, chance]) =>
      worldEntry<ChoiceItem>(seed, {
        ...{ task, count: itemCount, chance, tieRule: "positive-must-win", define: choiceBenchmark },
        items: () => taskItems(task),
      }),
    ),
    worldEntry<ChoiceItem>(seed, {
      ...{ task: "order", count: orderCount, chance: 1 / 5, tieRule: "first-index-wins", define: choiceBenchmark },
      items: () => orderItems(seed),
    }),
    worldEntry<RetrievalPair>(seed, {
      ...{ task: "retrieval", count: retrievalCount, chance: 1 / retrievalCount, tieRule: "positive-must-win" },
      define: retrievalBenchmark,
      items: () => worldRetrieval({ seed, count: retrievalCount }),
    }),
  ];
}

interface WorldDefinition<T> {
  readonly task: string;
  readonly count: number;
  readonly chance: number;
  readonly tieRule: TieRule;
  /** Generates the items; called when the benchmark is run. */
  items(): readonly T[];
  define(info: BenchmarkInfo, items: readonly T[]): Benchmark;
}

function worldEntry<T extends { readonly image: string }>(
  seed: number,
  definition: WorldDefinition<T>,
): BenchmarkEntry {
  const { task, count, chance, tieRule, define } = definition;
  const shared = { name: `world/${task}`, version: "1", chance, tieRule, averaging: "micro" } as const;
  return {
    ...shared,
    items: count,
    needs: "nothing: it is generated",
    missing: null,
    load() {
      const items = definition.items();
      const info = {
        ...shared,
        split: "test",
        dataRevision: `seed ${seed}, sha256 ${checksum(items)}`,
        citation: "Tesserae's embedded world: procedural scenes, see @tesserae/data",
        licence: "MIT",
      };
      return loadedBenchmark(info, items, async (image, size) => loadWorldImage(image, size), define);
    },
  };
}

/** ARO's Order benchmark on the world's captions: the true caption first, then its four perturbations. */
function orderItems(seed: number): readonly ChoiceItem[] {
  const generator = mersenne(seed);
  const rng = () => uniformFloat64(generator);
  const { samples } = worldDataset({ seed, split: "test", count: orderCount });
  return samples.map(({ image, captions: [caption = ""] }) => ({
    image,
    captions: [aroCaption(caption), ...aroOrderOptions(caption, rng)],
    correct: 0,
  }));
}

function checksum(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
}
