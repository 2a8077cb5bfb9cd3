import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { Source } from "../benchmark/source.js";
import type { BenchmarkData } from "../families/family.js";
import { type ImageChoiceItem, imageChoice } from "../families/image-choice.js";
import { type MatchingItem, matching } from "../families/matching.js";
import { type Policy, strictPolicy } from "../families/policy.js";
import { parseCsv } from "../formats/parse-csv.js";

const origin = "github.com/google-deepmind/svo_probes";
const path = "svo_probes.csv";
const columns = ["sentence", "pos_image_id", "neg_image_id", "subj_neg", "verb_neg", "obj_neg"] as const;
const shared = {
  version: "1",
  split: "all",
  sampleCount: 36_841,
  folder: "svo-probes",
  files: [{ path, url: "https://raw.githubusercontent.com/google-deepmind/svo_probes/main/svo_probes.csv" }],
  images: "svo-probes/images",
  needs: `${path} of ${origin} and the images of its links as <image id>.jpg; many links are dead`,
  mayLackImages: true,
  citation: "Hendricks & Nematzadeh, Probing Image-Language Transformers for Verb Understanding, ACL Findings 2021",
  licence: "CC BY 4.0 (annotations)",
} as const;

/** Rows in which only the subject, the verb or the object of the negative image differs. */
async function readRows(source: Source) {
  const rows = parseCsv(await source.text(path), columns, path, origin);
  return rows.flatMap((row, index) => {
    const [group, ...others] = (["subj", "verb", "obj"] as const).filter((part) => {
      const text = row[`${part}_neg`].toLowerCase();
      if (text !== "true" && text !== "false") {
        throw new BenchmarkError(`${path}: row ${index + 1}: expected True or False in ${part}_neg, got "${text}"`);
      }
      return text === "true";
    });
    return group !== undefined && others.length === 0 ? [{ row, group }] : [];
  });
}

const meanOfParts: Policy = { name: "mean of subject, verb and object", ties: "positive-must-win", averaging: "macro" };

/** Does the sentence score higher with its image than with the other? The number that papers on dual encoders report. */
const pairwise = defineBenchmark({
  ...shared,
  name: "svo-probes",
  family: imageChoice,
  policy: meanOfParts,
  otherPolicies: [strictPolicy],
  headline: "accuracy",
  async read(source): Promise<BenchmarkData<ImageChoiceItem>> {
    const rows = await readRows(source);
    return {
      items: rows.map(({ row, group }) => ({
        images: [row.pos_image_id, row.neg_image_id].map((id) => source.image(`${id}.jpg`)),
        captions: [row.sentence],
        group,
        cluster: row.sentence,
      })),
    };
  },
});

/** The official question: does this sentence match this image? Of each pair of a sentence and an image once. */
const binary = defineBenchmark({
  ...shared,
  name: "svo-probes/binary",
  family: matching,
  policy: { ...strictPolicy, name: "threshold at the median" },
  headline: "accuracy",
  async read(source): Promise<BenchmarkData<MatchingItem>> {
    const seen = new Map<string, MatchingItem>();
    for (const { row, group } of await readRows(source)) {
      const add = (id: string, matches: boolean) => {
        const key = `${row.sentence.toLowerCase()}|${id}`;
        if (!seen.has(key)) seen.set(key, { image: source.image(`${id}.jpg`), caption: row.sentence, matches, group });
      };
      add(row.pos_image_id, true);
      add(row.neg_image_id, false);
    }
    return { items: [...seen.values()] };
  },
});

/** SVO-Probes, pairwise and binary. */
export const svoProbes: readonly BenchmarkDefinition[] = [pairwise, binary] as readonly BenchmarkDefinition[];
