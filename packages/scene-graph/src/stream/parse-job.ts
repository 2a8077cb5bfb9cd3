/** What a worker is sent: a batch of captions. */
export interface ParseJob {
  readonly captions: readonly string[];
}

/** What it answers: their graphs as one text, by `encodeGraphs`. */
export interface ParseAnswer {
  readonly graphs: string;
}
