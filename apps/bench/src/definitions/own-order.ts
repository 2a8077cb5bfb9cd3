import { type BenchmarkDefinition, choice, defineBenchmark, firstIndexPolicy, parseJson } from "@tesserae/benchmarks";
import { aroCaption, aroOrderOptions } from "@tesserae/negatives";
import { seededRng } from "@tesserae/scene-graph/random";
import { z } from "zod";

const fileSchema = z.array(z.object({ image: z.string(), caption: z.array(z.string()).min(1) }));

/**
 * ARO's order test on captions that are perturbed here: the same four rules with our tagger and our random numbers. Another revision
 * than ARO's own perturbations, so it has a name of its own and stands beside no published number.
 */
function ownOrder(set: "coco" | "flickr30k") {
  const path = set === "coco" ? "coco_karpathy_test.json" : "flickr30k_test.json";
  return defineBenchmark({
    name: `own-order/${set}`,
    version: "1",
    family: choice,
    policy: firstIndexPolicy,
    headline: "accuracy",
    split: "Karpathy test",
    sampleCount: null,
    folder: set,
    files: [{ path }],
    images: set,
    needs: `${path} (a list of { image, caption: [texts] }, see \`bench get retrieval/${set}\`) and its images`,
    citation: "Yuksekgonul et al., ICLR 2023 (the rules); perturbed by Tesserae",
    licence: "of the data set",
    async read(source) {
      const entries = parseJson(await source.text(path), fileSchema, path, `the Karpathy test split of ${set}`);
      const items = entries.flatMap(({ image, caption: captions }) =>
        captions.map((caption) => ({
          images: [source.image(image)],
          captions: [aroCaption(caption), ...aroOrderOptions(caption, seededRng("own-order", caption))],
          correct: 0,
          cluster: image,
        })),
      );
      return { items };
    },
  });
}

/** Word order of COCO and Flickr30k captions, perturbed here. */
export const ownOrderBenchmarks = [ownOrder("coco"), ownOrder("flickr30k")] as readonly BenchmarkDefinition[];
