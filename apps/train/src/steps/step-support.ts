import { join } from "node:path";
import type { TrainStepsOptions } from "../regions/train-steps.js";
import { openCheckpoints } from "../run/checkpoints.js";
import type { StepContext } from "./step.js";

/** What every training of a step needs of the run: checkpoints in its folder, metrics, progress, the signal to stop. */
export async function stepSupport(
  { folder, flags, progress, signal, metric, rewindMetrics, name: run }: StepContext,
  part: string,
  { steps, batchSize }: { readonly steps: number; readonly batchSize: number },
): Promise<Pick<TrainStepsOptions, "checkpoints" | "saveFrequency" | "signal" | "onStart" | "onLoss">> {
  const started = performance.now();
  let from = 0;
  return {
    checkpoints: await openCheckpoints(join(folder, "checkpoints"), 1),
    saveFrequency: flags.saveFrequency,
    signal,
    onStart: async (step) => {
      from = step;
      await rewindMetrics(step);
    },
    onLoss: async (step, loss) => {
      await metric({ step, part, loss });
      const perSecond = (1000 * (step - from)) / (performance.now() - started);
      const secondsLeft = (steps - step) / perSecond;
      progress.step({ run: `${run} ${part}`, step, steps, loss, samplesPerSecond: perSecond * batchSize, secondsLeft });
    },
  };
}
