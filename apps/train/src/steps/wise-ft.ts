import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { clipFromWeights, inTower, interpolate, loadClip, readWeights, saveClip } from "@tesserae/models";
import { writeFileAtomic } from "@tesserae/shared";
import { createImageStore } from "../data/image-store.js";
import { openData } from "../data/open-data.js";
import { validateRetrieval } from "../loop/validate-retrieval.js";
import { TrainError } from "../train-error.js";
import type { Step, StepContext, StepResult } from "./step.js";

/** Options of {@link wiseFt}. */
export interface WiseFtOptions {
  /** Which weights are averaged; the others are those after fine-tuning. MosaiCLIP averages the image tower. Default "image". */
  readonly tower?: "image" | "text" | "both";
  /** Share of the fine-tuned weights. Default 0.5 [RECON]: MosaiCLIP does not print it, WiSE-FT recommends it. */
  readonly alpha?: number;
  /** Shares that held-out retrieval is measured at; the largest that keeps enough of it is taken. Default: only `alpha`. */
  readonly sweep?: readonly number[];
  /** By how much held-out retrieval (mean R@1) may lie below that of the model before fine-tuning, as a share in [0, 1]. Default 0. */
  readonly maxDrop?: number;
}

/** The mean of both directions' R@1 stands for the general ability that fine-tuning may cost. */
const abilityMetrics = ["imageToText@1", "textToImage@1"];

/**
 * Averages the weights before and after fine-tuning (WiSE-FT, Wortsman et al. 2022; MosaiCLIP, section 4): (1 - alpha) before +
 * alpha after. With `sweep` the largest alpha is taken that costs no more held-out retrieval than `maxDrop`.
 */
export function wiseFt({ tower = "image", alpha = 0.5, sweep = [], maxDrop = 0 }: WiseFtOptions = {}): Step {
  for (const share of [alpha, ...sweep]) {
    if (!(share >= 0 && share <= 1)) throw new TrainError(`wiseFt: alpha is ${share}; give a share in [0, 1]`);
  }
  const options = { tower, alpha, sweep: [...sweep], maxDrop };
  return { name: "wise-ft", version: "1", options, run: (context) => average(context, options) };
}

async function average(
  context: StepContext,
  { tower, alpha, sweep, maxDrop }: Required<WiseFtOptions>,
): Promise<StepResult> {
  const { artefacts, run, folder, flags, progress } = context;
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
    const [weightsBefore, weightsAfter] = [await readWeights(before.clip), await readWeights(after.clip)];
    const shared = new Map([...weightsAfter].filter(([name]) => weightsBefore.has(name)));
    const added = [...weightsAfter].filter(([name]) => !weightsBefore.has(name));
    const select = tower === "both" ? () => true : inTower(tower);
    const { image, text } = after.clip.towers;
    const averaged = (share: number) =>
      clipFromWeights(
        { ...after.clip.config, vision: image, text },
        new Map([...interpolate(weightsBefore, shared, share, { select }), ...added]),
      );
    let chosen = alpha;
    let measured: readonly { readonly alpha: number; readonly ability: number }[] = [];
    if (sweep.length > 0) {
      const { validation } = await openData(flags);
      const images = createImageStore(validation, after.clip.config.vision.imageSize);
      const measure = async (share: number) => {
        const clip = averaged(share);
        const metrics = await validateRetrieval({ ...after, clip }, validation, images);
        clip.dispose();
        return {
          alpha: share,
          ability: abilityMetrics.reduce((sum, name) => sum + metrics[name]!.value, 0) / abilityMetrics.length,
        };
      };
      const base = await measure(0);
      const rest = [];
      for (const share of sweep) rest.push(await measure(share));
      measured = [base, ...rest];
      const kept = measured.filter(({ ability }) => ability >= base.ability - maxDrop);
      chosen = Math.max(...kept.map((point) => point.alpha));
      for (const { alpha: share, ability } of measured)
        progress.note(`wise-ft alpha ${share}: held-out R@1 ${(100 * ability).toFixed(1)} %`);
    }
    progress.note(`wise-ft: ${tower === "both" ? "both towers" : `the ${tower} tower`} averaged, alpha ${chosen}`);
    const model = join(folder, "model");
    await rm(model, { recursive: true, force: true });
    const result = averaged(chosen);
    const { phraseTokenizer } = after;
    await saveClip(result, after.tokenizer, model, phraseTokenizer ? { phraseTokenizer } : {});
    result.dispose();
    await writeFileAtomic(join(folder, "alphas.json"), `${JSON.stringify({ chosen, measured }, null, 2)}\n`);
    return { artefacts: { model: relative(run, model) }, record: { alpha: chosen, measured } };
  } finally {
    before.clip.dispose();
    after.clip.dispose();
  }
}
