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
import { loadWorldImage, worldRetrieval, worldTasks } from "@tesserae/world";
import { type BenchmarkEntry, loadedBenchmark } from "./benchmark-entry.js";

/** Items of each task. Two thousand give intervals of about 2 points on each side. */
const itemCount = 2000;
/** Images among which retrieval looks. */
const retrievalCount = 500;

/** The benchmarks of the synthetic world's level `simple`: its choices between captions, and retrieval among its pictures. */
export function worldBenchmarks(seed: number): readonly BenchmarkEntry[] {
  const tasks = worldTasks({ level: "simple", seed, count: itemCount }).filter(({ kind }) => kind === "choice");
  return [
    ...tasks.map((task) =>
      worldEntry<ChoiceItem>(seed, {
        ...{ task: task.name, count: itemCount, chance: task.name === "productivity" ? 1 / 4 : 1 / 2 },
        ...{ tieRule: "positive-must-win", define: choiceBenchmark },
        items: () => task.items as readonly ChoiceItem[],
      }),
    ),
    worldEntry<RetrievalPair>(seed, {
      ...{ task: "retrieval", count: retrievalCount, chance: 1 / retrievalCount, tieRule: "positive-must-win" },
      define: retrievalBenchmark,
      items: () => worldRetrieval({ level: "simple", seed, count: retrievalCount }),
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
  const shared = { name: `world/${task}`, version: "3", chance, tieRule, averaging: "micro" } as const;
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
        citation: "Tesserae's synthetic world: drawn scenes, see @tesserae/world",
        licence: "MIT",
      };
      return loadedBenchmark(info, items, async (image) => loadWorldImage(image), define);
    },
  };
}

function checksum(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
}
