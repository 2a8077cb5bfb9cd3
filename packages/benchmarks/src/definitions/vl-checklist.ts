import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import { type ChoiceItem, choice } from "../families/choice.js";
import type { BenchmarkData } from "../families/family.js";
import { type Policy, strictPolicy } from "../families/policy.js";
import { parseJson } from "../formats/parse-json.js";

const origin = "github.com/om-ai-lab/VL-CheckList/data";
const fileSchema = z.array(
  z.tuple([z.string(), z.object({ POS: z.array(z.string()).min(1), NEG: z.array(z.string()).min(1) })]),
);
const meanOfFiles: Policy = { name: "mean of files", ties: "positive-must-win", averaging: "macro" };

/**
 * VL-CheckList, one benchmark a branch; its files are the groups. As the reference's task "itc": the first positive text against the
 * first negative one; a tie is wrong. The reference stops after `MAX_NUM` items of a file; here all count.
 */
export const vlChecklist: readonly BenchmarkDefinition<BenchmarkData<ChoiceItem>>[] = [
  "Object",
  "Attribute",
  "Relation",
].map((branch) =>
  defineBenchmark({
    name: `vl-checklist/${branch.toLowerCase()}`,
    version: "1",
    family: choice,
    policy: meanOfFiles,
    otherPolicies: [strictPolicy],
    headline: "accuracy",
    split: branch,
    sampleCount: null,
    folder: "vl-checklist",
    files: [{ path: `data/${branch}` }],
    images: "vl-checklist/images",
    needs: `data/${branch} of ${origin} and the images of Visual Genome, SWiG, HAKE and VAW (its DATASETS.md)`,
    mayLackImages: true,
    citation:
      "Zhao et al., VL-CheckList: Evaluating Pre-trained Vision-Language Models with Objects, Attributes and Relations, 2022",
    licence: "MIT (annotations); images: of the data sets",
    async read(source) {
      const paths = (await source.files(`data/${branch}`)).filter((path) => path.endsWith(".json"));
      if (paths.length === 0) {
        throw new BenchmarkError(`data/${branch}: no JSON file below it; expected those of ${origin}`);
      }
      const items: ChoiceItem[] = [];
      for (const path of paths) {
        const group = path.slice(`data/${branch}/`.length, -".json".length);
        for (const [image, { POS, NEG }] of parseJson(await source.text(path), fileSchema, path, origin)) {
          items.push({ images: [source.image(image)], captions: [POS[0]!, NEG[0]!], correct: 0, group });
        }
      }
      return { items };
    },
  }),
);
