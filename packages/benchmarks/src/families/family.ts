import type { ImageRef } from "../benchmark/image-ref.js";
import type { Similarity } from "../benchmark/similarity.js";
import type { Metric } from "../results/result-schema.js";
import type { Policy } from "./policy.js";

/** What a benchmark's files hold, once read. A family may ask for more beside the items, such as the names of classes. */
export interface BenchmarkData<Item = unknown> {
  readonly items: readonly Item[];
  /** Ways of counting that follow from the files, the reference's own first. They come before the definition's. */
  readonly policies?: readonly Policy[];
  /** Why a number from these files isn't the reference's: such a result enters no table. */
  readonly unlikeReference?: string;
  /** What identifies the items, where that is not the checksum of the files that were read. */
  readonly revision?: string;
}

/** A metric as the mean of values, one an item (a query, a caption). */
export interface ItemMetric {
  readonly values: readonly number[];
  /** Expected value of blind guessing for each item, from the item and the tie rule. */
  readonly chance: readonly number[];
  /** What each value is counted under, such as a relation's name. */
  readonly groups?: readonly string[];
  /** Values of one cluster are not independent, such as the captions of one image. */
  readonly clusters?: readonly (string | number)[];
}

/** What a policy makes of predictions. */
export interface Judgement {
  /** By name; a `Metric` is a number that is no mean of values, such as an area under a curve. */
  readonly metrics: Readonly<Record<string, ItemMetric | Metric>>;
  /** Items in which a right and a wrong answer scored exactly the same. */
  readonly ties: number;
}

/**
 * A kind of benchmark: what a model is asked about its items, and what the answers are worth. Predictions are plain JSON and hold
 * all that judging needs, so that a stored result can be judged again, by another policy, without the model and without the data.
 */
export interface Family<Data extends BenchmarkData = BenchmarkData, Prediction = unknown> {
  /** Such as "choice". */
  readonly name: string;
  /** Raised whenever a change can move a score. */
  readonly version: string;
  /** Whether it asks for general ability (which picture, which class) and not for composition. */
  readonly general?: boolean;
  /** Whether it asks for vectors of boxes in images, and not of images. */
  readonly embedsRegions?: boolean;
  /** @throws BenchmarkError on items that cannot be scored; `what` names the benchmark. */
  check(data: Data, what: string): void;
  /** The images of an item: without one of them the item is left out. */
  images(item: Data["items"][number]): readonly ImageRef[];
  /** Images that all items need, such as those that a probe is trained on: without one of them nothing can be scored. */
  shared?(data: Data): readonly ImageRef[];
  /** Why a number made of these predictions isn't the reference's: such a result enters no table. */
  unlikeReference?(prediction: Prediction): string | undefined;
  /** What a user has to be told of these predictions, such as records that were left out; a line each. */
  remarks?(prediction: Prediction): readonly string[];
  /** Asks a model. `nameImage` gives the name by which an image stands in results. */
  predict(data: Data, similarity: Similarity, nameImage: (image: ImageRef) => string): Promise<Prediction>;
  /** @throws BenchmarkError on predictions of another form. */
  judge(prediction: Prediction, policy: Policy): Judgement;
}
