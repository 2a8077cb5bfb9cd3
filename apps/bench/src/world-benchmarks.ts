import { createHash } from "node:crypto";
import {
  type BenchmarkInfo,
  type ChoiceItem,
  choiceBenchmark,
  retrievalBenchmark,
  type TieRule,
} from "@tesserae/benchmarks";
import {
  loadWorldImage,
  type Sample,
  type WorldTaskName,
  worldDataset,
  worldRetrieval,
  worldTasks,
} from "@tesserae/data";
import { aroCaption, aroOrderOptions } from "@tesserae/negatives";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { mersenne } from "pure-rand/generator/mersenne";
import { type BenchmarkEntry, type LoadedBenchmark, loadedBenchmark } from "./benchmark-entry.js";
import type { LoadImage } from "./image-store.js";

/** Items of each task. A thousand give intervals of about 3 points on each side. */
const itemCount = 1000;
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
  const loadImage: LoadImage = async (image, size) => loadWorldImage(image, size);
  const entry = (
    task: string,
    items: number,
    chance: number,
    tieRule: TieRule,
    load: (info: (items: unknown) => BenchmarkInfo) => LoadedBenchmark,
  ): BenchmarkEntry => {
    const shared = { name: `world/${task}`, version: "1", chance, tieRule, averaging: "micro" } as const;
    const info = (made: unknown): BenchmarkInfo => ({
      ...shared,
      split: "test",
      dataRevision: `seed ${seed}, sha256 ${checksum(made)}`,
      citation: "Tesserae's embedded world: procedural scenes, see @tesserae/data",
      licence: "MIT",
    });
    return { ...shared, items, needs: "nothing: it is generated", missing: null, load: () => load(info) };
  };
  const choice = (task: string, chance: number, tieRule: TieRule, items: () => readonly ChoiceItem[]): BenchmarkEntry =>
    entry(task, itemCount, chance, tieRule, (info) => {
      const made = items();
      return loadedBenchmark(info(made), made, loadImage, choiceBenchmark);
    });
  return [
    ...Object.entries(taskChances).map(([task, chance]) =>
      choice(task, chance, "positive-must-win", () => taskItems(task)),
    ),
    choice("order", orderCount, 1 / 5, "first-index-wins", () =>
      orderItems(worldDataset({ seed, split: "test", count: orderCount }).samples, seed),
    ),
    entry("retrieval", retrievalCount, 1 / retrievalCount, "positive-must-win", (info) => {
      const pairs = worldRetrieval({ seed, count: retrievalCount });
      return loadedBenchmark(info(pairs), pairs, loadImage, retrievalBenchmark);
    }),
  ];
}

/** ARO's Order benchmark on the world's captions: the true caption first, then its four perturbations. */
function orderItems(samples: readonly Sample[], seed: number): readonly ChoiceItem[] {
  const generator = mersenne(seed);
  const rng = () => uniformFloat64(generator);
  return samples.map(({ image, captions: [caption = ""] }) => ({
    image,
    captions: [aroCaption(caption), ...aroOrderOptions(caption, rng)],
    correct: 0,
  }));
}

function checksum(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
}
