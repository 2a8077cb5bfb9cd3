import {
  type BenchmarkDefinition,
  choice,
  defineBenchmark,
  type ImageRef,
  imageName,
  type Policy,
  pair,
  retrieval,
  strictPolicy,
} from "@tesserae/benchmarks";
import {
  type ChoiceItem,
  loadWorldImage,
  type PairItem,
  type WorldLevelName,
  type WorldTask,
  worldLevelNames,
  worldRetrieval,
  worldTasks,
  worldVersion,
} from "@tesserae/world";

/** Items of each task. Two thousand give intervals of about 2 points on each side. */
const itemCount = 2000;
/** Images among which retrieval looks. */
const retrievalCount = 250;

/** The headline is the mean over relations' words or categories: a scorer that knows one direction only is at chance. */
const meanOfGroups: Policy = { name: "mean of groups", ties: "positive-must-win", averaging: "macro" };

const shared = {
  version: worldVersion,
  split: "test",
  folder: "world",
  files: [],
  images: null,
  needs: "nothing: it is generated",
  citation: "Tesserae's synthetic world: drawn scenes, see @tesserae/world",
  licence: "MIT",
  loadImage: (image: ImageRef) => loadWorldImage(imageName(image)),
} as const;

/** The synthetic world's benchmarks: `world/…` of the level simple, `world-full/…` and `world-long/…` of the others. */
export function worldBenchmarks(seed: number): readonly BenchmarkDefinition[] {
  return worldLevelNames.flatMap((level) => {
    const folder = level === "simple" ? "world" : `world-${level}`;
    const tasks = worldTasks({ level, seed, count: itemCount });
    return [...tasks.map((task) => taskBenchmark(folder, task)), retrievalBenchmark(folder, level, seed)];
  }) as readonly BenchmarkDefinition[];
}

function taskBenchmark(folder: string, task: WorldTask) {
  const name = `${folder}/${task.name}`;
  const rules = { policy: meanOfGroups, otherPolicies: [strictPolicy], sampleCount: itemCount };
  if (task.kind === "pair") {
    return defineBenchmark({
      ...{ ...shared, ...rules, name, family: pair, headline: "group" },
      read: async () => ({
        items: (task.items as readonly PairItem[]).map((item) => ({
          ...item,
          images: item.images.map((path) => ({ path })),
        })),
      }),
    });
  }
  return defineBenchmark({
    ...{ ...shared, ...rules, name, family: choice, headline: "accuracy" },
    read: async () => ({
      items: (task.items as readonly ChoiceItem[]).map(({ image, ...item }) => ({
        ...item,
        images: [{ path: image }],
      })),
    }),
  });
}

function retrievalBenchmark(folder: string, level: WorldLevelName, seed: number) {
  return defineBenchmark({
    ...shared,
    ...{ name: `${folder}/retrieval`, family: retrieval, policy: strictPolicy, headline: "textToImage@1" },
    version: `${worldVersion}.1`, // raised by itself when its pictures came to show different things
    sampleCount: retrievalCount,
    read: async () => ({
      items: worldRetrieval({ level, seed, count: retrievalCount }).map(({ image, captions }) => ({
        image: { path: image },
        captions,
      })),
    }),
  });
}
