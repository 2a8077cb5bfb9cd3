import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { Source } from "../benchmark/source.js";
import { type ClassificationData, classification } from "../families/classification.js";
import { firstIndexPolicy } from "../families/policy.js";

/** The 20 sets of ELEVATER's image classification in the wild with their metrics, and ImageNet with its shifts. */
const sets: Readonly<Record<string, "top1" | "meanPerClass" | "rocAuc" | "map11">> = {
  caltech101: "meanPerClass",
  cifar10: "top1",
  cifar100: "top1",
  country211: "top1",
  dtd: "top1",
  eurosat: "top1",
  fer2013: "top1",
  "fgvc-aircraft": "meanPerClass",
  food101: "top1",
  gtsrb: "top1",
  "hateful-memes": "rocAuc",
  "kitti-distance": "top1",
  mnist: "top1",
  flowers102: "meanPerClass",
  "oxford-pets": "meanPerClass",
  pcam: "top1",
  "rendered-sst2": "top1",
  resisc45: "top1",
  "stanford-cars": "top1",
  voc2007: "map11",
  imagenet: "top1",
  "imagenet-a": "top1",
  "imagenet-r": "top1",
  "imagenet-sketch": "top1",
  "imagenet-v2": "top1",
};

/** ELEVATER's 20 sets, in its order. */
export const elevaterSets: readonly string[] = Object.keys(sets).slice(0, 20);

const classFile = "classnames.txt";
const templateFile = "zeroshot_classification_templates.txt";

/** Zero-shot classification: class names, templates and WebDataset shards as CLIP_benchmark writes them, or a folder of images a class. */
export const zeroShot: readonly BenchmarkDefinition<ClassificationData>[] = Object.entries(sets).map(
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
  const lines = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const names = lines(await source.text(classFile));
  const templates = lines(await source.text(templateFile));
  const files = await source.files("test");
  const paths = files.filter((path) => /\.(jpe?g|png|webp)$/i.test(path));
  if (paths.length === 0) {
    throw new BenchmarkError(
      "test/: no image below it; expected test/<class number>/<name>.jpg, or test/0.tar and so on",
    );
  }
  const labels = await labelsOf(paths, new Set(files), source);
  return {
    classes: names.map((name) => ({ name, prompts: templates.map((template) => template.replaceAll("{c}", name)) })),
    items: paths.map((path, index) => {
      const own = labels[index]!;
      if (own.some((label) => names[label] === undefined)) {
        const where = path.includes("#") ? "its .cls" : "its folder";
        throw new BenchmarkError(`${path}: ${where} is no class number below ${names.length} (${classFile})`);
      }
      return { image: source.image(path), labels: own };
    }),
  };
}

/** Class numbers of each image: from its folder's name, or from the .cls of its key in a shard. */
async function labelsOf(
  paths: readonly string[],
  files: ReadonlySet<string>,
  source: Source,
): Promise<readonly (readonly number[])[]> {
  const labels: number[][] = [];
  for (const path of paths) {
    if (!path.includes("#")) {
      labels.push(path.split("/").at(-2)!.split("+").map(Number));
      continue;
    }
    const classPath = `${/^[^#]*#(?:.*\/)?[^./]+/.exec(path)![0]}.cls`;
    if (!files.has(classPath))
      throw new BenchmarkError(`${path}: no ${classPath} beside it; expected its class number`);
    const text = (await source.text(classPath)).trim();
    labels.push([/^\d+$/.test(text) ? Number(text) : -1]);
  }
  return labels;
}
