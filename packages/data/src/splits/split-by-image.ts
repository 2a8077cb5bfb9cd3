import { seededRng, shuffled } from "@tesserae/scene-graph/random";
import type { Dataset, Sample } from "../dataset.js";
import { DataError } from "../errors.js";

/** How to split. */
export interface SplitOptions {
  /** Share of the images in the first part, between 0 and 1. Default 0.8. */
  readonly fraction?: number;
  readonly seed: number;
}

/** An image's name without the folder, archive or row that it is in. */
const nameOf = (image: string) => image.slice(Math.max(image.lastIndexOf("/"), image.lastIndexOf("#")) + 1);

function byName(a: string, b: string): number {
  const [first, second] = [nameOf(a), nameOf(b)];
  if (first !== second) return first < second ? -1 : 1;
  return a < b ? -1 : 1;
}

/**
 * Splits a data set in two so that all samples of an image are in the same part. The same images and seed give the same
 * split, whatever their order, and whether they lie in a folder, an archive or a table. `hardNegativeImages` are re-numbered; those in the other part are left out. Throws a
 * DataError when a part would be empty.
 */
export function splitByImage(dataset: Dataset, { fraction = 0.8, seed }: SplitOptions): [Dataset, Dataset] {
  const images = [...new Set(dataset.samples.map(({ image }) => image))].sort(byName);
  const size = Math.floor(images.length * fraction + 0.5);
  if (!(size > 0 && size < images.length)) {
    const parts = `${size} and ${images.length - size}`;
    throw new DataError(
      "bad-option",
      `splitByImage: ${images.length} images at fraction ${fraction} make parts of ${parts}; each needs one`,
    );
  }
  const first = new Set(shuffled(seededRng("split", seed), images).slice(0, size));
  const part = (inFirst: boolean): Dataset => ({
    ...dataset,
    revision: `${dataset.revision}/split-${seed}-${fraction}-${inFirst ? 1 : 2}`,
    samples: renumber(dataset.samples, ({ image }) => first.has(image) === inFirst),
  });
  return [part(true), part(false)];
}

function renumber(samples: readonly Sample[], keep: (sample: Sample) => boolean): Sample[] {
  const indices = new Map<number, number>();
  for (const [index, sample] of samples.entries()) if (keep(sample)) indices.set(index, indices.size);
  return samples.filter(keep).map((sample) => {
    if (!sample.hardNegativeImages) return sample;
    return { ...sample, hardNegativeImages: sample.hardNegativeImages.flatMap((index) => indices.get(index) ?? []) };
  });
}
