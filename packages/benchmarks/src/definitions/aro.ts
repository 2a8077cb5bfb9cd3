import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { Source } from "../benchmark/source.js";
import { type ChoiceItem, choice } from "../families/choice.js";
import type { BenchmarkData } from "../families/family.js";
import { firstIndexPolicy, type Policy } from "../families/policy.js";
import { parseJson } from "../formats/parse-json.js";
import { aroNotebook, readLeftOutRelations } from "./read-left-out-relations.js";

const origin = "ARO (github.com/mertyg/vision-language-models-are-bows)";
const shared = {
  version: "1",
  family: choice,
  headline: "accuracy",
  split: "test",
  folder: "aro",
  citation:
    "Yuksekgonul et al., When and Why Vision-Language Models Behave like Bags-of-Words, and What to Do About It?, ICLR 2023",
} as const;

const regionSchema = z.object({
  image_path: z.string(),
  bbox_x: z.number(),
  bbox_y: z.number(),
  bbox_w: z.number(),
  bbox_h: z.number(),
  true_caption: z.string(),
  false_caption: z.string(),
});
const relationSchema = z.array(regionSchema.extend({ relation_name: z.string() }));
const attributionSchema = z.array(regionSchema.extend({ attributes: z.tuple([z.string(), z.string()]) }));
const orderSchema = z.array(z.object({ image: z.string(), caption_options: z.array(z.string()).min(2) }));

/** As ARO's loader: crops, the false caption first, so that an argmax over equal scores is wrong. */
function regionItem(source: Source, entry: z.infer<typeof regionSchema>, group: string): ChoiceItem {
  const box = [entry.bbox_x, entry.bbox_y, entry.bbox_w, entry.bbox_h] as const;
  return {
    images: [{ ...source.image(entry.image_path), box }],
    captions: [entry.false_caption, entry.true_caption],
    correct: 1,
    group,
  };
}

const macro: Policy = { name: "macro", ties: "first-index-wins", averaging: "macro" };
const micro: Policy = { ...firstIndexPolicy, name: "micro" };

const vgRelation = defineBenchmark({
  ...shared,
  name: "aro/vg-relation",
  policy: { ...macro, name: "macro, all relations" },
  otherPolicies: [micro],
  sampleCount: 23_937,
  files: [
    { path: "visual_genome_relation.json" },
    {
      path: aroNotebook,
      url: `https://raw.githubusercontent.com/mertyg/vision-language-models-are-bows/main/${encodeURI(aroNotebook)}`,
      optional: true,
    },
  ],
  images: "aro/images",
  needs:
    "visual_genome_relation.json and the images (about 1 GB), both linked in ARO's dataset_zoo/aro_datasets.py, and for ARO's mean its " +
    "notebook, which names the relations that are left out",
  licence: "MIT (annotations); images: Visual Genome, CC BY 4.0",
  async read(source): Promise<BenchmarkData<ChoiceItem>> {
    const path = "visual_genome_relation.json";
    const entries = parseJson(await source.text(path), relationSchema, path, origin);
    const items = entries.map((entry) => regionItem(source, entry, entry.relation_name));
    const leftOut = await readLeftOutRelations(source);
    if (leftOut === null) {
      const unlikeReference = `all relations count, because ARO's list of those left out is not there (${aroNotebook})`;
      return { items, unlikeReference };
    }
    const policy = { ...macro, name: "macro, rare and symmetric relations left out", withoutGroups: leftOut };
    return { items, policies: [policy] };
  },
});

const vgAttribution = defineBenchmark({
  ...shared,
  name: "aro/vg-attribution",
  policy: { ...macro, name: "macro, attribute pairs of 25 items or more", minimumGroupSize: 25 },
  otherPolicies: [micro, { ...macro, name: "macro, all attribute pairs" }],
  sampleCount: 28_748,
  files: [{ path: "visual_genome_attribution.json" }],
  images: "aro/images",
  needs: "visual_genome_attribution.json and the images (about 1 GB), both linked in ARO's dataset_zoo/aro_datasets.py",
  licence: "MIT (annotations); images: Visual Genome, CC BY 4.0",
  async read(source) {
    const path = "visual_genome_attribution.json";
    const entries = parseJson(await source.text(path), attributionSchema, path, origin);
    return { items: entries.map((entry) => regionItem(source, entry, entry.attributes.join("_"))) };
  },
});

/** COCO-Order and Flickr30k-Order: the true caption first, then its four perturbations as ARO's Python made them. */
function order(name: string, path: string, images: string, sampleCount: number) {
  return defineBenchmark({
    ...shared,
    name,
    policy: firstIndexPolicy,
    sampleCount,
    files: [{ path }],
    images,
    needs:
      `${path}, the test cases of ARO's loader as JSON (it perturbs captions with spaCy, NLTK and NumPy's random numbers: ` +
      `json.dump(dataset.test_cases, file)), and the images in ${images}`,
    licence: "MIT (perturbations); captions and images: of the data set",
    async read(source) {
      const cases = parseJson(await source.text(path), orderSchema, path, origin);
      return {
        items: cases.map(({ image, caption_options: captions }) => ({
          images: [source.image(image)],
          captions,
          correct: 0,
          cluster: image,
        })),
      };
    },
  });
}

/** ARO: relations and attributes of Visual Genome regions, and the order of words of COCO and Flickr30k captions. */
export const aro: readonly BenchmarkDefinition<BenchmarkData<ChoiceItem>>[] = [
  vgRelation,
  vgAttribution,
  order("aro/coco-order", "coco_order.json", "coco", 25_010),
  order("aro/flickr-order", "flickr30k_order.json", "flickr30k", 5000),
];
