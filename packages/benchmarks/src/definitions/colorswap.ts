import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { BenchmarkData } from "../families/family.js";
import { type PairItem, pair } from "../families/pair.js";
import { strictPolicy } from "../families/policy.js";
import { parseJson } from "../formats/parse-json.js";
import { refuseRepeated } from "../formats/refuse-repeated.js";

const origin = "huggingface.co/datasets/stanfordnlp/colorswap";
const path = "test.json";
const fileSchema = z.array(
  z.object({
    id: z.union([z.number(), z.string()]).optional(),
    image_1: z.string(),
    image_2: z.string(),
    caption_1: z.string(),
    caption_2: z.string(),
  }),
);

/** ColorSwap: Winoground's scores on captions whose colours are swapped; a tie is wrong. */
export const colorswap: BenchmarkDefinition<BenchmarkData<PairItem>> = defineBenchmark({
  name: "colorswap",
  version: "1",
  family: pair,
  policy: strictPolicy,
  headline: "group",
  split: "test",
  sampleCount: 300,
  folder: "colorswap",
  files: [{ path }],
  images: "colorswap/images",
  needs: `the test split of ${origin} as ${path}: a list of { image_1, caption_1, image_2, caption_2 }, and its images`,
  citation:
    "Burapacheep et al., ColorSwap: A Color and Word Order Dataset for Multimodal Evaluation, ACL Findings 2024",
  licence: "MIT",
  async read(source) {
    const entries = parseJson(await source.text(path), fileSchema, path, origin);
    refuseRepeated(
      entries.map(({ id, ...entry }) => id ?? Object.values(entry).join(" | ")),
      path,
      origin,
    );
    return {
      items: entries.map((entry) => ({
        images: [source.image(entry.image_1), source.image(entry.image_2)],
        captions: [entry.caption_1, entry.caption_2],
      })),
    };
  },
});
