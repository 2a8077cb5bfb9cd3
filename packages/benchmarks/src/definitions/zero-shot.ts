import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { Source } from "../benchmark/source.js";
import { type ClassificationData, classification } from "../families/classification.js";
import { firstIndexPolicy } from "../families/policy.js";
import { classFile, readClassImages, readLines } from "../formats/class-images.js";
import { imageSets } from "./image-sets.js";

const templateFile = "zeroshot_classification_templates.txt";

/** Zero-shot classification: class names, templates and WebDataset shards as CLIP_benchmark writes them, or a folder of images a class. */
export const zeroShot: readonly BenchmarkDefinition<ClassificationData>[] = Object.entries(imageSets).map(
  ([set, headline]) =>
    defineBenchmark({
      name: `zero-shot/${set}`,
      version: "1",
      family: classification,
      policy: firstIndexPolicy,
      headline,
      split: "test",
      sampleCount: null,
      folder: `zero-shot/${set}`,
      files: [{ path: classFile }, { path: templateFile }],
      images: `zero-shot/${set}`,
      needs:
        `${classFile} and ${templateFile} (one "a photo of a {c}." a line) as CLIP_benchmark writes them, and the test images as ` +
        "test/<class number>/<name>.jpg (several numbers joined by + where an image has several classes) or as the shards test/*.tar " +
        "that CLIP_benchmark writes (<key>.webp, .png or .jpg with its class number in <key>.cls)",
      citation: "Li et al., ELEVATER, NeurIPS 2022; Radford et al., CLIP, ICML 2021 (templates)",
      licence: "of the data set",
      read: readFolder,
    }),
);

async function readFolder(source: Source): Promise<ClassificationData> {
  const names = await readLines(source, classFile);
  const templates = await readLines(source, templateFile);
  return {
    classes: names.map((name) => ({ name, prompts: templates.map((template) => template.replaceAll("{c}", name)) })),
    items: await readClassImages(source, "test", names.length),
  };
}
