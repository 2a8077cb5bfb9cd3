import { RegionMapperError } from "../errors.js";

/**
 * What `pairwiseComplexity` can count in one image-text pair:
 * - a number: the region-attribute pairs, counted elsewhere;
 * - `regions`: the attributes of every region, the digit or object class included (DocMNIST counts it as an attribute);
 * - `objects`: a scene graph. Each object is a region and its name is one of its attributes, so an object with two
 *   attributes makes three pairs. This is a guess: the paper defines the count on ground-truth regions only.
 */
export type ComplexitySample =
  | number
  | { readonly regions: readonly (readonly unknown[])[] }
  | { readonly objects: readonly { readonly attributes: readonly unknown[] }[] };

/** Pairs of each sample, and their mean. */
export interface PairwiseComplexity {
  /** Mean number of region-attribute pairs over the samples. */
  readonly mean: number;
  /** Number of region-attribute pairs of each sample, in the order given. */
  readonly perSample: readonly number[];
}

/**
 * Pairwise complexity of a data set: the mean number of region-attribute pairs that an image-text pair splits into
 * (Varma et al., ICCV 2023; `avg_sample_complexity` of the reference code's `docmnist/generate_docmnist.py`).
 *
 * @throws RegionMapperError `empty-input` without samples, `out-of-range` for a negative or non-integer count.
 */
export function pairwiseComplexity(samples: readonly ComplexitySample[]): PairwiseComplexity {
  if (samples.length === 0) {
    throw new RegionMapperError("empty-input", "pairwiseComplexity got no samples; a mean needs at least one");
  }
  const perSample = samples.map(countPairs);
  return { mean: perSample.reduce((sum, pairs) => sum + pairs, 0) / perSample.length, perSample };
}

function countPairs(sample: ComplexitySample, index: number): number {
  if (typeof sample === "number") {
    if (!Number.isInteger(sample) || sample < 0) {
      throw new RegionMapperError(
        "out-of-range",
        `samples[${index}] is ${sample}; expected a whole number of pairs, 0 or more`,
      );
    }
    return sample;
  }
  if ("regions" in sample) return sample.regions.reduce((sum, attributes) => sum + attributes.length, 0);
  return sample.objects.reduce((sum, object) => sum + 1 + object.attributes.length, 0);
}
