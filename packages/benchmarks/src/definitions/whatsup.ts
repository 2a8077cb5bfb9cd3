import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { Source } from "../benchmark/source.js";
import { type ChoiceItem, choice } from "../families/choice.js";
import type { BenchmarkData } from "../families/family.js";
import { firstIndexPolicy, strictPolicy } from "../families/policy.js";
import { parseJson } from "../formats/parse-json.js";

const origin = "github.com/amitakamath/whatsup_vlms";
const controlledSchema = z.array(z.object({ image_path: z.string(), caption_options: z.array(z.string()).min(2) }));
const questionSchema = z.array(z.tuple([z.union([z.string(), z.number()]), z.string(), z.string()]));

/** The right caption stands first. */
type Read = (source: Source, path: string) => Promise<readonly ChoiceItem[]>;

/** Photos of two things in four positions; the position of the image's name is the group. */
const controlled: Read = async (source, path) => {
  const entries = parseJson(await source.text(path), controlledSchema, path, origin);
  return entries.map(({ image_path: image, caption_options: captions }) => ({
    images: [source.image(image.replace(/^data\//, ""))],
    captions,
    correct: 0,
    group: /left_of|right_of|in-front_of|behind|_on_|under/.exec(image)?.[0].replaceAll("_", " ").trim() ?? "other",
  }));
};

/** A photo of COCO or Visual Genome by id, a true and a false caption; the caption's last position word is the group. */
const question =
  (imageOf: (id: string) => string): Read =>
  async (source, path) => {
    const entries = parseJson(await source.text(path), questionSchema, path, origin);
    return entries.map(([id, caption, foil]) => ({
      images: [source.image(imageOf(String(id)))],
      captions: [caption, foil],
      correct: 0,
      group: /left|right|above|below|front|behind|top|bottom/.exec(caption)?.[0] ?? "other",
    }));
  };
const cocoPhoto = (id: string) => `val2017/${id.padStart(12, "0")}.jpg`;
const vgPhoto = (id: string) => `vg_images/${id}.jpg`;

const sets: readonly { name: string; path: string; sampleCount: number; read: Read }[] = [
  { name: "controlled-a", path: "controlled_images_dataset.json", sampleCount: 412, read: controlled },
  { name: "controlled-b", path: "controlled_clevr_dataset.json", sampleCount: 408, read: controlled },
  { name: "coco-one", path: "coco_qa_one_obj.json", sampleCount: 2247, read: question(cocoPhoto) },
  { name: "coco-two", path: "coco_qa_two_obj.json", sampleCount: 440, read: question(cocoPhoto) },
  { name: "vg-one", path: "vg_qa_one_obj.json", sampleCount: 1160, read: question(vgPhoto) },
  { name: "vg-two", path: "vg_qa_two_obj.json", sampleCount: 291, read: question(vgPhoto) },
];

/** What'sUp: accuracy by position. The reference's argmax takes the first of equal scores, which is the right one. */
export const whatsup: readonly BenchmarkDefinition<BenchmarkData<ChoiceItem>>[] = sets.map(
  ({ name, path, sampleCount, read }) =>
    defineBenchmark({
      name: `whatsup/${name}`,
      version: "1",
      family: choice,
      policy: firstIndexPolicy,
      otherPolicies: [strictPolicy],
      headline: "accuracy",
      split: "all",
      sampleCount,
      folder: "whatsup",
      files: [{ path }],
      images: "whatsup",
      needs: `${path} and its images, both linked in dataset_zoo/aro_datasets.py of ${origin}`,
      citation: 'Kamath et al., What\'s "up" with vision-language models?, EMNLP 2023',
      licence: "MIT (annotations)",
      read: async (source) => ({ items: await read(source, path) }),
    }),
);
