import { loadClip, saveClip } from "@tesserae/models";
import { createProgress, type ProgressKind } from "@tesserae/shared";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { openData } from "../data/open-data.js";
import { generalAbility } from "../loop/general-ability.js";
import { modelFolder } from "../loop/start-model.js";
import { commonFlagsSchema } from "../recipe/common-flags.js";
import { averageModels, averageOptions, describeShares } from "../steps/average-models.js";
import { TrainError } from "../train-error.js";

/** Options of `train interpolate`. */
export interface InterpolateOptions {
  readonly out: string;
  readonly alpha?: number;
  readonly tower?: "image" | "text" | "both";
  readonly sweep?: readonly number[];
  readonly maxDrop?: number;
  readonly data?: string;
  readonly images?: string;
  readonly backend?: string;
  readonly threads?: number;
  readonly progress: ProgressKind;
}

/**
 * Averages two models, the one before fine-tuning and the one after it, and writes the mean. With a sweep, the largest share of the
 * second that keeps enough retrieval on the held-out images of `data`.
 *
 * @param before run, folder or hub name of a model; `after` likewise
 * @throws TrainError where a sweep has no data, a share is none, or the models differ
 */
export async function interpolateModels(before: string, after: string, options: InterpolateOptions): Promise<void> {
  const { out, data, images, sweep = [], progress: kind } = options;
  const { tell } = { tell: createProgress(kind).note };
  const average = averageOptions(options);
  if (sweep.length > 0 && data === undefined) {
    throw new TrainError("--sweep measures what each share keeps; say on which data, as in --data ./photos");
  }
  await selectBackend(options);
  const validation =
    data === undefined
      ? undefined
      : (await openData(commonFlagsSchema.parse({ steps: 1, data, ...(images === undefined ? {} : { images }) })))
          .validation;
  const [first, second] = [await loadClip(await modelFolder(before)), await loadClip(await modelFolder(after))];
  const averaged = await averageModels(first, second, average, validation ? generalAbility(validation) : async () => 0);
  for (const line of describeShares(averaged, average.maxDrop)) tell(line);
  const { phraseTokenizer } = second;
  await saveClip(averaged.clip, second.tokenizer, out, phraseTokenizer ? { phraseTokenizer } : {});
  const what = average.tower === "both" ? "both towers" : `the ${average.tower} tower`;
  tell(
    `wrote ${out}: ${what} ${averaged.alpha} of ${after} and ${Number((1 - averaged.alpha).toFixed(6))} of ${before}`,
  );
}
