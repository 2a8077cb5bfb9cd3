import type { RegionDataOptions } from "../regions/open-region-data.js";

/** Options of the step that trains on regions. */
export interface TrainRegionsOptions {
  /** Differs between the steps of a recipe. */
  readonly name: string;
  /** `image`: whole images with whole texts, the one-to-one model. `assigned`: the pairs that `assignRegions` wrote. */
  readonly pairs: "image" | "assigned";
  readonly data: RegionDataOptions;
  readonly multiPositive: boolean;
}
