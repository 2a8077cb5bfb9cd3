/** What a process is asked to evaluate. */
export interface DetectionSpeedRequest {
  readonly peer: string;
  /** Paths of COCO's files. */
  readonly truth: string;
  readonly detections: string;
}

/** One evaluation by one process. */
export interface DetectionSpeed {
  /** Milliseconds from the files to parsed and indexed records. */
  readonly read: number;
  /** Milliseconds from there to the twelve numbers. */
  readonly evaluate: number;
  /** Largest resident memory of the process so far, in bytes. */
  readonly memory: number;
  /** The first of the twelve numbers, to see that all processes did the same. */
  readonly ap: number;
}
