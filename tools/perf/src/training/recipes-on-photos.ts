import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTokenizer } from "@tesserae/models";
import type { Output } from "@tesserae/shared";
import { timing } from "../interleaved.js";
import type { PerfOptions, PerfReport } from "../perf-case.js";
import { batch, type PhotoStepRecord, photoFlags, runOnPhotos, saveRandomClip, uncounted } from "./run-on-photos.js";
import { readPhotos, tilePhotos } from "./tile-photos.js";

/** The recipes, each as its paper trains, with all of its texts from the first step on. */
const recipes: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  clip: {},
  negclip: {},
  "structure-clip": {},
  mosaiclip: { curriculum: 0, wiseFt: 0 },
  "semantic-guidance": {},
};

/** Photos that no step repeats are decoded; those held out for validation besides. */
const heldOut = 32;
const mostTaken = 0.95;

/**
 * Every recipe on photos with ViT-B/32 of random weights: how much of a step is spent waiting for its batch, and what images and texts take
 * of one, wherever they are made.
 *
 * @param data a folder with `annotations.jsonl` and `images/`
 */
export async function recipesOnPhotos(data: string, options: PerfOptions, output: Output): Promise<PerfReport> {
  const counted = 10 * options.rounds;
  const steps = uncounted + counted;
  const count = Math.ceil((steps * batch) / mostTaken) + heldOut;
  const folder = await mkdtemp(join(tmpdir(), "tesserae-perf-recipes-"));
  try {
    await tilePhotos(data, join(folder, "photos"), count);
    const corpus = (await readPhotos(data)).flatMap(({ captions }) => captions);
    await saveRandomClip(join(folder, "random"), createTokenizer({ corpus, vocabSize: 4096, contextLength: 77 }));
    const rows: string[][] = [];
    for (const [recipe, own] of Object.entries(recipes)) {
      const flags = { ...photoFlags(folder, steps), validationFraction: heldOut / count, ...own };
      const hard = recipe === "semantic-guidance" ? { hardNegativeSteps: steps } : {};
      const { records, memory } = await runOnPhotos(recipe, folder, options, { ...flags, ...hard });
      for (const part of new Set(records.map((record) => record.part))) {
        const ofPart = records.filter((record) => record.part === part);
        const row = sharesRow(part === "train" ? recipe : `${recipe}: ${part}`, ofPart.slice(uncounted - 1));
        rows.push([...row, (memory / 2 ** 20).toFixed(0)]);
        output.print(row.join("  "));
      }
    }
    return {
      header: ["recipe", "ms/step", "data wait", "texts", "images", "memory MB"],
      rows,
      notes: [
        `ViT-B/32 of random weights, batch ${batch}, ${options.threads} threads, ${count} photos; medians and shares of ${counted} steps after ${uncounted}`,
        "data wait: share of the time that a step waits for its batch and writes its metrics; texts (parsing, mining, tokenising) and images (decoding, cropping, resizing): seconds that the batches took, in share of the steps'",
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Median step and shares of a recipe from its records, the first of which only says when the second step began. */
export function sharesRow(recipe: string, records: readonly PhotoStepRecord[]): string[] {
  const counted = records.slice(1);
  const { median } = timing(counted.map(({ seconds }, i) => 1000 * (seconds - records[i]!.seconds)));
  const whole = records.at(-1)!.seconds - records[0]!.seconds;
  const sum = (part: "engineSeconds" | "textSeconds" | "imageSeconds") =>
    counted.reduce((total, record) => total + record[part], 0);
  const share = (seconds: number) => `${((100 * seconds) / whole).toFixed(1)} %`;
  return [
    recipe,
    median.toFixed(0),
    share(Math.max(0, whole - sum("engineSeconds"))),
    share(sum("textSeconds")),
    share(sum("imageSeconds")),
  ];
}
