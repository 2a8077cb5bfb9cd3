import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { BenchmarkData } from "../families/family.js";
import { type PairItem, pair } from "../families/pair.js";
import { strictPolicy } from "../families/policy.js";
import { parseJson } from "../formats/parse-json.js";

const origin = "github.com/arijitray1993/COLA/data";
const path = "COLA_multiobjects_matching_benchmark.json";
const fileSchema = z.array(z.tuple([z.string(), z.string(), z.string(), z.string()]));

/** Cola, multi-object: each caption has to score higher with its own image than with the other (scripts/eval.py). */
export const cola: BenchmarkDefinition<BenchmarkData<PairItem>> = defineBenchmark({
  name: "cola",
  version: "1",
  family: pair,
  policy: strictPolicy,
  headline: "image",
  split: "multi-object",
  sampleCount: 210,
  folder: "cola",
  files: [{ path }],
  images: "cola/images",
  needs: `${path} of ${origin} and the images of its links, by their file names`,
  citation: "Ray et al., Cola: A Benchmark for Compositional Text-to-image Retrieval, NeurIPS 2023",
  licence: "MIT (annotations); images: Visual Genome, CC BY 4.0",
  async read(source) {
    const entries = parseJson(await source.text(path), fileSchema, path, origin);
    return {
      items: entries.map(([first, caption, second, otherCaption]) => ({
        images: [first, second].map((address) => source.image(address.slice(address.lastIndexOf("/") + 1))),
        captions: [caption, otherCaption],
      })),
    };
  },
});
