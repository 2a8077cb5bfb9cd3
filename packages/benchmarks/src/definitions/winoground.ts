import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { BenchmarkData } from "../families/family.js";
import { type PairItem, pair } from "../families/pair.js";
import { strictPolicy } from "../families/policy.js";
import { parseJsonLines } from "../formats/parse-json.js";
import { refuseRepeated } from "../formats/refuse-repeated.js";

const origin = "huggingface.co/datasets/facebook/winoground";
const path = "examples.jsonl";
const lineSchema = z.object({
  id: z.number().optional(),
  image_0: z.string(),
  image_1: z.string(),
  caption_0: z.string(),
  caption_1: z.string(),
  collapsed_tag: z.string().optional(),
});

/** Winoground: text, image and group score; a tie is wrong. Groups are the collapsed tags. */
export const winoground: BenchmarkDefinition<BenchmarkData<PairItem>> = defineBenchmark({
  name: "winoground",
  version: "1",
  family: pair,
  policy: strictPolicy,
  headline: "group",
  split: "test",
  sampleCount: 400,
  folder: "winoground",
  files: [{ path }],
  images: "winoground/images",
  needs: `data/examples.jsonl and data/images.zip (unpacked into images/) of ${origin}, which asks you to accept its terms`,
  citation:
    "Thrush et al., Winoground: Probing Vision and Language Models for Visio-Linguistic Compositionality, CVPR 2022",
  licence: "Winoground's own terms (research only)",
  async read(source) {
    const lines = parseJsonLines(await source.text(path), lineSchema, path, origin);
    refuseRepeated(
      lines.map(({ id, ...line }) => id ?? Object.values(line).join(" | ")),
      path,
      origin,
    );
    return {
      items: lines.map((line) => ({
        images: [line.image_0, line.image_1].map((name) => source.image(`${name}.png`)),
        captions: [line.caption_0, line.caption_1],
        ...(line.collapsed_tag && { group: line.collapsed_tag }),
      })),
    };
  },
});
