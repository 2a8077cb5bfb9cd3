import { type BenchmarkDefinition, defineBenchmark } from "../benchmark/benchmark-definition.js";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { Box } from "../benchmark/image-ref.js";
import type { Source } from "../benchmark/source.js";
import { type ChoiceItem, choice } from "../families/choice.js";
import type { BenchmarkData } from "../families/family.js";
import { firstIndexPolicy, strictPolicy } from "../families/policy.js";
import { parseCsv } from "../formats/parse-csv.js";
import { parsePythonTexts } from "../formats/parse-python-texts.js";

const origin = "CREPE (github.com/RAIVNLab/CREPE)";

/** The true caption first, then its negatives; R@1 of its rank is the accuracy. Scores are cosines, as in the corrected code. */
function define(name: string, path: string, column: string, split: string) {
  return defineBenchmark({
    name: `crepe/${name}`,
    version: "1",
    family: choice,
    policy: firstIndexPolicy,
    otherPolicies: [strictPolicy],
    headline: "accuracy",
    split,
    sampleCount: null,
    folder: "crepe",
    files: [{ path }],
    images: "crepe/images",
    needs: `${path} of ${origin} and the Visual Genome images by id (<image_id>.jpg)`,
    citation: "Ma et al., CREPE: Can Vision-Language Foundation Models Reason Compositionally?, CVPR 2023",
    licence: "MIT (annotations); images: Visual Genome, CC BY 4.0",
    read: (source) => readItems(source, path, column),
  });
}

async function readItems(source: Source, path: string, column: string): Promise<BenchmarkData<ChoiceItem>> {
  const columns = ["image_id", "caption", "x", "y", "width", "height", column];
  const rows = parseCsv(await source.text(path), columns, path, origin);
  const items = rows.flatMap((row, index) => {
    const negatives = parsePythonTexts(row[column]!, `${path}: row ${index + 1}, ${column}`);
    const box = readBox([row.x, row.y, row.width, row.height], `${path}: row ${index + 1}`);
    const image = { ...source.image(`${row.image_id}.jpg`), box };
    return negatives.length === 0 ? [] : [{ images: [image], captions: [row.caption!, ...negatives], correct: 0 }];
  });
  return { items };
}

/** @throws BenchmarkError where a side is no number, or the box is empty */
function readBox(texts: readonly (string | undefined)[], place: string): Box {
  const [x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN] = texts.map((text) =>
    text ? Number(text) : Number.NaN,
  );
  if ([x, y, width, height].every(Number.isFinite) && width > 0 && height > 0) return [x, y, width, height];
  throw new BenchmarkError(`${place}: expected a box as x, y, width, height in pixels, got ${texts.join(", ")}`);
}

const systematicity = ["cc12m", "yfcc", "laion"].flatMap((data) =>
  ["seen", "unseen"].flatMap((split) =>
    ["atom", "comp", "combined"].map((kind) =>
      define(
        `systematicity-${kind}-${split}-${data}`,
        `syst_hard_negatives/syst_vg_hard_negs_${split}_compounds_in_${data}.csv`,
        `valid_hard_negs_${kind}`,
        `${split} compounds of ${data}`,
      ),
    ),
  ),
);

/** Atoms of a caption, from 4 to 12. */
const complexities = Array.from({ length: 9 }, (_, index) => index + 4);

const productivity = ["atom", "swap", "negate"].flatMap((kind) =>
  complexities.map((n) =>
    define(
      `productivity-${kind}-${n}`,
      `prod_hard_negatives/${kind}/prod_vg_hard_negs_${kind}_complexity_${n}.csv`,
      "hard_negs",
      `${n} atoms`,
    ),
  ),
);

/** CREPE: systematicity by training data, and productivity by the number of atoms of a caption. */
export const crepe: readonly BenchmarkDefinition<BenchmarkData<ChoiceItem>>[] = [...systematicity, ...productivity];
