import { clipFromWeights, inTower, interpolate, type LoadedClip, readWeights } from "@tesserae/models";
import { TrainError } from "../train-error.js";

/** How the weights before and after fine-tuning are averaged. */
export interface AverageOptions {
  /** Which weights are averaged; the others are those after fine-tuning. MosaiCLIP averages the image tower. Default "image". */
  readonly tower?: "image" | "text" | "both";
  /** Share of the fine-tuned weights. Default 0.5 [RECON]: MosaiCLIP does not print it, WiSE-FT recommends it. */
  readonly alpha?: number;
  /** Shares that general ability is measured at; the largest that keeps enough of it is taken. Default: only `alpha`, unmeasured. */
  readonly sweep?: readonly number[];
  /** By how much general ability may lie below that of the model before fine-tuning, as a share in [0, 1]. Default 0. */
  readonly maxDrop?: number;
}

/** General ability at one share of the fine-tuned weights. */
export interface MeasuredShare {
  readonly alpha: number;
  /** What was measured, in [0, 1]. */
  readonly ability: number;
  /** By how much that lies below the model before fine-tuning; negative where it is above. */
  readonly drop: number;
  /** Whether the drop is allowed. */
  readonly kept: boolean;
}

/** The averaged model, and what it was chosen by. The caller frees `clip`. */
export interface Averaged {
  readonly clip: LoadedClip["clip"];
  readonly alpha: number;
  readonly measured: readonly MeasuredShare[];
}

/** The options with their defaults. @throws TrainError for a share outside [0, 1] */
export function averageOptions({
  tower = "image",
  alpha = 0.5,
  sweep = [],
  maxDrop = 0,
}: AverageOptions): Required<AverageOptions> {
  for (const share of [alpha, ...sweep]) {
    if (!(share >= 0 && share <= 1))
      throw new TrainError(`alpha is ${share}; give a share of the fine-tuned weights in [0, 1]`);
  }
  if (!(maxDrop >= 0 && maxDrop <= 1)) throw new TrainError(`maxDrop is ${maxDrop}; give a share in [0, 1]`);
  return { tower, alpha, sweep: [...sweep], maxDrop };
}

/**
 * The model between two: (1 - alpha) before + alpha after (WiSE-FT, Wortsman et al. 2022; MosaiCLIP, section 4). With `sweep` the
 * largest alpha is taken that costs no more general ability than `maxDrop`; 0, the model before, is always one of them.
 *
 * @param measure general ability of a model, in [0, 1]; asked only where there is a sweep
 * @throws TrainError where the two are not models of one architecture
 */
export async function averageModels(
  before: LoadedClip,
  after: LoadedClip,
  options: Required<AverageOptions>,
  measure: (model: LoadedClip) => Promise<number>,
): Promise<Averaged> {
  const { tower, alpha, sweep, maxDrop } = options;
  const [weightsBefore, weightsAfter] = [await readWeights(before.clip), await readWeights(after.clip)];
  checkSameModel(weightsBefore, weightsAfter, tower);
  const shared = new Map([...weightsAfter].filter(([name]) => weightsBefore.has(name)));
  const added = [...weightsAfter].filter(([name]) => !weightsBefore.has(name));
  const select = tower === "both" ? () => true : inTower(tower);
  const { image, text } = after.clip.towers;
  const own = new Map([...weightsBefore].filter(([name]) => shared.has(name)));
  const averaged = (share: number) =>
    clipFromWeights(
      { ...after.clip.config, vision: image, text },
      new Map([...interpolate(own, shared, share, { select }), ...added]),
    );
  if (sweep.length === 0) return { clip: averaged(alpha), alpha, measured: [] };
  const found: { readonly alpha: number; readonly ability: number }[] = [];
  for (const share of [...new Set([0, ...sweep])].sort((a, b) => a - b)) {
    const clip = averaged(share);
    found.push({ alpha: share, ability: await measure({ ...after, clip }) });
    clip.dispose();
  }
  const measured = found.map(({ alpha: share, ability }): MeasuredShare => {
    const drop = found[0]!.ability - ability;
    return { alpha: share, ability, drop, kept: drop <= maxDrop + 1e-9 };
  });
  const chosen = Math.max(...measured.filter(({ kept }) => kept).map((point) => point.alpha));
  return { clip: averaged(chosen), alpha: chosen, measured };
}

type Stored = Awaited<ReturnType<typeof readWeights>>;

function checkSameModel(before: Stored, after: Stored, tower: string): void {
  const other = [...after].find(([name, { shape }]) => {
    const known = before.get(name);
    return known !== undefined && known.shape.join() !== shape.join();
  });
  const common = [...after.keys()].filter(
    (name) => before.has(name) && (tower === "both" || inTower(tower as "image")(name)),
  );
  if (other !== undefined) {
    const [name, { shape }] = other;
    throw new TrainError(
      `the two models differ: ${name} is [${before.get(name)!.shape}] before and [${shape}] after; average a model with the one that it was fine-tuned from`,
    );
  }
  if (common.length === 0)
    throw new TrainError(`the two models have no weight of "${tower}" in common; they are of different kinds`);
}

/** One line for each share measured: what it keeps, what it costs, whether that is allowed. */
export function describeShares({ alpha, measured }: Averaged, maxDrop: number): string[] {
  return measured.map(({ alpha: share, ability, drop, kept }) => {
    const change = drop > 0 ? `${(100 * drop).toFixed(1)} points lower` : `${(-100 * drop).toFixed(1)} points higher`;
    const verdict = kept ? (share === alpha ? "taken" : "allowed") : `refused: more than ${(100 * maxDrop).toFixed(1)}`;
    return `alpha ${share}: held-out R@1 ${(100 * ability).toFixed(1)} %, ${change} than before fine-tuning; ${verdict}`;
  });
}
