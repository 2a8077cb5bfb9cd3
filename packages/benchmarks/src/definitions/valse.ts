import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import { type ChoiceItem, choice } from "../families/choice.js";
import type { BenchmarkData } from "../families/family.js";
import { strictPolicy } from "../families/policy.js";
import { parseJson } from "../formats/parse-json.js";

const origin = "github.com/Heidelberg-NLP/VALSE/data";
const instruments: Readonly<Record<string, string>> = {
  existence: "existence",
  plurals: "plurals",
  "counting-hard": "counting-hard",
  "counting-small": "counting-small-quant",
  "counting-adversarial": "counting-adversarial",
  relations: "relations",
  "action-replacement": "action-replacement",
  "actant-swap": "actant-swap",
  "coreference-standard": "coreference-standard",
  "coreference-hard": "coreference-hard",
  "foil-it": "foil-it",
};
const entrySchema = z.object({
  image_file: z.string(),
  caption: z.union([z.string(), z.array(z.string()).min(1)]),
  foil: z.union([z.string(), z.array(z.string()).min(1)]),
  mturk: z.object({ caption: z.number() }),
});

/** VALSE's pairwise accuracy (acc_r) on the items that two or more of three people found right; a tie is wrong. */
export const valse: readonly BenchmarkDefinition<BenchmarkData<ChoiceItem>>[] = Object.entries(instruments).map(
  ([name, file]) =>
    defineBenchmark({
      name: `valse/${name}`,
      version: "1",
      family: choice,
      policy: strictPolicy,
      headline: "accuracy",
      split: "validated",
      sampleCount: null,
      folder: "valse",
      files: [{ path: `${file}.json` }],
      images: `valse/images/${name}`,
      needs: `${file}.json of ${origin} and its images in images/${name}`,
      citation: "Parcalabescu et al., VALSE: A Task-Independent Benchmark for Vision and Language Models, ACL 2022",
      licence: "MIT (annotations); images: of the data sets",
      async read(source) {
        const path = `${file}.json`;
        const entries = parseJson(await source.text(path), z.record(z.string(), entrySchema), path, origin);
        const valid = Object.values(entries).filter(({ mturk }) => mturk.caption >= 2);
        return {
          items: valid.map(({ image_file: image, caption, foil }) => ({
            images: [source.image(image)],
            captions: [caption, foil].map((text) => (typeof text === "string" ? text : text[0]!)),
            correct: 0,
          })),
        };
      },
    }),
);
