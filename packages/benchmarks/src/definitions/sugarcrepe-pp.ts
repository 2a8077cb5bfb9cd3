import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { BenchmarkData } from "../families/family.js";
import { type ParaphraseItem, paraphrase } from "../families/paraphrase.js";
import { strictPolicy } from "../families/policy.js";
import { parseJson } from "../formats/parse-json.js";

const origin = "github.com/Sri-Harsha/scpp/data";
const subsets = ["replace_att", "replace_obj", "replace_rel", "swap_att", "swap_obj"];

const fileSchema = z.array(
  z.object({ filename: z.string(), caption: z.string(), caption2: z.string(), negative_caption: z.string() }),
);

/** SugarCrepe++, image-text task: both paraphrases have to beat the negative; a tie is wrong. */
export const sugarcrepePp: readonly BenchmarkDefinition<BenchmarkData<ParaphraseItem>>[] = subsets.map((subset) =>
  defineBenchmark({
    name: `sugarcrepe-pp/${subset}`,
    version: "1",
    family: paraphrase,
    policy: strictPolicy,
    headline: "accuracy",
    split: "val2017",
    sampleCount: null,
    folder: "sugarcrepe-pp",
    files: [{ path: `${subset}.json` }],
    images: "coco/val2017",
    needs: `${subset}.json of ${origin} and the COCO val2017 images (cocodataset.org)`,
    citation:
      "Dumpala et al., SugarCrepe++ Dataset: Vision-Language Model Sensitivity to Semantic and Lexical Alterations, NeurIPS 2024",
    licence: "CC BY 4.0 (annotations); images: COCO, per photo",
    async read(source) {
      const path = `${subset}.json`;
      const entries = parseJson(await source.text(path), fileSchema, path, origin);
      return {
        items: entries.map(({ filename, caption, caption2, negative_caption: negative }) => ({
          images: [source.image(filename)],
          captions: [caption, caption2, negative],
        })),
      };
    },
  }),
);
