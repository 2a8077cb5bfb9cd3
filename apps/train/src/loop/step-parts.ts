import type { Clip } from "@tesserae/models";
import type { Objective } from "../objective/objective.js";
import type { Optimizer } from "./optimizer.js";

/** The parts that a step changes or reads. */
export interface StepParts {
  readonly clip: Clip;
  readonly objective: Objective;
  readonly optimizer: Optimizer;
  /** Parts that a batch is embedded in, one after the other; 1: all at once, traced once for each shape. */
  readonly accumFreq: number;
}
