import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { loadClip, saveClip } from "@tesserae/models";
import { writeFileAtomic } from "@tesserae/shared";
import { openData } from "../data/open-data.js";
import { generalAbility } from "../loop/general-ability.js";
import { TrainError } from "../train-error.js";
import { type AverageOptions, averageModels, averageOptions, describeShares } from "./average-models.js";
import type { Step, StepContext, StepResult } from "./step.js";

/** Options of {@link wiseFt}. */
export interface WiseFtOptions extends AverageOptions {
  /** Data whose held-out images a sweep measures general ability on. Default: the run's own. */
  readonly data?: string;
}

/**
 * Averages the weights before and after fine-tuning (WiSE-FT, Wortsman et al. 2022; MosaiCLIP, section 4): (1 - alpha) before +
 * alpha after. With `sweep` the largest alpha is taken that costs no more held-out retrieval than `maxDrop`.
 */
export function wiseFt({ data, ...average }: WiseFtOptions = {}): Step {
  const options = averageOptions(average);
  return {
    name: "wise-ft",
    version: "2",
    options: { ...options, ...(data === undefined ? {} : { data }) },
    plan: async ({ flags }) => ({ lines: [describeAverage(options, data ?? flags.data)], missing: [] }),
    run: (context) => averageWithStart(context, options, data),
  };
}

/** What is averaged, how much of it, and what it may cost. */
function describeAverage({ tower, alpha, sweep, maxDrop }: Required<AverageOptions>, data: string): string {
  const what = `wise-ft: the weights of ${whichTower(tower)} before and after fine-tuning`;
  if (sweep.length === 0) return `${what}, alpha ${alpha} of those after`;
  return `${what}, the largest alpha of ${sweep.join(", ")} that costs at most ${100 * maxDrop} points of held-out R@1 on ${data}`;
}

const whichTower = (tower: Required<AverageOptions>["tower"]) =>
  tower === "both" ? "both towers" : `the ${tower} tower`;

async function averageWithStart(
  { artefacts, run, folder, flags, progress }: StepContext,
  options: Required<AverageOptions>,
  data: string | undefined,
): Promise<StepResult> {
  if (artefacts.model === undefined || artefacts.start === undefined) {
    throw new TrainError(
      "wiseFt: there is no model from before fine-tuning to average with; train from a pre-trained one (--set pretrained=<run or model>)",
    );
  }
  // What an earlier step made is named within the run; the model that the run started from by its folder or hub name.
  const inRun = (path: string) => (existsSync(join(run, path)) ? join(run, path) : path);
  const before = await loadClip(inRun(artefacts.start));
  const after = await loadClip(inRun(artefacts.model));
  try {
    const { validation } = await openData(data === undefined ? flags : { ...flags, data });
    const averaged = await averageModels(before, after, options, generalAbility(validation));
    for (const line of describeShares(averaged, options.maxDrop)) progress.note(`wise-ft ${line}`);
    progress.note(`wise-ft: ${whichTower(options.tower)} averaged, alpha ${averaged.alpha}`);
    const model = join(folder, "model");
    await rm(model, { recursive: true, force: true });
    const { phraseTokenizer } = after;
    await saveClip(averaged.clip, after.tokenizer, model, phraseTokenizer ? { phraseTokenizer } : {});
    averaged.clip.dispose();
    const record = { alpha: averaged.alpha, measured: averaged.measured };
    await writeFileAtomic(join(folder, "alphas.json"), `${JSON.stringify(record, null, 2)}\n`);
    return { artefacts: { model: relative(run, model) }, record };
  } finally {
    before.clip.dispose();
    after.clip.dispose();
  }
}
