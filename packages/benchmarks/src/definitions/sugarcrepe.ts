import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { ChoiceItem } from "../families/choice.js";
import { choice } from "../families/choice.js";
import type { BenchmarkData } from "../families/family.js";
import { strictPolicy } from "../families/policy.js";
import { parseJson } from "../formats/parse-json.js";

const origin = "github.com/RAIVNLab/sugar-crepe/data";

/** The seven files and their numbers of items. */
const subsets = {
  add_att: 692,
  add_obj: 2062,
  replace_att: 788,
  replace_obj: 1652,
  replace_rel: 1406,
  swap_att: 666,
  swap_obj: 245,
};

/** An object of entries by index, which need not be contiguous (swap_obj lacks 108). */
const fileSchema = z.record(
  z.string(),
  z.object({ filename: z.string(), caption: z.string(), negative_caption: z.string() }),
);

/** SugarCrepe, one benchmark a file. The right caption stands first; a tie is wrong. */
export const sugarcrepe: readonly BenchmarkDefinition<BenchmarkData<ChoiceItem>>[] = Object.entries(subsets).map(
  ([subset, sampleCount]) =>
    defineBenchmark({
      name: `sugarcrepe/${subset}`,
      version: "1",
      family: choice,
      policy: strictPolicy,
      headline: "accuracy",
      split: "val2017",
      sampleCount,
      folder: "sugarcrepe",
      files: [
        {
          path: `${subset}.json`,
          url: `https://raw.githubusercontent.com/RAIVNLab/sugar-crepe/main/data/${subset}.json`,
        },
      ],
      images: "coco/val2017",
      needs: `${subset}.json of ${origin} and the COCO val2017 images (cocodataset.org)`,
      citation:
        "Hsieh et al., SugarCrepe: Fixing Hackable Benchmarks for Vision-Language Compositionality, NeurIPS 2023",
      licence: "MIT (annotations); images: COCO, per photo",
      async read(source) {
        const path = `${subset}.json`;
        const entries = parseJson(await source.text(path), fileSchema, path, origin);
        return {
          items: Object.values(entries).map(({ filename, caption, negative_caption: negative }) => ({
            images: [source.image(filename)],
            captions: [caption, negative],
            correct: 0,
          })),
        };
      },
    }),
);
