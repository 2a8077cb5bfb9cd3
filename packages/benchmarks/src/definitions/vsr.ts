import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { BenchmarkData } from "../families/family.js";
import { type MatchingItem, matching } from "../families/matching.js";
import { strictPolicy } from "../families/policy.js";
import { parseJsonLines } from "../formats/parse-json.js";

const origin = "github.com/cambridgeltl/visual-spatial-reasoning/data";
const path = "test.jsonl";
const lineSchema = z.object({
  image: z.string(),
  caption: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
  relation: z.string(),
});

/** VSR as image-text matching, by relation. Dual encoders have no threshold of their own: see the family `matching`. */
export const vsr: BenchmarkDefinition<BenchmarkData<MatchingItem>> = defineBenchmark({
  name: "vsr",
  version: "1",
  family: matching,
  policy: { ...strictPolicy, name: "threshold at the median" },
  headline: "accuracy",
  split: "test of the random split",
  sampleCount: 2195,
  folder: "vsr",
  files: [{ path }],
  images: "vsr/images",
  needs: `splits/random/test.jsonl of ${origin} and the COCO images that it names (train2017 and val2017)`,
  citation: "Liu et al., Visual Spatial Reasoning, TACL 2023",
  licence: "CC BY 4.0 (annotations); images: COCO, per photo",
  async read(source) {
    const lines = parseJsonLines(await source.text(path), lineSchema, path, origin);
    return {
      items: lines.map(({ image, caption, label, relation }) => ({
        image: source.image(image),
        caption,
        matches: label === 1,
        group: relation,
      })),
    };
  },
});
