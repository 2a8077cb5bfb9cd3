import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { Source } from "../benchmark/source.js";
import { linearProbe as family, type LinearProbeData } from "../families/linear-probe.js";
import { firstIndexPolicy } from "../families/policy.js";
import { classFile, readClassImages, readLines } from "../formats/class-images.js";
import { imageSets } from "./image-sets.js";

/** Sets without training images of their own classes, and the one whose images show several. */
const without = ["imagenet-a", "imagenet-r", "imagenet-sketch", "imagenet-v2", "voc2007"];

/** Linear probes on the image sets of zero-shot classification, from the same folders; these need training images too. */
export const linearProbe: readonly BenchmarkDefinition<LinearProbeData>[] = Object.entries(imageSets)
  .filter(([set]) => !without.includes(set))
  .map(([set, headline]) =>
    defineBenchmark({
      name: `linear-probe/${set}`,
      version: "1",
      family,
      policy: firstIndexPolicy,
      headline,
      split: "test",
      sampleCount: null,
      folder: `zero-shot/${set}`,
      files: [{ path: classFile }],
      images: `zero-shot/${set}`,
      needs:
        `${classFile}, and images below train/ and test/ (and valid/, where the set has such a split): <class number>/<name>.jpg or the ` +
        "shards that CLIP_benchmark writes",
      citation: "Radford et al., CLIP, ICML 2021 (appendix A.3)",
      licence: "of the data set",
      read: readFolder,
    }),
  );

async function readFolder(source: Source): Promise<LinearProbeData> {
  const names = await readLines(source, classFile);
  const read = (folder: string) => readClassImages(source, folder, names.length);
  const hasValidation = (await source.files("valid")).length > 0;
  return {
    classes: names.map((name) => ({ name })),
    training: await read("train"),
    ...(hasValidation && { validation: await read("valid") }),
    items: await read("test"),
  };
}
