/** A part of training. */
export interface CurriculumStage {
  /** The stage ends before this share of training; the last one's is 1. */
  readonly until: number;
  /** Positive sub-graphs of an image. */
  readonly positives: number;
  /** Negatives of an image. */
  readonly negatives: number;
}

/**
 * MosaiCLIP's curriculum (section 3.6): how many positives and negatives an image has depends on how far training is. It grows the number of
 * texts and is not "easy negatives first". The split of the stages is not published: two halves are a reconstruction.
 */
export const mosaiclipStages: readonly CurriculumStage[] = [
  { until: 0.5, positives: 1, negatives: 1 },
  { until: 1, positives: 3, negatives: 6 },
];

/**
 * The stage at a progress in [0, 1): `curriculum(mosaiclipStages)(0.7).positives` is 3. At progress 1 and beyond, the last stage.
 *
 * @throws RangeError where there are no stages, or their ends do not rise to 1
 */
export function curriculum<S extends Pick<CurriculumStage, "until">>(stages: readonly S[]): (progress: number) => S {
  const last = stages.at(-1);
  const ends = stages.map(({ until }) => until);
  if (last === undefined || last.until !== 1 || ends.some((until, i) => until <= (ends[i - 1] ?? 0))) {
    throw new RangeError(`curriculum stages end at [${ends.join(", ")}]; "until" must rise from above 0 to 1`);
  }
  return (progress) => stages.find(({ until }) => progress < until) ?? last;
}
