import { z } from "zod";
import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import type { BenchmarkData } from "../families/family.js";
import { strictPolicy } from "../families/policy.js";
import { type RetrievalItem, retrieval } from "../families/retrieval.js";
import { parseJson, parseJsonLines } from "../formats/parse-json.js";

const shared = {
  version: "1",
  family: retrieval,
  policy: strictPolicy,
  headline: "textToImage@1",
} as const;

const karpathySchema = z.array(z.object({ image: z.string(), caption: z.array(z.string()).min(1) }));

/** The Karpathy test split as a list of an image and its captions, the form in which BLIP and ARO hand it on. */
function karpathy(set: "coco" | "flickr30k", count: number, licence: string) {
  const path = set === "coco" ? "coco_karpathy_test.json" : "flickr30k_test.json";
  const url = `https://storage.googleapis.com/sfr-vision-language-research/datasets/${path}`;
  return defineBenchmark({
    ...shared,
    name: `retrieval/${set}`,
    split: "Karpathy test",
    sampleCount: count,
    folder: set,
    files: [{ path, url }],
    images: set,
    needs: `${path} (${url}) and the images that it names in ${set}/`,
    citation: "Karpathy & Fei-Fei, Deep Visual-Semantic Alignments for Generating Image Descriptions, CVPR 2015",
    licence,
    async read(source): Promise<BenchmarkData<RetrievalItem>> {
      const entries = parseJson(await source.text(path), karpathySchema, path, url);
      return { items: entries.map(({ image, caption }) => ({ image: source.image(image), captions: caption })) };
    },
  });
}

const docciUrl = "https://storage.googleapis.com/docci/data/docci_descriptions.jsonlines";
const docciSchema = z.object({ split: z.string(), image_file: z.string(), description: z.string() });

/** DOCCI's test images with their one description each. The protocol of Stone et al. is not printed; this is the plain one. */
const docci = defineBenchmark({
  ...shared,
  name: "retrieval/docci",
  split: "test",
  sampleCount: 5000,
  folder: "docci",
  files: [{ path: "docci_descriptions.jsonlines", url: docciUrl }],
  images: "docci/images",
  needs: `docci_descriptions.jsonlines (${docciUrl}) and docci_images.tar.gz (7.6 GB) unpacked into images/`,
  citation: "Onoe et al., DOCCI: Descriptions of Connected and Contrasting Images, ECCV 2024",
  licence: "CC BY 4.0",
  async read(source): Promise<BenchmarkData<RetrievalItem>> {
    const path = "docci_descriptions.jsonlines";
    const lines = parseJsonLines(await source.text(path), docciSchema, path, docciUrl);
    const test = lines.filter(({ split }) => split === "test");
    return { items: test.map((line) => ({ image: source.image(line.image_file), captions: [line.description] })) };
  },
});

const iiwOrigin = "github.com/google/imageinwords";
const iiwSchema = z.object({ image: z.string(), IIW: z.string() });

/** ImageInWords' descriptions of DOCCI test images. */
const iiw = defineBenchmark({
  ...shared,
  name: "retrieval/iiw",
  split: "DOCCI test",
  sampleCount: null,
  folder: "iiw",
  files: [{ path: "docci_test.jsonl" }],
  images: "docci/images",
  needs: `datasets/DOCCI_Test/data.jsonl of ${iiwOrigin} as docci_test.jsonl, and DOCCI's images`,
  citation: "Garg et al., ImageInWords: Unlocking Hyper-Detailed Image Descriptions, EMNLP 2024",
  licence: "CC BY 4.0",
  async read(source): Promise<BenchmarkData<RetrievalItem>> {
    const path = "docci_test.jsonl";
    const lines = parseJsonLines(await source.text(path), iiwSchema, path, iiwOrigin);
    return { items: lines.map(({ image, IIW }) => ({ image: source.image(`${image}.jpg`), captions: [IIW] })) };
  },
});

/** Retrieval of photos by short captions (COCO, Flickr30k) and by long descriptions (DOCCI, IIW). */
export const retrievalSets: readonly BenchmarkDefinition<BenchmarkData<RetrievalItem>>[] = [
  karpathy("coco", 5000, "CC BY 4.0 (captions); images: COCO, per photo"),
  karpathy("flickr30k", 1000, "Flickr30k's own terms (research only)"),
  docci,
  iiw,
];
