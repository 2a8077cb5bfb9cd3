import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { ImageRef } from "../benchmark/image-ref.js";
import { type Beats, compareCells } from "./beats.js";
import type { BenchmarkData, Family, ItemMetric } from "./family.js";
import { gridChance } from "./grid-chance.js";

/** A small item: every image is compared with every caption. */
export interface GridItem {
  readonly images: readonly ImageRef[];
  readonly captions: readonly string[];
  /** What the item is counted under besides the total, such as a relation's name. */
  readonly group?: string;
  /** Items of one cluster are not independent, such as those about one image. */
  readonly cluster?: string;
}

/** The item without its images, as judging sees it and as results store it. */
export type GridFacts<Item extends GridItem> = Omit<Item, "images">;

/** What was predicted for an item: its facts, the names of its images, and scores by image and caption. */
export type GridRecord<Item extends GridItem> = GridFacts<Item> & {
  readonly images: readonly string[];
  readonly captions: readonly string[];
  readonly group?: string;
  readonly cluster?: string;
  readonly scores: readonly (readonly number[])[];
};

/** What a grid family consists of. */
export interface GridFamilyOptions<Item extends GridItem> {
  readonly name: string;
  readonly version: string;
  /** By name: whether an item is right, told by which cells beat which. */
  readonly metrics: Readonly<Record<string, (beats: Beats, item: GridFacts<Item>) => boolean>>;
  /** What is wrong with an item, or nothing. */
  problem?(item: Item): string | undefined;
}

/**
 * A family whose items are small grids of images and captions. Chance is computed: the share of right answers over all orders in
 * which the different cells of an item could score, equal cells (such as a wrong caption with the text of the right one) tying always.
 */
export function gridFamily<Item extends GridItem>(
  options: GridFamilyOptions<Item>,
): Family<BenchmarkData<Item>, readonly GridRecord<Item>[]> {
  const { name, version, metrics, problem } = options;
  return {
    name,
    version,
    check({ items }, what) {
      if (items.length === 0) throw new BenchmarkError(`${what}: holds no item; expected at least one`);
      items.forEach((item, index) => {
        const empty = item.images.length === 0 || item.captions.length === 0;
        const wrong = empty ? "it needs an image and a caption" : problem?.(item);
        if (wrong !== undefined) throw new BenchmarkError(`${what}: item ${index}: ${wrong}`);
      });
    },
    images: (item) => item.images,
    async predict({ items }, similarity, nameImage) {
      const scores = await similarity.grids(items);
      return items.map((item, index) => ({
        ...item,
        images: item.images.map(nameImage),
        scores: scores[index]!,
      }));
    },
    judge(records, policy) {
      const chanceOf = gridChance<GridFacts<Item>>(metrics, policy.ties);
      const judged = Object.keys(metrics).map((metric) => [metric, [] as number[], [] as number[]] as const);
      let ties = 0;
      for (const record of records) {
        let tied = false;
        const beats = compareCells(record.scores, policy.ties, () => {
          tied = true;
        });
        const chance = chanceOf(record);
        for (const [metric, values, chances] of judged) {
          values.push(metrics[metric]!(beats, record as GridFacts<Item>) ? 1 : 0);
          chances.push(chance[metric]!);
        }
        if (tied) ties += 1;
      }
      const labels = {
        ...(records.some(({ group }) => group !== undefined) && { groups: records.map(({ group = "" }) => group) }),
        ...(records.some(({ cluster }) => cluster !== undefined) && {
          clusters: records.map(({ cluster }, index) => cluster ?? index),
        }),
      };
      const byName = judged.map(([metric, values, chance]): [string, ItemMetric] => [
        metric,
        { values, chance, ...labels },
      ]);
      return { metrics: Object.fromEntries(byName), ties };
    },
  };
}
